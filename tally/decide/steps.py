"""The steps of a decision, in words: which rule was applied to which numbers, and what followed.

They are for the report and the screen, in Chinese and English. They are not in the log: programs use the fields of the
outcome.
"""

from __future__ import annotations

from dataclasses import dataclass

from tally.decide.attendance import Attendance
from tally.rules.common import ReturnedBallots
from tally.rules.ruleset import RuleSet
from tally.rules.threshold import Ratio, Threshold


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the point of the rule set it applies (``quorum``, ``elect``, …), and its words."""

    point: str
    zh: str
    en: str


def step(rules: RuleSet, point: str, zh: str, en: str) -> Step:
    """A step that cites the article behind its point, where the rule set names one."""
    article = rules.article(point)
    if article is None:
        return Step(point, zh, en)
    return Step(point, f"{zh}〔{article.zh}〕", f"{en} [{article.en}]")


@dataclass(frozen=True, slots=True)
class Sitting:
    """Whether the meeting may vote at all, and whether its ballots are in order."""

    can_hold: bool
    ballots_in_order: bool
    steps: tuple[Step, ...]

    @property
    def outcome(self) -> str:
        """``decided``, or why nothing is: ``no_quorum`` or ``void_revote``."""
        if not self.can_hold:
            return "no_quorum"
        return "decided" if self.ballots_in_order else "void_revote"

    @property
    def decides(self) -> bool:
        """Whether counts have a consequence. Without a quorum, or with too many ballots, nobody is elected."""
        return self.can_hold and self.ballots_in_order


def has_quorum(should_attend: int, present: int, rules: RuleSet) -> bool:
    """Whether enough people are present; a rule set without a quorum asks for none."""
    if rules.quorum is None:
        return True
    base = {"should_attend": should_attend, "present": present}[rules.quorum.base.value]
    return rules.quorum.ratio.holds(present, base)


def open_sitting(attendance: Attendance, rules: RuleSet) -> Sitting:
    """Check the numbers, the quorum and the ballots returned, in the order in which a meeting declares them.

    Raises:
        VerificationError: V11.D, the numbers contradict each other.
    """
    attendance.check()
    can_hold = has_quorum(attendance.should_attend, attendance.present, rules)
    in_order = attendance.in_order(rules.family.returned_must_be)
    steps = [_quorum_step(attendance, rules, can_hold), _ballots_step(attendance, rules, in_order)]
    if attendance.issued != attendance.present:
        numbers = (attendance.issued, attendance.present)
        steps.append(
            Step(
                "issued",
                f"发出票数 {numbers[0]} 与实到人数 {numbers[1]} 不一致，请大会主席团核实",
                f"{numbers[0]} ballots were issued to {numbers[1]} present; the presidium should look into it",
            )
        )
    return Sitting(can_hold, in_order, tuple(steps))


def threshold_step(rules: RuleSet, point: str, threshold: Threshold, attendance: Attendance, needed: int) -> Step:
    """The number of votes needed, with base and article."""
    base = attendance.base(threshold.base)
    zh = f"须得赞成 {needed} 票：{threshold.ratio.zh}，{threshold.base.zh} {base}"
    en = f"{needed} votes are needed: {threshold.ratio.en} of {threshold.base.en}, {base}"
    return step(rules, point, zh, en)


def exact_step(name: str, votes: int, ratio: Ratio, passed: bool) -> Step:
    """The warning at exactly the fraction, where readings of 以上 and 超过 part."""
    verdict_zh, verdict_en = ("达到", "reached") if passed else ("未达到", "not reached")
    zh = f"{name} 恰为 {votes} 票，正好是规定的比例；规则为“{ratio.zh}”，{verdict_zh}，请核对原文"
    en = f"{name} has {votes} votes, exactly the fraction; the rule says {ratio.en}: {verdict_en}, check the text"
    return Step("exact", zh, en)


def _quorum_step(attendance: Attendance, rules: RuleSet, can_hold: bool) -> Step:
    people_zh = f"应到会 {attendance.should_attend} 人，实到会 {attendance.present} 人"
    people_en = f"{attendance.should_attend} should attend, {attendance.present} are present"
    if rules.quorum is None:
        return Step("quorum", f"{people_zh}；本规则未规定到会人数", f"{people_en}; this rule set states no quorum")
    may_zh, may_en = ("可以表决", "it may vote") if can_hold else ("不得表决", "it may not vote")
    ratio = rules.quorum.ratio
    zh = f"{people_zh}，须{ratio.zh}到会，{may_zh}"
    return step(rules, "quorum", zh, f"{people_en}, {ratio.en} must be: {may_en}")


def _ballots_step(attendance: Attendance, rules: RuleSet, in_order: bool) -> Step:
    a = attendance
    zh = f"发出 {a.issued} 票，收回 {a.returned} 票，有效 {a.valid} 票，无效 {a.invalid} 票"
    en = f"{a.issued} ballots issued, {a.returned} returned, {a.valid} valid, {a.invalid} invalid"
    if in_order:
        return step(rules, "returned", f"{zh}，本次投票有效", f"{en}: the vote is valid")
    most = {ReturnedBallots.LE_ISSUED: ("发出", "issued"), ReturnedBallots.LE_PRESENT: ("实到人数", "people present")}
    more_zh, more_en = most[rules.family.returned_must_be]
    if a.over_issued:
        more_zh, more_en = "发出", "issued"
    void_zh = f"{zh}，收回多于{more_zh}，本次投票无效，应重新投票"
    return step(rules, "returned", void_zh, f"{en}: more than {more_en}, void, to be held again")
