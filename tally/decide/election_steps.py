"""The steps of an election in words: what was needed, and why each person is elected or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tally.decide.attendance import Attendance
from tally.decide.election_sheet import PRESELECTION, ElectionSheet
from tally.decide.seats import Seated
from tally.decide.steps import Step, exact_step, step, threshold_step
from tally.rules.ruleset import RuleSet
from tally.rules.threshold import Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Everything that the words are about. `threshold` is None where the larger number wins."""

    sheet: ElectionSheet
    attendance: Attendance
    rules: RuleSet
    threshold: Threshold | None
    needed: int
    seated: Seated
    doubtful: tuple[str, ...]
    checks: tuple[str, ...]


def election_steps(decided: Decided) -> tuple[Step, ...]:
    """The steps after quorum and ballots."""
    return tuple(_steps(decided))


def _steps(d: Decided) -> Iterator[Step]:
    if d.threshold is None:
        yield step(d.rules, "runoff", "再次投票，得票多的当选", "run-off: the larger number wins")
    else:
        point = "preselect" if d.sheet.stage == PRESELECTION else "elect"
        yield threshold_step(d.rules, point, d.threshold, d.attendance, d.needed)
    votes = {c.id: (c.name, c.approve) for c in d.sheet.candidates}
    votes |= {w.id: (w.name, w.approve) for w in d.sheet.write_ins}
    for identity, (name, count) in votes.items():
        yield _person(d, identity, name, count)
        if d.threshold is not None:
            base = d.attendance.base(d.threshold.base)
            if d.threshold.ratio.is_exact(count, base):
                yield exact_step(name, count, d.threshold.ratio, count >= d.needed)
    if d.seated.tied:
        names = [votes[identity][0] for identity in d.seated.tied]
        seats = d.seated.tied_seats
        zh = f"{'、'.join(names)} 票数相等，余 {seats} 名，就票数相等者再次投票"
        en = f"{', '.join(names)} are tied for {seats} seat(s): a further vote among the tied alone"
        yield step(d.rules, "tie", zh, en)
    if d.seated.empty:
        zh = f"应选 {d.sheet.seats} 名，不足 {d.seated.empty} 名；未达规定票数的不得按得票多少补足"
        en = f"{d.seated.empty} of {d.sheet.seats} seats stay empty; nobody below the threshold fills them by ranking"
        yield step(d.rules, "shortfall", zh, en)
    if d.doubtful and "stroke_order" in d.checks:
        characters = "、".join(d.doubtful)
        yield Step(
            "stroke_order",
            f"字表中无确切笔顺，请人工核定排序：{characters}",
            f"the stroke order of these characters is to be confirmed by hand: {characters}",
        )
    if "eligibility_of_written_in_person" in d.checks:
        yield Step(
            "write_in",
            "另选人过半数：宣布前须审核资格，并核实是否同名",
            "a person written in reached the threshold: check eligibility and identity before announcing",
        )
    if "superior_approved_order" in d.checks:
        yield step(
            d.rules,
            "order_members",
            "按票面顺序公布，请核对是否为上级批准的顺序",
            "announced in the order of the sheet: check that it is the order approved above",
        )


def _person(d: Decided, identity: str, name: str, count: int) -> Step:
    zh, en = _verdict(d, identity, count)
    return Step("person", f"{name}：赞成 {count} 票，{zh}", f"{name}: {count} votes, {en}")


def _verdict(d: Decided, identity: str, count: int) -> tuple[str, str]:
    if identity in d.seated.elected:
        if d.sheet.stage == PRESELECTION:
            return "列为正式候选人", "a formal candidate"
        return "当选", "elected"
    if identity in d.seated.tied:
        return "票数相等，待再次投票", "tied, to the run-off"
    if identity in d.seated.passed_over:
        return "达到规定票数，但名额已满，未当选", "enough votes, but the seats are taken: not elected"
    if count < d.needed:
        return f"差 {d.needed - count} 票，未当选", f"{d.needed - count} short: not elected"
    return "本次投票不产生结果", "this vote has no result"
