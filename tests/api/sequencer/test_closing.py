"""Closing a paused contest over the log as it is, and what to sign where it has grown meanwhile."""

import pytest

from tally.entries.contests import ContestPaused
from tally.replay.expected import close_body
from tests.api.hall import Hall


def test_a_quiet_contest_closes_at_once(hall: Hall) -> None:
    hall.end()
    assert hall.client.get("/v1/status").json()["contests"][0]["status"] == "closed"


def test_the_pause_before_it_brings_in_what_waits(hall: Hall) -> None:
    for card in range(3):
        hall.cast(card)
    hall.pause()
    assert hall.service.reader.pending() == ()
    hall.end()
    assert hall.service.sequencer.view.log.contest("report").cast == 3


def test_a_closing_over_a_log_that_has_grown_says_what_to_sign(hall: Hall) -> None:
    hall.cast(0)
    hall.pause()
    old = hall.closing()
    hall.post(hall.world.void(5, hall.contest, "returned"))
    problem = hall.refused(old)
    assert (problem["status"], problem["code"]) == (409, "seen_not_current")
    hall.follow()
    assert (problem["size"], problem["root"]) == (hall.world.state.size, hall.world.state.root.hex())
    assert (problem["contest"], problem["cast"], problem["challenged"]) == ("report", 1, 0)
    hall.end()


@pytest.mark.parametrize("seen", [(3, bytes(32)), (10_000, bytes(32))])
def test_a_closing_over_no_prefix_of_the_log_is_refused(hall: Hall, seen: tuple[int, bytes]) -> None:
    hall.pause()
    raw = hall.world.entry(close_body(hall.world.state, "report"), "contest.closed", *hall.world.officials, seen=seen)
    assert hall.refused(raw)["code"] == "V3.A"


def test_a_closing_with_wrong_counts_says_the_right_ones(hall: Hall) -> None:
    body = close_body(hall.world.state, "report")
    for card in range(8):
        hall.cast(card)
    hall.pause()
    problem = hall.refused(hall.world.entry(body, "contest.closed", *hall.world.officials))
    assert (problem["code"], problem["cast"]) == ("seen_not_current", 8)
    hall.end()


def test_a_closed_contest_is_not_closed_or_paused_again(hall: Hall) -> None:
    hall.end()
    assert hall.refused(hall.closing())["code"] == "V4.D"
    pause = hall.world.entry(ContestPaused("report"), "contest.paused", *hall.world.officials)
    assert hall.refused(pause)["code"] == "V4.D"
