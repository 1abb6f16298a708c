"""Reading what kiosks say of their queues: where nothing is said, or rubbish, a kiosk is silent."""

from kiosk.queue_reading import MAX_STATEMENTS, is_awaiting_queues, read_queues
from tally.entries.contests import ContestPaused
from tests.attacks.test_false_queues import said
from tests.support.session import SessionBuilder


def test_kiosks_are_asked_only_while_voting_pauses() -> None:
    session = SessionBuilder().run("voted")
    assert not is_awaiting_queues(session.contest())
    session.add(ContestPaused("motion"), *session.officials)
    assert is_awaiting_queues(session.contest())


def test_rubbish_is_no_word_of_anybody_and_only_so_much_is_read() -> None:
    session = SessionBuilder().run("voted")
    session.add(ContestPaused("motion"), *session.officials)
    held, kiosk = session.contest(), session.kiosks[0]
    true = said(session, kiosk, 2).to_bytes()
    rubbish = [b"", b"{}", b"[" * 9_000, true[:-1], true.replace(b'"size"', b'"Size"')]
    assert read_queues(session.state, held, [*rubbish, true]) == {kiosk.public: 2}
    assert read_queues(session.state, held, [*[b"{}"] * MAX_STATEMENTS, true]) == {}


def test_of_two_words_the_worse_one_counts() -> None:
    session = SessionBuilder().run("voted")
    session.add(ContestPaused("motion"), *session.officials)
    held, kiosk = session.contest(), session.kiosks[0]
    words = [said(session, kiosk, waiting).to_bytes() for waiting in (0, 2, 1)]
    assert read_queues(session.state, held, words) == {kiosk.public: 2}
