from dataclasses import replace
from fractions import Fraction

import pytest

from ballots.contest import Contest, Kind
from tally.audit.assertions import Assertion, approving, assertions_of
from tally.audit.bravo import Poll
from tally.audit.papers import Totals
from tally.decide import decide
from tally.decide.attendance import Attendance
from tally.decide.outcome import Outcome
from tally.rules.loader import load_rule_set
from tests.support.builders import TRUST, small_contest

PAPERS = 2000


def outcome(contest: Contest, totals: Totals, rules: str, should_attend: int = PAPERS) -> Outcome:
    attendance = Attendance(
        should_attend=should_attend, present=PAPERS, issued=PAPERS, returned=totals.papers, invalid=0
    )
    return decide(contest, attendance, totals.counts, load_rule_set(rules))


def election(*approvals: int, seats: int = 2) -> tuple[Contest, Totals]:
    contest = small_contest(len(approvals), seats=seats, at_most={"approve": seats}, blank="abstain")
    return contest, Totals(PAPERS, tuple((votes, PAPERS - votes, 0) for votes in approvals))


def test_an_election_is_confirmed_by_its_thresholds_and_places() -> None:
    """1001 of 2000 are needed; the third passes as well, and both elected are before it."""
    contest, totals = election(1500, 1400, 1100, 0)
    found = assertions_of(contest, totals, outcome(contest, totals, "election_local_2020"))
    half = Fraction(1, 2)
    assert found == (
        Assertion(0, True, -1, Poll(half, Fraction(3, 4))),
        Assertion(1, True, -1, Poll(half, Fraction(7, 10))),
        Assertion(2, True, -1, Poll(half, Fraction(11, 20))),
        Assertion(3, False, -1, Poll(Fraction(999, 2000), Fraction(1))),
        Assertion(0, True, 2, Poll(half, Fraction(15, 26), Fraction(1))),
        Assertion(1, True, 2, Poll(half, Fraction(14, 25), Fraction(1))),
    )


def test_what_a_paper_says_of_an_assertion() -> None:
    poll = Poll(Fraction(1, 2), Fraction(3, 4))
    reached, missed = Assertion(1, True, -1, poll), Assertion(1, False, -1, poll)
    assert [reached.speaks((2, mark), 0) for mark in range(3)] == [True, False, False]
    assert [missed.speaks((2, mark), 0) for mark in range(3)] == [False, True, True]
    over = Assertion(0, True, 1, poll)
    assert [over.speaks(marks, 0) for marks in ((0, 1), (1, 0), (0, 0), (1, 2))] == [True, False, None, None]


def test_a_motion_that_fails_is_confirmed_by_those_who_do_not_approve() -> None:
    contest = small_contest(1, kind=Kind.MOTION, blank="abstain")
    totals = Totals(PAPERS, ((900, 1000, 100),))
    found = assertions_of(contest, totals, outcome(contest, totals, "resolution_default"))
    assert found == (Assertion(0, False, -1, Poll(Fraction(999, 2000), Fraction(1100, 2000))),)


def test_a_threshold_above_all_papers_needs_no_sample() -> None:
    """More than half of 5000 who should attend cannot be among 2000 papers, whatever they say."""
    contest = small_contest(1, kind=Kind.TICKET_VOTE, marks=("agree", "disapprove", "abstain"), blank="abstain")
    assert approving(contest) == 0
    contest, totals = election(1500, 1400, 0)
    strict = replace(outcome(contest, totals, "election_local_2020"), votes_needed=2501, elected_by_votes=())
    assert assertions_of(contest, totals, strict) == ()


@pytest.mark.parametrize("approvals", [(1500, 1100, 1100), (1300, 1300, 1300)])
def test_a_tie_is_counted_in_full(approvals: tuple[int, ...]) -> None:
    contest, totals = election(*approvals)
    assert assertions_of(contest, totals, outcome(contest, totals, "election_local_2020")) is None


def test_an_evaluation_is_counted_in_full() -> None:
    contest = small_contest(2, TRUST, kind=Kind.EVALUATION)
    totals = Totals(PAPERS, ((PAPERS, 0, 0, 0),) * 2)
    assert approving(contest) == -1
    assert assertions_of(contest, totals, outcome(contest, totals, "trust_default")) is None


def test_a_void_vote_is_counted_in_full() -> None:
    contest = small_contest(1, kind=Kind.MOTION, blank="abstain")
    totals = Totals(PAPERS, ((1500, 500, 0),))
    void = outcome(contest, totals, "resolution_default", should_attend=2 * PAPERS)
    assert assertions_of(contest, totals, void) is None
