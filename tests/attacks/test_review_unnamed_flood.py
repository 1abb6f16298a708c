"""Filling the log in everybody's name (SPEC §8.5 rule 7).

All kiosks sign with one box key, so that no ballot names its kiosk. A ballot also needs a card; the note that somebody
was assisted needs none. Whoever has a kiosk's key file could write as many as a record may hold entries, and nobody
could say who it was.
"""

from dataclasses import replace

from tally.entries.ballots import BallotAssisted
from tally.entries.contests import AttendanceDeclared
from tally.replay import replay
from tally.state import State
from tests.attacks.support.sessions import at, refused
from tests.support.session import SessionBuilder

MORE = 50


def note(session: SessionBuilder, number: int) -> bytes:
    """The note of an assistance, by whoever holds the box key."""
    return session.entry(BallotAssisted("motion", number.to_bytes(16, "big")), session.box)


def attendance(session: SessionBuilder) -> AttendanceDeclared:
    declared = session.state.contest("motion").attendance
    assert declared is not None
    return declared


def cards(session: SessionBuilder) -> int:
    """The cards that may be in the hall: drawn by delegates, and the scrutineers' for tests."""
    return sum(each.drawn + each.test for each in attendance(session).cards)


def without_a_bound(session: SessionBuilder) -> State:
    """The session as a replay sees it that believes in any number of cards."""
    many = tuple(replace(each, drawn=10**6) for each in attendance(session).cards)
    contest = replace(session.state.contest("motion"), attendance=replace(attendance(session), cards=many))
    return replace(session.state, contests=session.state.contests.set("motion", contest))


def test_without_a_bound_one_key_file_fills_the_log() -> None:
    session = at("open")
    state, before = without_a_bound(session), session.state.size
    for number in range(cards(session) + MORE):
        state = replay(state, note(session, number))
    assert state.size == before + cards(session) + MORE
    # Nothing in these entries leads to a kiosk: their one signature is that of the box.
    assert not {kiosk.public for kiosk in session.kiosks} & {session.box.public}


def test_there_are_no_more_assistances_than_cards_and_voting_goes_on() -> None:
    session = at("open")
    for number in range(cards(session)):
        session.append(note(session, number))
    for number in range(cards(session), cards(session) + MORE):
        refused(session, note(session, number), "V8.B")
    session.append(session.cast((0,), 0))
    assert session.state.contest("motion").cast == 1
