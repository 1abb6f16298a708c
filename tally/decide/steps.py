"""The steps of a decision, in words: which rule was applied to which numbers, and what followed.

They are for the report and the screen, in Chinese and English. They are not in the log: programs use the fields of the
outcome. A step carries the article behind it in fields of its own, with how sure we are of that article's words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tally.decide.attendance import Attendance
from tally.rules.common import ReturnedBallots
from tally.rules.ruleset import Certainty, RuleSet
from tally.rules.threshold import Op, Ratio, Threshold

_HALF: Final = Ratio(Op.GE, 1, 2)

MANUAL_CHECKS: Final = {
    "eligibility_of_written_in_person": ("另选人的资格", "the eligibility of a person written in"),
    "same_name_identity": ("另选人是否同名", "who is meant by a written name"),
    "stroke_order": ("无确切笔顺的字的排序", "the place of names with characters in doubt"),
    "tie_decided_by_presidium": ("票数相等者由大会主席团决定", "the tied, whom the presidium decides"),
    "superior_approved_order": ("上级批准的顺序", "the order approved above"),
    "exact_half": ("恰为半数时规则原文的含义", "what the text means at exactly half"),
    "box_over_issue": ("收回多于发出的票箱", "the box with more ballots than were issued to it"),
}
"""What people must check before anything is announced, in words."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the point of the rule set it applies (``quorum``, ``elect``, …), its words, and the article behind it.

    The fields of the article are empty, and `certainty` is None, where the rule set names none for the point.
    """

    point: str
    zh: str
    en: str
    article_zh: str = ""
    article_en: str = ""
    certainty: Certainty | None = None

    @property
    def unverified(self) -> bool:
        """Whether the article is cited from memory, so that somebody has to look it up."""
        return self.certainty is Certainty.MEMORY

    @property
    def cited_zh(self) -> str:
        """The words with their article in Chinese."""
        doubt = "；原文未核对" if self.unverified else ""
        return f"{self.zh}〔{self.article_zh}{doubt}〕" if self.article_zh else self.zh

    @property
    def cited_en(self) -> str:
        """The words with their article in English."""
        doubt = "; unverified" if self.unverified else ""
        return f"{self.en} [{self.article_en}{doubt}]" if self.article_en else self.en


def step(rules: RuleSet, point: str, zh: str, en: str) -> Step:
    """A step that cites the article behind its point, where the rule set names one."""
    article = rules.article(point)
    if article is None:
        return Step(point, zh, en)
    return Step(point, zh, en, article.zh, article.en, article.certainty)


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
    return rules.quorum.ratio.holds(present, _quorum_base(should_attend, present, rules.quorum))


def open_sitting(attendance: Attendance, rules: RuleSet) -> Sitting:
    """Check the numbers, the quorum and the ballots returned, in the order in which a meeting declares them.

    Raises:
        VerificationError: V11.D, the numbers contradict each other.
    """
    attendance.check()
    can_hold = has_quorum(attendance.should_attend, attendance.present, rules)
    in_order = attendance.in_order(rules.family.returned_must_be)
    quorum = quorum_steps(attendance.should_attend, attendance.present, rules)
    steps = [*quorum, _ballots_step(attendance, rules, in_order)]
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


def quorum_steps(should_attend: int, present: int, rules: RuleSet) -> tuple[Step, ...]:
    """Who came, how many are needed, and whether the meeting may vote; with a warning at exactly the fraction."""
    people_zh = f"应到会 {should_attend} 人，实到会 {present} 人"
    people_en = f"{should_attend} should attend, {present} are present"
    if rules.quorum is None:
        return (Step("quorum", f"{people_zh}；本规则未规定到会人数", f"{people_en}; this rule set states no quorum"),)
    ratio, base = rules.quorum.ratio, _quorum_base(should_attend, present, rules.quorum)
    can_hold = ratio.holds(present, base)
    may_zh, may_en = ("可以表决", "it may vote") if can_hold else ("不得表决", "it may not vote")
    needed = ratio.needed(base)
    zh = f"{people_zh}，须{ratio.zh}（{needed} 人）到会，{may_zh}"
    en = f"{people_en}, {ratio.en} ({needed}) must be: {may_en}"
    main = step(rules, "quorum", zh, en)
    return (main, *exact_steps("实到会", "those present are", present, ratio, base, reached=can_hold, unit=("人", "")))


def threshold_step(rules: RuleSet, point: str, threshold: Threshold, attendance: Attendance, needed: int) -> Step:
    """The number of votes needed, with base and article."""
    return needed_step(rules, point, threshold, attendance.base(threshold.base), needed)


def needed_step(rules: RuleSet, point: str, threshold: Threshold, base: int, needed: int) -> Step:
    """The same for a base given as a number."""
    zh = f"须得赞成 {needed} 票：{threshold.ratio.zh}，{threshold.base.zh} {base}"
    en = f"{needed} votes are needed: {threshold.ratio.en} of {threshold.base.en}, {base}"
    return step(rules, point, zh, en)


def exact_steps(
    name_zh: str,
    name_en: str,
    votes: int,
    ratio: Ratio,
    base: int,
    *,
    reached: bool,
    unit: tuple[str, str] = ("票", " votes"),
) -> tuple[Step, ...]:
    """The warning at exactly the fraction of the rule, or at exactly half, where readings of 以上 and 超过 part."""
    if ratio.is_exact(votes, base):
        what_zh, what_en = "规定的比例", "the fraction"
    elif _HALF.is_exact(votes, base):
        what_zh, what_en = "半数", "half"
    else:
        return ()
    verdict_zh, verdict_en = ("达到", "reached") if reached else ("未达到", "not reached")
    zh = f"{name_zh} 恰为 {votes} {unit[0]}，正好是{what_zh}；规则为“{ratio.zh}”，{verdict_zh}，请核对原文"
    en = f"{name_en} {votes}{unit[1]}, exactly {what_en}; the rule says {ratio.en}: {verdict_en}, check the text"
    return (Step("exact", zh, en),)


def checks_steps(checks: Sequence[str]) -> tuple[Step, ...]:
    """The manual checks that remain, in words; nothing where there are none."""
    if not checks:
        return ()
    words = [MANUAL_CHECKS[check] for check in checks]
    zh = f"宣布前尚须人工核实：{'；'.join(zh for zh, _ in words)}"
    en = f"to be checked by people before announcing: {'; '.join(en for _, en in words)}"
    return (Step("manual_checks", zh, en),)


def _quorum_base(should_attend: int, present: int, quorum: Threshold) -> int:
    return {"should_attend": should_attend, "present": present}[quorum.base.value]


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
