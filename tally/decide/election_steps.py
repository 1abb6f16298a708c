"""The steps of an election in words: what was needed, why each person is elected or not, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tally.decide.attendance import Attendance
from tally.decide.election_sheet import PRESELECTION, RUNOFF, ElectionSheet
from tally.decide.seats import Seated
from tally.decide.steps import Step, checks_steps, exact_steps, step, threshold_step
from tally.decide.surplus import surplus_note
from tally.rules.election import ALTERNATE_BODY, ElectionRules, Order, ReduceSeats, Shortfall, TieAtLastSeat
from tally.rules.ruleset import RuleSet
from tally.rules.threshold import Threshold

_REDUCERS: Final = {
    ReduceSeats.PRESIDIUM_OR_ELECTORS: (
        "半数以上选举人同意或者大会主席团决定",
        "half of the electors or the presidium",
    ),
    ReduceSeats.PRESIDIUM: ("大会主席团决定", "the presidium"),
    ReduceSeats.ELECTORS: ("半数以上选举人同意", "half of the electors"),
}

_ORDERS: Final = {
    Order.STROKE: ("按姓氏笔画为序", "by strokes"),
    Order.VOTES_THEN_STROKE: (
        "按得票多少为序，得票相等的按姓氏笔画为序",
        "by votes, those with equal votes by strokes",
    ),
    Order.SUPERIOR_APPROVED: ("按上级批准的顺序", "in the order approved above"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Everything that the words are about. `threshold` is None where the larger number wins."""

    sheet: ElectionSheet
    family: ElectionRules
    attendance: Attendance
    rules: RuleSet
    threshold: Threshold | None
    needed: int
    decides: bool
    seated: Seated
    doubtful: tuple[str, ...]
    checks: tuple[str, ...]


def election_steps(decided: Decided) -> tuple[Step, ...]:
    """The steps after quorum and ballots."""
    return tuple(_steps(decided))


def _steps(d: Decided) -> Iterator[Step]:
    note = surplus_note(d.sheet.stage, d.sheet.body, d.sheet.seats, len(d.sheet.candidates), d.family)
    if note is not None:
        yield step(d.rules, "surplus", note.zh, note.en)
    if d.threshold is None:
        yield step(d.rules, "runoff", "再次投票，得票多的当选", "run-off: the larger number wins")
    else:
        point = "preselect" if d.sheet.stage == PRESELECTION else "elect"
        yield threshold_step(d.rules, point, d.threshold, d.attendance, d.needed)
    votes = {c.id: (c.name, c.approve) for c in d.sheet.candidates}
    votes |= {w.id: (w.name, w.approve) for w in d.sheet.write_ins}
    for identity, (name, count) in votes.items():
        yield _person(d, identity, name, count)
        if d.threshold is not None and d.decides:
            base = d.attendance.base(d.threshold.base)
            reached = count >= d.needed
            yield from exact_steps(name, f"{name} has", count, d.threshold.ratio, base, reached=reached)
    if d.decides:
        yield from _conclusions(d, {identity: name for identity, (name, _) in votes.items()})


