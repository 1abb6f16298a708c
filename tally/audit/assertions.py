"""What a sample must confirm so that the outcome is confirmed: thresholds of rows, and places between rows.

Samples confirm who is elected or what is passed, never exact numbers. So an outcome that turns on an exact number (a
tie, a rate, a quota) is audited by all papers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from ballots.contest import Contest
from ballots.matrix import WRITE_IN
from tally.audit.bravo import Poll
from tally.audit.papers import Totals
from tally.decide.outcome import ElectionOutcome, MotionOutcome, Outcome, TicketVoteOutcome

_FOR = ("approve", "agree")


@dataclass(frozen=True, slots=True)
class Assertion:
    """`row` reached (`reached`) or missed the threshold; or, with `over`, has more approvals than the row `over`.

    Rows are numbers of the contest; `over` is -1 for thresholds.
    """

    row: int
    reached: bool
    over: int
    poll: Poll

    def speaks(self, marks: tuple[int, ...], approve: int) -> bool | None:
        """Whether a paper is for the assertion (True), against it (False), or says nothing about it (None)."""
        has = marks[self.row] == approve
        if self.over < 0:
            return has is self.reached
        other = marks[self.over] == approve
        return None if has == other else has


def approving(contest: Contest) -> int:
    """The number of the mark that approves; -1 where there is none."""
    return next((number for number, mark in enumerate(contest.marks) if mark in _FOR), -1)


def assertions_of(contest: Contest, counted: Totals, outcome: Outcome) -> tuple[Assertion, ...] | None:
    """The assertions behind an outcome, or None where a sample cannot confirm it and all papers are counted."""
    approve = approving(contest)
    if (
        approve < 0
        or not counted.papers
        or not isinstance(outcome, ElectionOutcome | TicketVoteOutcome | MotionOutcome)
    ):
        return None
    if outcome.sitting.outcome != "decided":
        return None
    votes = [row[approve] for row in counted.counts]
    passed = _passed(contest, outcome)
    # A rule set that decides by more than one threshold, or by slips of paper that are not in the pile, is seen here.
    if passed is None or passed != {row for row, count in enumerate(votes) if count >= outcome.votes_needed}:
        return None
    found = [
        Assertion(row, row in passed, -1, poll)
        for row, count in enumerate(votes)
        if (poll := _threshold(count, outcome.votes_needed, counted.papers, row in passed)) is not None
    ]
    if isinstance(outcome, ElectionOutcome):
        places = _places(contest, outcome, votes, counted.papers)
        if places is None:
            return None
        found += places
    return tuple(found)


def _passed(contest: Contest, outcome: ElectionOutcome | TicketVoteOutcome | MotionOutcome) -> set[int] | None:
    if isinstance(outcome, MotionOutcome):
        return {0} if outcome.passed else set()
    if isinstance(outcome, TicketVoteOutcome):
        ids: Iterable[str] = outcome.passed
    else:
        if outcome.runoff_candidates:
            return None
        ids = (*outcome.elected_by_votes, *outcome.passed_but_not_elected)
    if any(row_id.startswith(WRITE_IN) and contest.find_row(row_id) is None for row_id in ids):
        return None
    return {contest.row_index(row_id) for row_id in ids}


def _threshold(count: int, needed: int, papers: int, passed: bool) -> Poll | None:
    """The test of one row; None where it holds whatever the papers say: nobody needs more votes than none."""
    if passed:
        return Poll(Fraction(needed - 1, papers), Fraction(count, papers)) if needed > 0 else None
    # At most needed - 1 approve: of the papers that do not, there are more than papers - needed.
    return Poll(Fraction(papers - needed, papers), Fraction(papers - count, papers)) if needed <= papers else None


def _places(contest: Contest, outcome: ElectionOutcome, votes: list[int], papers: int) -> list[Assertion] | None:
    """Everyone elected has more votes than everyone who passed and is not; None where two are equal."""
    elected = [contest.row_index(row_id) for row_id in outcome.elected_by_votes]
    others = [contest.row_index(row_id) for row_id in outcome.passed_but_not_elected]
    found = []
    for winner in elected:
        for loser in others:
            if votes[winner] <= votes[loser]:
                return None
            # How many approve exactly one of the two is not in the totals. Their share is taken as if nobody approved
            # both where that is possible: the risk limit holds for any share, the planned size is an estimate.
            both = votes[winner] + votes[loser]
            speaking = min(Fraction(1), Fraction(both, papers))
            found.append(Assertion(winner, True, loser, Poll(Fraction(1, 2), Fraction(votes[winner], both), speaking)))
    return found
