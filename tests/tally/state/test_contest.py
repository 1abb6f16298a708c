"""Where a contest stands."""

from dataclasses import replace

import pytest

from ballots.compile import compile_contest
from ballots.contest import RulesRef
from tally.entries.counting import CountedCell
from tally.state import Abandonment, CellSum, Closing, ContestState, Share, Status
from tests.support.sample_bodies import SAMPLES
from tests.support.session import motion_contest
from voting_core.group import BASE


def contest(status: Status = Status.DEFINED, ballots: int = 6) -> ContestState:
    made = motion_contest(RulesRef("resolution_default", bytes(32)))
    closing = Closing(9, bytes(32), (CellSum("all", ballots, ()),), ())
    closed = status not in (Status.DEFINED, Status.OPEN, Status.PAUSED)
    return ContestState(
        contest=made, relation=compile_contest(made), status=status, closing=closing if closed else None
    )


@pytest.mark.parametrize(
    ("status", "voting", "counts", "in_progress", "finished"),
    [
        (Status.DEFINED, False, False, False, True),
        (Status.OPEN, True, False, True, False),
        (Status.PAUSED, True, False, True, False),
        (Status.CLOSED, False, False, True, False),
        (Status.COUNTED, False, True, False, False),
        (Status.DECIDED, False, True, False, False),
        (Status.PUBLISHED, False, True, False, True),
        (Status.ABANDONED, False, False, False, True),
    ],
)
def test_what_follows_from_the_status(
    status: Status, voting: bool, counts: bool, in_progress: bool, finished: bool
) -> None:
    state = contest(status)
    assert (state.is_voting, state.has_counts) == (voting, counts)
    assert (state.is_in_progress, state.is_finished) == (in_progress, finished)


def test_whether_a_contest_has_ever_opened() -> None:
    assert not contest(Status.DEFINED).has_opened
    assert contest(Status.OPEN).has_opened
    for stood, opened in ((Status.DEFINED, False), (Status.PAUSED, True)):
        state = replace(contest(Status.ABANDONED), abandoned=Abandonment("defect", stood))
        assert state.has_opened is opened


@pytest.mark.parametrize(("ballots", "secret"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_contest_below_its_minimum_stays_secret_and_is_finished(ballots: int, secret: bool) -> None:
    state = contest(Status.CLOSED, ballots)
    assert state.is_secret_for_ever is secret
    assert state.is_finished is secret
    assert state.is_in_progress is not secret


def test_totals_are_the_sums_over_the_cells() -> None:
    cells = (CountedCell("a", 3, ((1, 2), (3, 0))), CountedCell("b", 5, ((5, 0), (0, 5))))
    assert replace(contest(), cells=cells).totals == ((6, 2), (3, 5))
    sheet = SAMPLES["count.entered"]  # type: ignore[index]  # a member of the enumeration equals its text
    assert replace(contest(), sheet=sheet).totals == sheet.counts


def test_shares_are_good_or_bad() -> None:
    state = contest(Status.CLOSED)
    shares = state.shares.update({3: Share((BASE,), ""), 1: Share((BASE,), "V10.C"), 2: Share((BASE, BASE), "")})
    state = replace(state, shares=shares)
    assert list(state.good_shares) == [2, 3]
    assert state.bad_shares == (1,)


def test_every_class_has_a_number_of_ballots() -> None:
    assert contest().cast_by_class == {"delegate": 0}