def _conclusions(d: Decided, names: dict[str, str]) -> Iterator[Step]:
    passed = len(d.seated.elected) + len(d.seated.tied) + len(d.seated.passed_over)
    zh = f"达到规定票数的 {passed} 人，应选 {d.sheet.seats} 名"
    yield Step("passed", zh, f"{passed} reached the number of votes, for {d.sheet.seats} seat(s)")
    if d.seated.tied:
        yield _tie(d, [names[identity] for identity in d.seated.tied])
    if d.seated.empty:
        yield _shortfall(d)
    if d.seated.elected:
        alternate = d.sheet.body == ALTERNATE_BODY
        zh, en = _ORDERS[d.family.order_of(d.sheet.body)]
        if d.sheet.stage == PRESELECTION:
            zh, en = f"正式候选人名单{zh}", f"the formal candidates are listed {en}"
        else:
            zh, en = f"当选名单{zh}", f"the elected are announced {en}"
        yield step(d.rules, "order_alternates" if alternate else "order_members", zh, en)
    if d.doubtful:
        characters = "、".join(d.doubtful)
        yield Step(
            "stroke_order",
            f"字表中无确切笔顺，请人工核定排序：{characters}",
            f"the stroke order of these characters is to be confirmed by hand: {characters}",
        )
    if "eligibility_of_written_in_person" in d.checks:
        yield step(
            d.rules,
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
    yield from checks_steps(d.checks)


def _tie(d: Decided, tied: list[str]) -> Step:
    zh = f"{'、'.join(tied)} 票数相等，余 {d.seated.tied_seats} 名"
    en = f"{', '.join(tied)} are tied for {d.seated.tied_seats} seat(s)"
    if d.family.tie_at_last_seat is TieAtLastSeat.PRESIDIUM:
        return step(d.rules, "tie", f"{zh}，由大会主席团决定", f"{en}: the presidium decides between them")
    if d.sheet.stage == RUNOFF:
        again_zh, again_en = (
            "，再次相等：由大会主席团决定，也可以再投票一次",
            " again: the presidium decides, or orders another round",
        )
        return step(d.rules, "tie", zh + again_zh, en + again_en)
    return step(d.rules, "tie", f"{zh}，就票数相等者再次投票", f"{en}: a further vote among the tied alone")


def _shortfall(d: Decided) -> Step:
    zh = f"应选 {d.sheet.seats} 名，不足 {d.seated.empty} 名；未达规定票数的不得按得票多少补足"
    en = f"{d.seated.empty} of {d.sheet.seats} seats stay empty; nobody below the threshold fills them by ranking"
    ways_zh, ways_en = [], []
    for option in d.family.shortfall_options:
        match option:
            case Shortfall.SECOND_VOTE:
                ways_zh.append("就不足名额另行选举")
                ways_en.append("a further vote for the missing seats")
            case Shortfall.REDUCE_SEATS:
                who_zh, who_en = _REDUCERS[d.family.reduce_seats_needs]
                ways_zh.append(f"接近应选名额的，经{who_zh}，可以减少名额")
                ways_en.append(f"close to the number, {who_en} may reduce the seats")
            case Shortfall.LEAVE_VACANT:
                ways_zh.append("名额暂缺")
                ways_en.append("the seats stay vacant")
    return step(d.rules, "shortfall", "；".join([zh, *ways_zh]), "; ".join([en, *ways_en]))


def _person(d: Decided, identity: str, name: str, count: int) -> Step:
    zh, en = _verdict(d, identity, count)
    return Step("person", f"{name}：赞成 {count} 票，{zh}", f"{name}: {count} votes, {en}")


def _verdict(d: Decided, identity: str, count: int) -> tuple[str, str]:
    if not d.decides:
        return "本次投票不产生结果", "this vote has no result"
    not_zh, not_en = "未当选", "not elected"
    if d.sheet.stage == PRESELECTION:
        not_zh, not_en = "未列为正式候选人", "not a formal candidate"
    if identity in d.seated.elected:
        if d.sheet.stage == PRESELECTION:
            return "列为正式候选人", "a formal candidate"
        return "当选", "elected"
    if identity in d.seated.tied:
        if d.family.tie_at_last_seat is TieAtLastSeat.PRESIDIUM:
            return "票数相等，待大会主席团决定", "tied, for the presidium to decide"
        if d.sheet.stage == RUNOFF:
            return "再次相等，待大会主席团决定或者再投票一次", "tied again, for the presidium or another round"
        return "票数相等，待再次投票", "tied, to the run-off"
    if identity in d.seated.passed_over:
        return f"达到规定票数，但名额已满，{not_zh}", f"enough votes, but the seats are taken: {not_en}"
    return f"差 {d.needed - count} 票，{not_zh}", f"{d.needed - count} short: {not_en}"
