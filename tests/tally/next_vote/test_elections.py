"""Who stands in a further vote: all who were not elected, or those with most votes."""

import pytest

from ballots.contest import Kind
from tally.decide import decide
from tally.next_vote.drafting import Taken
from tally.next_vote.elections import DecidedElection, formal, shortfall, tie, unelected
from tests.tally.decide.contests import LOCAL, a_contest, meeting, votes

PEOPLE = a_contest(Kind.ELECTION, "陈静 王海 李娟 朱明 孙强", seats=3)


def decided(*approvals):
    outcome = decide(PEOPLE, meeting(300, 300), votes(300, *approvals), LOCAL)
    ids = [row.id for row in PEOPLE.rows]
    return DecidedElection(
        contest=PEOPLE,
        outcome=outcome,
        rules=LOCAL,
        family=LOCAL.family,
        approvals=dict(zip(ids, approvals, strict=True)),
    )


SHORT = decided(200, 140, 120, 130, 130)


@pytest.mark.parametrize(
    ("candidates", "ids"),
    [
        (None, ("r2", "r3", "r4", "r5")),
        (1, ("r2",)),
        (2, ("r2", "r4", "r5")),
        (3, ("r2", "r4", "r5")),
        (4, ("r2", "r3", "r4", "r5")),
        (9, ("r2", "r3", "r4", "r5")),
        (0, ("r2", "r3", "r4", "r5")),
    ],
)
def test_equal_votes_at_the_cut_stay_together(candidates, ids):
    assert unelected(SHORT, candidates) == ids
    further = shortfall(SHORT, Taken.by([PEOPLE]), candidates)[0]
    assert further.people == ids
    assert further.seats == min(2, len(ids))


def test_without_a_tie_or_empty_seats_there_is_nothing():
    full = decided(200, 190, 180, 20, 20)

    assert tie(full, Taken.by([PEOPLE])) == shortfall(full, Taken.by([PEOPLE])) == ()


def test_a_formal_election_needs_all_its_places():
    assert formal(SHORT, ("r1", "r2"), Taken.by([PEOPLE])) == ()
    (proposal,) = formal(SHORT, ("r1", "r5", "r2"), Taken.by([PEOPLE]))
    assert [row.id for row in proposal.contest.rows] == ["r1", "r2", "r5"]
