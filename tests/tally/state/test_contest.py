"""Where a contest stands."""

from dataclasses import replace

import pytest

from ballots.compile import compile_contest
from ballots.contest import Capture, RulesRef, WriteIns, WriteInWay
from tally.entries.contests import AttendanceDeclared, Box
from tally.entries.counting import CountedCell
from tally.entries.sheets import CountEntered, WriteIn
from tally.state import Abandonment, CellSum, Closing, ContestState, Share, Status
from tally.state.sheets import Sheets
from tests.support.session import motion_contest
from tests.tally.state.test_sheets import a_sheet
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


def by_hand(*boxes: str) -> ContestState:
    """A contest on paper with these boxes."""
    made = replace(motion_contest(RulesRef("resolution_default", bytes(32))), capture=Capture.HAND)
    declared = AttendanceDeclared(
        contest="motion", should_attend=9, present=9, cards=(), boxes=tuple(Box(box, 6) for box in boxes)
    )
    return ContestState(contest=made, relation=compile_contest(made), attendance=declared)


def test_totals_on_paper_are_the_sums_over_the_sheets_in_force() -> None:
    state = by_hand("一", "二")
    assert (state.boxes, state.uncounted_boxes, state.totals) == (("一", "二"), ("一", "二"), ())
    sheets = Sheets().with_sheet(a_sheet("二", "1", counts=((1, 2, 0),), write_ins=(WriteIn("李四", 1),)))
    sheets = sheets.with_sheet(a_sheet("一", "2", counts=((0, 3, 1),), write_ins=(WriteIn("王五", 1),)))
    assert replace(state, sheets=sheets).totals == ((1, 5, 1),)
    sheets = sheets.with_sheet(a_sheet("二", "3", replaces="1", counts=((2, 2, 0),), write_ins=()))
    state = replace(state, sheets=sheets)
    assert (state.totals, state.uncounted_boxes) == (((2, 5, 1),), ())
    assert [sheet.sheet for sheet in state.sheets_in_force] == ["2", "3"]
    assert state.written_in == (WriteIn("王五", 1),)


def test_slips_are_the_one_box_of_a_contest_at_kiosks() -> None:
    made = replace(motion_contest(RulesRef("resolution_default", bytes(32))), write_ins=WriteIns(WriteInWay.SLIPS))
    state = ContestState(contest=made, relation=compile_contest(made))
    assert (state.has_slips, state.is_by_hand, state.uncounted_boxes) == (True, False, ("slips",))
    sheet = CountEntered.slips("motion", "1", issued=2, returned=2, write_ins=(WriteIn("李四", 2),))
    state = replace(state, sheets=Sheets().with_sheet(sheet))
    assert (state.uncounted_boxes, state.written_in, state.totals) == ((), (WriteIn("李四", 2),), ())
    assert (contest().has_slips, contest().boxes) == (False, ())


def test_shares_are_good_or_bad() -> None:
    state = contest(Status.CLOSED)
    shares = state.shares.update({3: Share((BASE,), ""), 1: Share((BASE,), "V10.C"), 2: Share((BASE, BASE), "")})
    state = replace(state, shares=shares)
    assert list(state.good_shares) == [2, 3]
    assert state.bad_shares == (1,)


def test_every_class_has_a_number_of_ballots() -> None:
    assert contest().cast_by_class == {"delegate": 0}
