"""Ticket votes (全委会票决): each nominee is decided by itself; and the rules around them: recusal and renomination.

The base is the members who should attend, so absence and abstention work like disagreement; alternates count nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tally.decide.attendance import Attendance, check_row, contradiction
from tally.decide.outcome import TicketVoteOutcome
from tally.decide.steps import Step, exact_steps, open_sitting, step, threshold_step
from tally.rules.ruleset import RuleSet
from tally.rules.ticket_vote import AfterTwoFailures, Recusal, RecusedBase, SecondTry, TicketRules


@dataclass(frozen=True, slots=True)
class Nominee:
    """A nominee with the four counts of a line."""

    id: str
    name: str
    agree: int
    disapprove: int
    abstain: int
    item_invalid: int = 0


@dataclass(frozen=True, slots=True)
class RecusedVote:
    """How many ballots are issued and on which base, when members left the deliberation."""

    ballots_to_issue: int
    votes_needed: int
    base: int


def decide_ticket_vote(
    nominees: Sequence[Nominee], attendance: Attendance, rules: RuleSet, family: TicketRules
) -> TicketVoteOutcome:
    """Decide every nominee of a ticket vote.

    Raises:
        VerificationError: V11.D, numbers that contradict each other.
    """
    sitting = open_sitting(attendance, rules)
    if len({nominee.id for nominee in nominees}) != len(nominees):
        contradiction("a nominee stands on the sheet twice")
    for nominee in nominees:
        counts = (nominee.agree, nominee.disapprove, nominee.abstain)
        check_row(nominee.name, counts, nominee.item_invalid, attendance.valid)
    base = attendance.base(family.passing.base)
    needed = family.passing.ratio.needed(base)
    steps = [*sitting.steps, threshold_step(rules, "pass", family.passing, attendance, needed)]
    passed: list[str] = []
    failed: list[str] = []
    for nominee in nominees if sitting.decides else ():
        passes = nominee.agree >= needed
        (passed if passes else failed).append(nominee.id)
        steps.append(_verdict(nominee, needed))
        steps += exact_steps(
            nominee.name, f"{nominee.name} has", nominee.agree, family.passing.ratio, base, reached=passes
        )
    if failed:
        steps.append(renomination_step(rules, family))
    return TicketVoteOutcome(
        sitting=sitting,
        votes_needed=needed,
        passed=tuple(passed),
        failed=tuple(failed),
        manual_checks=(),
        steps=tuple(steps),
    )


def recused_vote(should_attend: int, present: int, recused: int, family: TicketRules) -> RecusedVote:
    """The vote after a deliberation that members left.

    They stay in the base, whether or not they vote, unless the county's rule takes those who do not vote out of it.

    Raises:
        VerificationError: V11.D, more people than there are.
    """
    after = without_recused(Attendance(should_attend, present, present, present), recused, family)
    # Only the number of those who should attend is known before the vote; the base of this family is fixed before it.
    base = after.base(family.passing.base)
    return RecusedVote(after.issued, family.passing.ratio.needed(base), base)


def without_recused(attendance: Attendance, recused: int, family: TicketRules) -> Attendance:
    """The numbers of a vote after some of those present left the deliberation; ballots before they are issued.

    Raises:
        VerificationError: V11.D, more people than there are.
    """
    if not 0 <= recused <= attendance.present <= attendance.should_attend:
        contradiction(f"{recused} recused, {attendance.present} present, {attendance.should_attend} should attend")
    if family.recusal is Recusal.VOTES:
        return attendance
    leaving = recused if family.recused_base is RecusedBase.LEAVES else 0
    ballots = attendance.present - recused
    return Attendance(attendance.should_attend - leaving, attendance.present - leaving, ballots, ballots)


def may_nominate_again(failures_same_post: int, family: TicketRules, *, same_meeting: bool = False) -> bool:
    """Whether a nominee who failed so often for a post may be put forward for it again, in the same meeting or not.

    Raises:
        VerificationError: V11.D, fewer than no failures.
    """
    if failures_same_post < 0:
        contradiction(f"{failures_same_post} failures")
    if failures_same_post >= 2 and family.after_two_failures is AfterTwoFailures.BARRED:
        return False
    return not (failures_same_post and same_meeting and family.second_try is SecondTry.SEPARATE_MEETING)


def renomination_step(rules: RuleSet, family: TicketRules) -> Step:
    """When those who failed may be put forward for the same post again."""
    if family.second_try is SecondTry.SEPARATE_MEETING:
        zh, en = "未通过的再次提名，须另行召开会议", "who failed may be put forward again in another meeting alone"
    else:
        zh, en = "未通过的可以再次提名", "who failed may be put forward again"
    if family.after_two_failures is AfterTwoFailures.BARRED:
        zh, en = f"{zh}；两次未通过的，不再作为同一职务人选", f"{en}; who failed twice is barred from the same post"
    return step(rules, "renomination", zh, en)


def _verdict(nominee: Nominee, needed: int) -> Step:
    if nominee.agree >= needed:
        zh, en = "通过", "passed"
    else:
        short = needed - nominee.agree
        zh, en = f"差 {short} 票，未通过", f"{short} short: failed"
    return Step(
        "person", f"{nominee.name}：同意 {nominee.agree} 票，{zh}", f"{nominee.name}: {nominee.agree} agree, {en}"
    )
