"""Old acts put into the log again, or held back until they do harm (SPEC §8.5 rule 12).

The signatures of an old entry stay good for ever, and whoever keeps the log can append it once more: an attendance that
was corrected, an order to resume after the contest was paused again. The weak replay asks only that the author saw a
prefix of the log, which stays true as the log grows.
"""

from dataclasses import replace

import pytest

from tally.entries.contests import ContestPaused, ContestResumed
from tally.entries.counting import PaperCompared
from tally.replay import contests, counting, initial, replay
from tally.state import Status
from tests.attacks.support.sessions import at, refused, take, without
from tests.support.session import SessionBuilder
from voting_core.errors import VerificationError


def forgetful(patch: pytest.MonkeyPatch) -> None:
    """A replay that does not ask what the author of an act had seen."""
    for module in (contests, counting):
        without(patch, module, "acted", lambda *given: given[2])


def corrected() -> tuple[SessionBuilder, bytes]:
    """A session whose attendance was declared twice; and the first, wrong declaration."""
    session = at("ready")
    wrong = session.entries[-1]
    session.add(session.attendance(should_attend=19), *session.two_trustees())
    return session, wrong


def test_a_corrected_attendance_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    session, wrong = corrected()
    assert session.contest().attendance.should_attend == 19
    with monkeypatch.context() as patch:
        forgetful(patch)
        weak = replay(session.state, wrong)
        # With 7 who should attend, 4 votes pass the motion; with 19 it takes 10.
        assert weak.contest("motion").attendance.should_attend == 7
    refused(session, wrong, "V4.D")


def test_an_attendance_that_was_held_back_comes_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trustees sign, the service says that it lost the entry, trustees sign a better one: the first is spent."""
    session = at("ready")
    kept = session.entry(session.attendance(should_attend=8), *session.two_trustees())
    session.add(session.attendance(should_attend=19), *session.two_trustees())
    with monkeypatch.context() as patch:
        forgetful(patch)
        assert replay(session.state, kept).contest("motion").attendance.should_attend == 8
    refused(session, kept, "V4.D")


def test_an_opening_does_not_hold_for_an_attendance_that_came_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    session = at("ready")
    opening = session.entry(contests.ContestOpened("motion"), *session.officials)
    session.add(session.attendance(should_attend=19), *session.two_trustees())
    with monkeypatch.context() as patch:
        forgetful(patch)
        assert replay(session.state, opening).contest("motion").status is Status.OPEN
    refused(session, opening, "V4.D")


def test_a_paused_contest_is_not_resumed_by_an_old_order(monkeypatch: pytest.MonkeyPatch) -> None:
    session = at("open")
    paused = session.add(ContestPaused("motion"), *session.officials)
    resumed = session.add(ContestResumed("motion"), *session.officials)
    refused(session, paused, "V4.D")
    session.add(ContestPaused("motion"), *session.officials)
    with monkeypatch.context() as patch:
        forgetful(patch)
        weak = replay(session.state, resumed)
        assert weak.contest("motion").status is Status.OPEN
        take(weak, [session.cast((0,), 0)])
    refused(session, resumed, "V4.D")
    refused(session, session.cast((0,), 0), "V8.A")


def test_no_entry_of_a_session_enters_its_log_twice() -> None:
    """Every entry again, at every later moment. The session corrects, pauses and compares, too."""
    session = at("ready")
    session.add(session.attendance(should_attend=19), *session.two_trustees())
    session.run("open")
    for _ in range(2):
        session.add(ContestPaused("motion"), *session.officials)
        session.add(ContestResumed("motion"), *session.officials)
    session.run("counted")
    counts = session.contest().totals
    compared = PaperCompared(contest="motion", papers=6, counts=counts, agrees=True)
    session.add(compared, *session.two_trustees())
    session.add(replace(compared, papers=5, counts=((2, 2, 1),), agrees=False), *session.two_trustees())
    session.run("sealed")

    state = initial()
    for index, raw in enumerate(session.entries):
        state = replay(state, raw)
        for old in session.entries[: index + 1]:
            with pytest.raises(VerificationError):
                replay(state, old)
