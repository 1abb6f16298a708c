"""Fewer seats (SPEC §8.5 rule 15), judged alike by replay and by the second implementation."""

from typing import Any

import pytest

from ballots.contest import Row, Stage
from tally.entries.contests import ContestAbandoned
from tally.entries.outcome import SeatsReduced
from tests.support.refusals import refused
from tests.support.session import SessionBuilder
from tests.tally.replay.by_hand import NAMES, both_accept, both_refuse, definition, election, held, motion, with_rules
from tests.tally.replay.conftest import At

SHORT = (15, 10, 9, 6)
EITHER = "presidium_or_half_of_electors"


@pytest.fixture
def session(at: At) -> SessionBuilder:
    return at("equipped")


def reduced(session: SessionBuilder, **changes: Any) -> bytes:
    fields: dict[str, Any] = {"contest": "committee", "seats": 1, "by": "presidium", "motion": ""}
    return session.entry(SeatsReduced(**(fields | changes)), *session.officials)


def short(session: SessionBuilder, needs: str = EITHER, **fields: Any) -> SessionBuilder:
    """The session after an election that left one of two seats empty."""
    shortfall = {"options": ["second_vote_among_unelected", "reduce_seats"], "reduce_seats_needs": needs}
    held(session, election(with_rules(session, shortfall=shortfall), **fields), SHORT)
    return session


def consent(session: SessionBuilder, votes: int, **changes: Any) -> SessionBuilder:
    held(session, motion(with_rules(session, "resolution_adopt_method_1994")), (votes,), **changes)
    return session


def further(session: SessionBuilder) -> bytes:
    rows = tuple(Row(f"0{n}", NAMES[n - 1], ()) for n in (2, 3))
    vote = election(
        with_rules(session), "further", 2, stage=Stage.SUPPLEMENTARY, seats=1, rows=rows, follows="committee"
    )
    return definition(session, vote)


def test_the_presidium_reduces_the_seats_to_those_filled(session: SessionBuilder) -> None:
    both_accept(short(session), reduced(session))
    assert session.contest("committee").reduced == SeatsReduced(contest="committee", seats=1, by="presidium", motion="")


@pytest.mark.parametrize("seats", [0, 2, 3])
def test_to_no_other_number(session: SessionBuilder, seats: int) -> None:
    both_refuse(short(session), reduced(session, seats=seats), "V11.E", "1 seats filled")


def test_once(session: SessionBuilder) -> None:
    both_accept(short(session), reduced(session))
    both_refuse(session, reduced(session), "V4.D", "already")


@pytest.mark.parametrize(("approvals"), [(15, 12, 1, 1), (15, 11, 11, 1)])
def test_only_where_seats_are_empty(session: SessionBuilder, approvals: tuple[int, ...]) -> None:
    held(session, election(with_rules(session)), approvals)
    both_refuse(session, reduced(session), "V11.E", "no empty seat")


def test_only_where_the_rule_set_has_it(session: SessionBuilder) -> None:
    shortfall = {"options": ["leave_vacant"], "reduce_seats_needs": "presidium"}
    held(session, election(with_rules(session, shortfall=shortfall)), SHORT)
    both_refuse(session, reduced(session), "V11.E", "does not reduce seats")


def test_not_where_nobody_is_elected(session: SessionBuilder) -> None:
    held(session, election(with_rules(session)), (10, 9, 8, 7))
    both_refuse(session, reduced(session, seats=0), "V11.E", "not close to the number")


def test_a_further_vote_may_end_with_nobody_elected(session: SessionBuilder) -> None:
    short(session)
    rows = tuple(Row(f"0{n}", NAMES[n - 1], ()) for n in (2, 3))
    vote = election(
        with_rules(session), "further", 2, stage=Stage.SUPPLEMENTARY, seats=1, rows=rows, follows="committee"
    )
    held(session, vote, (10, 9))
    both_refuse(session, reduced(session), "V11.E", "a further vote")
    both_accept(session, reduced(session, contest="further", seats=0))


def test_after_it_there_is_no_further_vote(session: SessionBuilder) -> None:
    both_accept(short(session), reduced(session))
    both_refuse(session, further(session), "V6.E", "seats were reduced")


