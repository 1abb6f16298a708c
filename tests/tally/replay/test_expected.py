"""What builders of entries take from a state: the same as replay compares with."""

from typing import Any

import pytest

from ballots.contest import Cell
from tally.replay import expected
from tally.rules.common import ReturnedBallots
from tests.support.session import Cards, SessionBuilder, motion_contest
from tests.tally.replay.conftest import At
from voting_core.errors import StateError


@pytest.mark.parametrize(
    ("stage", "ask"),
    [
        ("voted", lambda state: expected.record_verified_body(state, "motion")),
        ("voted", lambda state: expected.share_statement(state, "motion", 1)),
        ("closed", lambda state: expected.share_statement(state, "motion", 4)),
        ("issued", lambda state: expected.attendance_of(state, "motion")),
        ("shared", lambda state: expected.outcome_of(state, "motion")),
        ("counted", lambda state: expected.report_digest(state, "motion")),
        ("open", lambda state: expected.close_body(state, "other")),
    ],
)
def test_too_early_is_said_so(at: At, stage: str, ask: Any) -> None:
    with pytest.raises(StateError):
        ask(at(stage).state)


def test_attendance_counts_cards_drawn_and_ballots_cast() -> None:
    session = SessionBuilder(cards=Cards(drawn=7, test=2)).run("open")
    session.append(session.cast((0,), 0))
    attendance = expected.attendance_of(session.state, "motion")
    assert (attendance.should_attend, attendance.present) == (8, 7)
    assert (attendance.issued, attendance.returned, attendance.invalid) == (7, 1, 0)


def test_test_cards_that_are_not_voided_are_listed(at: At) -> None:
    session = at("open")
    assert expected.test_cards_not_voided(session.state, "motion") == {"delegate": (1, 0)}
    session.void(6, "test")
    assert expected.test_cards_not_voided(session.state, "motion") == {}


def test_a_share_is_about_this_closed_contest(at: At) -> None:
    state = at("closed").state
    closing = state.contest("motion").closing
    assert closing is not None
    statement = expected.share_statement(state, "motion", 2)
    assert (statement.session, statement.root, statement.trustee) == (state.session_id, closing.root, 2)
    assert statement.key == state.public_shares[2]
    assert statement.bases == tuple(item.pad for item in closing.cells[0].ciphertexts)


def test_bodies_from_here_are_accepted(at: At) -> None:
    """The stages of the builder take their bodies from here; each of these was accepted."""
    sealed = at("sealed").state
    assert sealed.sealed
    assert expected.counted_body(sealed, "motion").cells == sealed.contest("motion").cells
    assert expected.outcome_body(sealed, "motion").outcome == sealed.contest("motion").outcome


def test_a_reserve_card_of_one_class_is_not_made_good_by_an_absentee_of_another() -> None:
    cells = (Cell("members", ("member",), "all"), Cell("all", ("delegate",), ""))
    builder = SessionBuilder(
        cards=Cards(drawn=6, test=0, left_over=0, reserve=1),
        contests=(lambda rules: motion_contest(rules, classes=("delegate", "member"), cells=cells),),
    ).run("open")
    for class_id, numbers in (("delegate", range(7)), ("member", range(5))):
        for number in numbers:
            builder.append(builder.cast((0,), number, class_id=class_id))
    attendance = expected.attendance_of(builder.state, "motion")
    assert (attendance.issued, attendance.returned, attendance.over_issued) == (12, 12, 1)
    assert not attendance.in_order(ReturnedBallots.LE_ISSUED)
