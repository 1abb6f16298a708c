"""Entries on their way in: complete, in order, once."""

import json

import pytest

from tally.entries.contests import ContestOpened, ContestPaused
from tally.replay.expected import close_body
from tests.api.hall import Hall
from voting_core.codec import canonical


def test_a_session_grows_entry_by_entry(empty_hall: Hall) -> None:
    hall = empty_hall
    hall.vote()
    view = hall.service.sequencer.view
    assert (view.log.size, view.log.root) == (hall.world.state.size, hall.world.state.root)
    assert hall.service.reader.size() == len(hall.world.entries)


def test_a_replayed_entry_gets_the_place_it_has_and_changes_nothing(hall: Hall) -> None:
    before = hall.service.sequencer.view
    answer = hall.post(hall.world.entries[3])
    assert answer == {"index": 3, "size": before.log.size, "root": before.log.root.hex()}
    assert hall.service.sequencer.view is before


def test_a_reordered_entry_is_refused(empty_hall: Hall) -> None:
    """Entries of a valid log in another order: the joining before the session."""
    world = empty_hall.world
    world.create()
    world.ceremony()
    problem = empty_hall.refused(world.entries[1])
    assert (problem["status"], problem["code"]) == (409, "V4.D")
    empty_hall.post(world.entries[0])
    problem = empty_hall.refused(world.entries[2])
    assert (problem["status"], problem["code"]) == (422, "V3.A")


def test_an_entry_over_another_log_is_refused(hall: Hall) -> None:
    raw = hall.world.entry(ContestPaused("report"), "contest.paused", *hall.world.officials, seen=(3, bytes(32)))
    problem = hall.refused(raw)
    assert (problem["status"], problem["code"]) == (422, "V3.A")


def test_one_official_is_not_two(hall: Hall) -> None:
    raw = hall.world.entry(ContestPaused("report"), "contest.paused", hall.world.officials[0])
    assert hall.refused(raw)["code"] == "V4.B"


@pytest.mark.parametrize("raw", [b"", b"{}", b"[1]", b"\xff", b'{"a":1,"a":2}', b'{ "a": 1}', b"null"])
def test_bytes_that_are_no_entry_are_refused(hall: Hall, raw: bytes) -> None:
    assert hall.refused(raw)["code"] in ("V2.A", "V2.B")


def test_trailing_bytes_and_another_spelling_are_refused(hall: Hall) -> None:
    raw = hall.world.entry(ContestPaused("report"), "contest.paused", *hall.world.officials)
    assert hall.refused(raw + b"\n")["code"] == "V2.A"
    assert hall.refused(json.dumps(json.loads(raw)).encode())["code"] == "V2.A"


def test_a_changed_entry_is_refused(hall: Hall) -> None:
    value = json.loads(hall.world.entry(ContestPaused("report"), "contest.paused", *hall.world.officials))
    value["time"] += 1
    assert hall.refused(canonical(value))["code"] == "V4.A"


def test_an_entry_at_the_wrong_moment_is_refused(hall: Hall) -> None:
    raw = hall.world.entry(ContestOpened("report"), "contest.opened", *hall.world.officials)
    problem = hall.refused(raw)
    assert (problem["status"], problem["code"]) == (409, "V4.D")


def test_ballots_are_sent_elsewhere(hall: Hall) -> None:
    problem = hall.refused(hall.world.cast(0, hall.contest))
    assert "/v1/ballots" in problem["detail"]


def test_voiding_a_card_whose_ballot_waits_is_refused(hall: Hall) -> None:
    hall.cast(0)
    problem = hall.refused(hall.world.void(0, hall.contest, "returned"))
    assert (problem["status"], problem["code"]) == (409, "pending_ballot")
    hall.post(hall.world.add(hall.world.void(1, hall.contest, "returned")))
    problem = hall.refused(hall.world.cast(1, hall.contest), "/v1/ballots")
    assert (problem["status"], problem["code"]) == (409, "V8.A")
    assert "voided (returned)" in problem["detail"]


def test_a_pause_brings_the_waiting_ballots_into_the_log_first(hall: Hall) -> None:
    for card in range(3):
        hall.cast(card)
    hall.post(hall.world.entry(ContestPaused("report"), "contest.paused", *hall.world.officials))
    hall.follow()
    assert hall.world.state.contest("report").cast == 3
    assert hall.service.reader.pending() == ()
    assert hall.refused(hall.world.cast(9, hall.contest), "/v1/ballots")["code"] == "V8.A"


def test_a_pause_that_is_refused_brings_nothing_into_the_log(hall: Hall) -> None:
    for card in range(3):
        hall.cast(card)
    raw = hall.world.entry(ContestPaused("report"), "contest.paused", hall.world.officials[0])
    assert hall.refused(raw)["code"] == "V4.B"
    assert len(hall.service.reader.pending()) == 3


def test_a_closed_contest_takes_no_ballot(hall: Hall) -> None:
    hall.end()
    problem = hall.refused(hall.world.cast(0, hall.contest), "/v1/ballots")
    assert (problem["status"], problem["code"]) == (409, "V8.A")
    assert "closed" in problem["detail"]


def test_a_closing_needs_two_officials(hall: Hall) -> None:
    hall.pause()
    raw = hall.world.entry(close_body(hall.world.state, "report"), "contest.closed", hall.world.officials[0])
    assert hall.refused(raw)["code"] == "V4.B"