def test_not_while_a_further_vote_stands(session: SessionBuilder) -> None:
    both_accept(short(session), further(session))
    both_refuse(session, reduced(session), "V11.E", "a further vote")
    trustees = [party.signing for party in session.trustees.values()]
    session.add(ContestAbandoned("further", "defect"), *session.officials, *trustees)
    both_accept(session, reduced(session))


@pytest.mark.parametrize(("votes", "enough"), [(9, False), (10, True), (11, True)])
def test_half_of_the_electors_consent_by_a_motion(session: SessionBuilder, votes: int, enough: bool) -> None:
    consent(short(session, "half_of_electors"), votes)
    entry = reduced(session, by="electors", motion="consent")
    if enough:
        both_accept(session, entry)
    else:
        both_refuse(session, entry, "V11.E", "not approved by half")


def test_a_motion_from_before_the_outcome_is_no_consent(session: SessionBuilder) -> None:
    consent(session, 20)
    entry = reduced(short(session), by="electors", motion="consent")
    both_refuse(session, entry, "V11.E", "before the outcome was declared")


def test_not_while_a_further_vote_that_is_held_again_stands(session: SessionBuilder) -> None:
    short(session)
    rows = tuple(Row(f"0{n}", NAMES[n - 1], ()) for n in (2, 3))
    supplementary: dict[str, Any] = {"stage": Stage.SUPPLEMENTARY, "seats": 1, "rows": rows}
    held(session, election(with_rules(session), "further", 2, **supplementary, follows="committee"), (6, 4), present=10)
    both_accept(
        session, definition(session, election(with_rules(session), "again", 3, **supplementary, follows="further"))
    )
    both_refuse(session, reduced(session), "V11.E", "has further as a further vote")


def test_a_void_motion_is_no_consent(session: SessionBuilder) -> None:
    consent(short(session), 15, returned=21)
    both_refuse(session, reduced(session, by="electors", motion="consent"), "V11.E", "not approved by half")


def test_a_motion_without_a_declared_outcome_is_no_consent(session: SessionBuilder) -> None:
    consent(short(session), 15, declare=False)
    both_refuse(session, reduced(session, by="electors", motion="consent"), "V11.E", "not approved by half")


@pytest.mark.parametrize("named", ["", "committee", "other"])
def test_the_motion_is_one_of_this_session(session: SessionBuilder, named: str) -> None:
    both_refuse(short(session), reduced(session, by="electors", motion=named), "V11.E", "")


@pytest.mark.parametrize(
    ("needs", "by", "accepted"),
    [
        (EITHER, "presidium", True),
        (EITHER, "electors", True),
        ("presidium", "presidium", True),
        ("presidium", "electors", False),
        ("half_of_electors", "presidium", False),
        ("half_of_electors", "electors", True),
    ],
)
def test_the_consent_that_the_rule_set_asks_for(session: SessionBuilder, needs: str, by: str, accepted: bool) -> None:
    consent(short(session, needs), 15)
    entry = reduced(session, by=by, motion="consent" if by == "electors" else "")
    if accepted:
        both_accept(session, entry)
    else:
        both_refuse(session, entry, "V11.E", "needs the")


def test_no_motion_belongs_to_a_decision_of_the_presidium(session: SessionBuilder) -> None:
    consent(short(session), 15)
    both_refuse(session, reduced(session, motion="consent"), "V11.E", "no motion belongs")


def test_the_outcome_comes_first(session: SessionBuilder) -> None:
    held(session, election(with_rules(session)), SHORT, declare=False)
    both_refuse(session, reduced(session), "V4.D")


def test_a_motion_has_no_seats(session: SessionBuilder) -> None:
    both_refuse(consent(session, 15), reduced(session, contest="consent"), "V11.E", "no election")


def test_two_officials_sign(session: SessionBuilder) -> None:
    body = SeatsReduced(contest="committee", seats=1, by="presidium", motion="")
    short(session)
    refused(session, session.entry(body, session.officials[0]), "V4.B")
    refused(session, session.entry(body, *session.officials, session.trustees[1].signing), "V4.B")
