"""A service that brings a key of its own (SPEC §6.7).

It plays a session with trustees that it invented, under the same title and with the same contest, and lets the kiosks
encrypt to that key. A kiosk that takes the key from a page of the service hands every ballot over. Ours replays the log
and compares the fingerprint that a person typed, because it was read aloud in the hall.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from ballots.crockford import fingerprint_text
from ballots.encrypt import seal_ballot
from kiosk.kiosk_keys import KioskKeys
from kiosk.station import Machine, Setup, Station
from tally.state import State
from tests.attacks.support.sessions import at, decrypt
from tests.support.seeded_rng import SeededRng
from tests.support.session import SessionBuilder
from voting_core.elgamal import decode_ciphertexts
from voting_core.errors import FatalError
from voting_core.secret import Secret

MARKS = (1,)


@dataclass
class Follower:
    """What a kiosk has replayed of the log that the service shows it."""

    state: State

    def sync(self) -> None:
        """Nothing new."""


class Outbox:
    """Nothing waits in this kiosk."""

    def waiting(self) -> tuple[()]:
        """No ballot."""
        return ()


def invented() -> SessionBuilder:
    """The session that the service made up; it differs in every key and looks the same on a screen."""
    session = SessionBuilder("invented").run("open")
    real = at("open")
    assert session.state.facts.title == real.state.facts.title
    assert session.contest().contest.hash == real.contest().contest.hash
    return session


def kiosk(shown: SessionBuilder, typed: str, events: list[str]) -> Station:
    """A kiosk that follows a log, with the fingerprint that was typed into it."""

    def emit(event: str, **_: Any) -> None:
        events.append(event)

    nowhere: Any = None
    keys = KioskKeys(shown.kiosks[0], shown.box)
    machine = Machine(rng=SeededRng("kiosk"), clock=lambda: 0, emit=emit)
    follower: Any = Follower(shown.state)
    outbox: Any = Outbox()
    return Station(Setup(name="K01", fingerprint=typed, keys=keys), nowhere, follower, outbox, nowhere, machine)


def heard(session: SessionBuilder) -> str:
    fingerprint = session.state.fingerprint
    assert fingerprint is not None
    return fingerprint_text(fingerprint)


def test_a_kiosk_that_asks_the_service_for_the_key_hands_it_the_ballots() -> None:
    shown = invented()
    key = shown.state.joint_key
    assert key is not None
    ballot = seal_ballot(
        shown.contest().contest,
        shown.state.session_id,
        key,
        shown.credential(0).public,
        MARKS,
        Secret(SeededRng("seed").bytes(32)),
    )
    # The service has the shares of the trustees that it made up.
    read = [decrypt(shown, (1, 2), c.pad, c.data) for c in decode_ciphertexts(ballot.ciphertexts_bytes, 2, "ballot")]
    assert read == [int(mark == MARKS[0]) for mark in range(2)]


def test_our_kiosk_stops_at_a_session_that_is_not_the_one_of_the_hall() -> None:
    events: list[str] = []
    station = kiosk(invented(), heard(at("open")), events)
    with pytest.raises(FatalError, match="compare it with the one that was read aloud"):
        station.follow()
    assert not station.ready
    assert events == []


def test_our_kiosk_works_in_the_session_of_the_hall() -> None:
    events: list[str] = []
    station = kiosk(at("open"), heard(at("open")), events)
    station.follow()
    assert station.ready
    assert events == ["session", "open"]


def test_sessions_that_differ_in_one_key_have_other_fingerprints() -> None:
    """The fingerprint is over all that happened until the key was there: officials, trustees, names, commitments."""
    texts = {heard(at("keyed")), heard(at("keyed", threshold=3)), heard(at("keyed", trustees=4)), heard(invented())}
    assert len(texts) == 4
