"""Count sheets that come twice, come back, come too late, or are left out (SPEC §8.5 rule 10, §9.8).

The signatures of a count sheet stay good for ever, and paper has no proof of its own: what keeps a count by hand honest
is that every sheet has one place, that none is ever taken away, and that the signed report is over all of them.
"""

import json

import pytest

from tally.entries.contests import Box, ContestOpened
from tally.entries.outcome import ReportSigned
from tally.entries.sheets import CountEntered
from tally.replay import ahead, expected, hand, replay
from tally.state import State
from tests.attacks.support.sessions import refused, without
from tests.support.session import SessionBuilder
from tests.tally.replay.sheets import by_hand, plain, slips, with_slips
from voting_core.codec import canonical
from voting_core.framing import digest
from voting_core.params import Tag


def two_boxes() -> SessionBuilder:
    session = SessionBuilder(contests=(by_hand,), kiosks=0).run("defined")
    session.add(session.attendance(boxes=(Box("一", 6), Box("二", 6))), *session.two_trustees())
    session.add(ContestOpened("motion"), *session.officials)
    return session


def enter(session: SessionBuilder, body: CountEntered) -> bytes:
    return session.add(body, *session.two_trustees())


def anywhere(patch: pytest.MonkeyPatch) -> None:
    """A replay that asks for no place of a sheet: the last one of a box counts."""
    without(patch, hand, "_check_place", lambda *_: None)


def test_a_replaced_sheet_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    session = two_boxes()
    wrong = enter(session, plain("一", "1", (6, 0, 0), 6))
    enter(session, plain("一", "2", (1, 5, 0), 6, replaces="1"))
    enter(session, plain("二", "3", (3, 3, 0), 6))
    assert session.contest().totals == ((4, 8, 0),)
    with monkeypatch.context() as patch:
        anywhere(patch)
        assert replay(session.state, wrong).contest("motion").totals == ((9, 3, 0),)
    refused(session, wrong, "V10.E")


def test_a_second_sheet_that_replaces_nothing_takes_the_place_of_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two groups count one box and know nothing of each other, or one of them is asked for a better count in secret."""
    session = two_boxes()
    enter(session, plain("一", "1", (1, 5, 0), 6))
    second = session.entry(plain("一", "2", (6, 0, 0), 6), *session.two_trustees())
    with monkeypatch.context() as patch:
        anywhere(patch)
        assert replay(session.state, second).contest("motion").totals == ((6, 0, 0),)
    refused(session, second, "V10.E")


def test_a_correction_that_was_held_back_does_not_replace_a_later_one(monkeypatch: pytest.MonkeyPatch) -> None:
    session = two_boxes()
    enter(session, plain("一", "1", (1, 5, 0), 6))
    kept = session.entry(plain("一", "2", (6, 0, 0), 6, replaces="1"), *session.two_trustees())
    enter(session, plain("一", "3", (2, 4, 0), 6, replaces="1"))
    with monkeypatch.context() as patch:
        anywhere(patch)
        assert replay(session.state, kept).contest("motion").totals == ((6, 0, 0),)
    refused(session, kept, "V10.E")


def test_a_sheet_stands_for_another_box(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where box and name of a sheet are not signed, one good box is counted twice."""
    session = two_boxes()
    value = json.loads(enter(session, plain("一", "1", (6, 0, 0), 6)))
    copied = canonical({**value, "body": {**value["body"], "box": "二", "sheet": "2"}})
    with monkeypatch.context() as patch:
        without(patch, ahead, "verify_signature", lambda *_: None)
        assert replay(session.state, copied).contest("motion").totals == ((12, 0, 0),)
    refused(session, copied, "V4.A")


def decided() -> tuple[SessionBuilder, bytes]:
    """A session with an outcome, and a correction that was signed before it."""
    session = two_boxes()
    enter(session, plain("一", "1", (1, 5, 0), 6))
    enter(session, plain("二", "2", (1, 5, 0), 6))
    correction = session.entry(plain("二", "3", (6, 0, 0), 6, replaces="2"), *session.two_trustees())
    session.stage_declared()
    return session, correction


def test_a_correction_comes_after_the_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    session, correction = decided()
    with monkeypatch.context() as patch:
        without(patch, hand, "contest_in", lambda state, _type, contest_id, *_: state.contest(contest_id))
        weak = replay(session.state, correction).contest("motion")
        # The motion failed, as the outcome says; the counts beside it say that it passed.
        assert (weak.totals, weak.outcome["passed"]) == (((7, 5, 0),), False)
    refused(session, correction, "V4.D")


def outcome_alone(state: State, contest_id: str) -> bytes:
    """A weak report: what was decided, and not by which sheets."""
    contest = state.contest(contest_id)
    return digest(Tag.REPORT, contest.contest.hash, canonical({"outcome": contest.outcome}))


def test_a_correction_is_left_out_of_what_is_signed() -> None:
    """A service shows a scrutineer a log without the correction. The outcome is the same; the counts are not."""
    session = two_boxes()
    enter(session, plain("一", "1", (1, 5, 0), 6))
    enter(session, plain("二", "2", (1, 5, 0), 6))
    shown = session.fork()
    enter(session, plain("二", "3", (0, 6, 0), 6, replaces="2"))
    for each in (session, shown):
        each.stage_declared()
    assert outcome_alone(session.state, "motion") == outcome_alone(shown.state, "motion")
    body = ReportSigned("motion", expected.report_digest(shown.state, "motion"))
    refused(session, session.entry(body, session.trustees[1].signing), "V11.B")


def test_slips_are_entered_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    votes = SessionBuilder(
        contests=(with_slips,), rule_set="election_local_2020", votes=lambda _contest, _number: (1, 1)
    ).run("closed")
    raw = enter(votes, slips())
    enter(votes, CountEntered.slips("committee", "更正", replaces="条一"))
    again = votes.entry(slips("条三"), *votes.two_trustees())
    with monkeypatch.context() as patch:
        anywhere(patch)
        for attempt in (raw, again):
            assert replay(votes.state, attempt).contest("committee").written_in == slips().write_ins
    refused(votes, raw, "V10.E")
    refused(votes, again, "V10.E")
