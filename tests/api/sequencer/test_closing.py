"""Closing while ballots arrive: freeze, flush, say what to sign."""

import pytest

from tally.replay.expected import close_body
from tests.api.hall import Hall


def closing(hall: Hall) -> bytes:
    return hall.world.entry(close_body(hall.world.state, "report"), "contest.closed", *hall.world.officials)


def test_a_quiet_contest_closes_at_once(hall: Hall) -> None:
    hall.post(closing(hall))
    assert hall.client.get("/v1/status").json()["contests"][0]["status"] == "closed"


def test_the_first_closing_brings_in_what_waits_and_says_what_to_sign(hall: Hall) -> None:
    for card in range(3):
        hall.cast(card)
    problem = hall.client.post("/v1/entries", content=closing(hall)).json()
    assert (problem["status"], problem["code"]) == (409, "seen_not_current")
    hall.follow()
    assert (problem["size"], problem["root"]) == (hall.world.state.size, hall.world.state.root.hex())
    assert (problem["contest"], problem["cast"], problem["challenged"]) == ("report", 3, 0)
    assert hall.service.reader.pending() == ()
    hall.post(closing(hall))
    assert hall.service.sequencer.view.log.contest("report").cast == 3


def test_no_ballot_is_taken_while_the_officials_sign_again(hall: Hall) -> None:
    hall.cast(0)
    hall.client.post("/v1/entries", content=closing(hall))
    answer = hall.client.post("/v1/ballots", content=hall.world.cast(1, hall.contest))
    assert (answer.status_code, answer.json()["code"]) == (409, "closing")
    assert answer.headers["retry-after"] == "2"


def test_a_ballot_that_was_accepted_before_is_still_confirmed_during_the_freeze(hall: Hall) -> None:
    raw = hall.cast(0)
    hall.client.post("/v1/entries", content=closing(hall))
    hall.post(raw, "/v1/ballots")


def test_the_freeze_ends_when_the_officials_give_up(hall: Hall) -> None:
    hall.cast(0)
    hall.client.post("/v1/entries", content=closing(hall))
    hall.clock.now += 29
    assert hall.refused(hall.world.cast(1, hall.contest), "/v1/ballots")["code"] == "closing"
    hall.clock.now += 2
    hall.cast(1)


def test_a_clock_that_jumps_back_keeps_the_contest_frozen_and_nothing_else(hall: Hall) -> None:
    hall.cast(0)
    hall.client.post("/v1/entries", content=closing(hall))
    hall.clock.now -= 10_000
    assert hall.refused(hall.world.cast(1, hall.contest), "/v1/ballots")["code"] == "closing"
    hall.follow()
    hall.post(closing(hall))


def test_an_old_closing_cannot_stop_the_voting_again(hall: Hall) -> None:
    hall.cast(0)
    old = closing(hall)
    hall.client.post("/v1/entries", content=old)
    hall.clock.now += 31
    hall.cast(1)
    problem = hall.refused(old)
    assert problem["code"] == "seen_not_current"
    assert len(hall.service.reader.pending()) == 1
    hall.cast(2)


@pytest.mark.parametrize("seen", [(3, bytes(32)), (10_000, bytes(32))])
def test_a_closing_over_no_prefix_of_the_log_freezes_nothing(hall: Hall, seen: tuple[int, bytes]) -> None:
    hall.cast(0)
    raw = hall.world.entry(close_body(hall.world.state, "report"), "contest.closed", *hall.world.officials, seen=seen)
    assert hall.refused(raw)["code"] == "V3.A"
    hall.cast(1)


def test_a_closing_with_wrong_counts_says_the_right_ones(hall: Hall) -> None:
    for card in range(8):
        hall.cast(card)
    hall.settle()
    body = close_body(hall.world.state, "report")
    hall.follow()
    raw = hall.world.entry(body, "contest.closed", *hall.world.officials)
    problem = hall.client.post("/v1/entries", content=raw).json()
    assert (problem["code"], problem["cast"]) == ("seen_not_current", 8)
    hall.post(closing(hall))


def test_a_closed_contest_is_not_closed_again(hall: Hall) -> None:
    hall.post(hall.world.add(closing(hall)))
    assert hall.refused(closing(hall))["code"] == "V4.D"
