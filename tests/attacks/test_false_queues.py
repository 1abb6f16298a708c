"""Closing a contest over ballots that wait at a kiosk: who says that its queue is empty (SPEC §8.9).

The weak variant is a scrutineer's page that shows the numbers of the server, as the officials' page does.
"""

from dataclasses import replace

from api.sequencer.queues import Standing, queues_of
from api.store.queues import Told
from ballots.queue_statement import QueueStatement, sign_queue
from kiosk.queue_reading import read_queues
from tally.entries.closing import KioskLost
from tally.entries.contests import ContestPaused, ContestResumed
from tally.verify.remarks import remarks_on
from tests.attacks.support.sessions import at, refused
from tests.support.session import SessionBuilder
from voting_core.signing_key import SigningKey


def paused() -> SessionBuilder:
    """A session with ballots in which voting pauses for the second time."""
    session = at("voted")
    for body in (ContestPaused("motion"), ContestResumed("motion"), ContestPaused("motion")):
        session.add(body, *session.officials)
    return session


def said(session: SessionBuilder, key: SigningKey, waiting: int) -> QueueStatement:
    """What somebody signs about this pause."""
    held = session.contest()
    return sign_queue(
        contest="motion",
        root=session.state.root_at(held.paused_size),
        session=session.state.session_id,
        size=held.paused_size,
        waiting=waiting,
        kiosk_key=key,
    )


def seen(session: SessionBuilder, *statements: QueueStatement) -> dict[bytes, int]:
    """What our station makes of what a server hands it."""
    return dict(read_queues(session.state, session.contest(), [one.to_bytes() for one in statements]))


def test_a_page_that_shows_the_servers_numbers_calls_a_full_queue_empty() -> None:
    session = paused()
    kiosk, held = session.kiosks[0].public, session.contest()
    made_up = {key: Told(held.paused_size, 0) for key in session.state.kiosks}
    shown = {one.key: one.standing for one in queues_of(session.state, held, made_up)}
    assert shown[kiosk] is Standing.EMPTY
    # The same server has nothing to show to our station: no kiosk has signed anything.
    assert seen(session) == {}


def test_our_station_takes_the_kiosks_word_for_this_pause_and_nobody_elses() -> None:
    session = paused()
    kiosk, others = session.kiosks[0], (session.service_key, session.box, session.officials[0], session.kiosks[1])
    true = said(session, kiosk, 3)
    assert seen(session, true) == {kiosk.public: 3}
    # The number changed, or the kiosk's name on the word of another key.
    assert seen(session, replace(true, waiting=0)) == {}
    assert all(seen(session, replace(said(session, key, 0), kiosk=kiosk.public)) == {} for key in others)
    # Beside the true statement a false one takes nothing away.
    assert seen(session, true, replace(true, waiting=0)) == {kiosk.public: 3}
    # What was true in the pause before, in another contest or another session is not said now.
    before = at("voted")
    before.add(ContestPaused("motion"), *before.officials)
    assert seen(session, said(before, kiosk, 0)) == {}
    assert seen(before, said(before, kiosk, 0)) == {kiosk.public: 0}
    elsewhere = [replace(said(session, kiosk, 0), **{field: bytes(32)}) for field in ("session", "root")]
    assert seen(session, *elsewhere, replace(said(session, kiosk, 0), contest="other")) == {}


def test_a_queue_is_given_up_by_a_quorum_of_scrutineers_and_everybody_sees_it() -> None:
    session = paused()
    lost = KioskLost("motion", session.kiosks[0].public)
    quorum = [trustee.signing for _, trustee in sorted(session.trustees.items())][: session.state.quorum]
    refused(session, session.entry(lost, *quorum[:-1]), "V4.B")
    refused(session, session.entry(lost, *session.officials), "V4.B")
    session.add(lost, *quorum)
    assert "lost_kiosk" in [remark.id for remark in remarks_on(session.state, anchored=True)]
