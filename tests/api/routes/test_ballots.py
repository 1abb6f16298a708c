"""Ballots on their way in: accepted once, promised, waiting, in the log in sorted batches."""

import json

import pytest

from ballots.receipt import parse_promise
from ballots.sealed_ballot import ballot_id, parse_ballot
from tally.entries.ballots import BallotCast
from tests.api.hall import Hall
from voting_core.codec import canonical


def id_of(raw: bytes) -> bytes:
    return ballot_id(parse_ballot(json.loads(raw)["body"]["ballot"]))


def test_an_accepted_ballot_gets_a_signed_promise(hall: Hall) -> None:
    raw = hall.world.cast(0, hall.contest)
    promise = parse_promise(hall.post(raw, "/v1/ballots"))
    promise.verify(hall.service.keys.service.public)
    assert promise.ballot == id_of(raw)
    assert promise.session == hall.world.state.session_id
    assert (promise.size, promise.root) == (0, hall.world.state.root_at(0))


def test_sending_a_ballot_again_is_safe_while_it_waits_and_when_it_is_in_the_log(hall: Hall) -> None:
    raw = hall.cast(0)
    first = hall.post(raw, "/v1/ballots")
    for card in range(1, 8):
        hall.cast(card)
    hall.settle()
    assert hall.client.get(f"/v1/ballots/{id_of(raw).hex()}").json()["status"] == "log"
    assert hall.post(raw, "/v1/ballots") == first
    assert hall.service.sequencer.view.log.contest("report").cast == 8


def test_ballots_wait_until_there_are_eight_and_enter_the_log_sorted(hall: Hall) -> None:
    size = hall.service.sequencer.view.log.size
    for card in range(7):
        hall.cast(card)
    hall.settle()
    assert hall.service.sequencer.view.log.size == size
    assert len(hall.service.reader.pending()) == 7
    hall.cast(7)
    hall.settle()
    lines = hall.client.get(f"/v1/log/entries?start={size}").content.splitlines()
    assert [id_of(line) for line in lines] == sorted(id_of(raw) for raw in hall.accepted)
    assert sorted(lines) == sorted(hall.accepted)
    assert hall.service.reader.pending() == ()


def test_challenged_and_assisted_ballots_wait_like_the_others(hall: Hall) -> None:
    size = hall.service.sequencer.view.log.size
    hall.post(hall.world.challenged(0, hall.contest, (2,)), "/v1/ballots")
    answer = hall.post(hall.world.assisted(hall.contest), "/v1/ballots")
    assert len(bytes.fromhex(answer["id"])) == 16
    for card in range(6):
        hall.cast(card)
    hall.settle()
    hall.follow()
    state = hall.world.state.contest("report")
    assert (state.cast, state.challenged, state.assisted) == (6, 1, 1)
    assert hall.world.state.size == size + 8


def test_a_second_ballot_of_a_credential_is_refused_while_the_first_waits(hall: Hall) -> None:
    hall.cast(0)
    problem = hall.refused(hall.world.cast(0, hall.contest, (1,)), "/v1/ballots")
    assert (problem["status"], problem["code"]) == (409, "V8.B")
    assert "has cast its ballot already" in problem["detail"]


def test_a_challenged_ballot_cannot_be_cast(hall: Hall) -> None:
    challenged = json.loads(hall.world.challenged(0, hall.contest))
    hall.post(canonical(challenged), "/v1/ballots")
    again = parse_ballot(challenged["body"]["ballot"])
    problem = hall.refused(hall.world.signed_ballot(BallotCast(again), "ballot.cast", 0, hall.contest), "/v1/ballots")
    assert (problem["status"], problem["code"]) == (409, "V8.B")


@pytest.mark.parametrize("length", [1_048_577, 10_000_000])
@pytest.mark.parametrize("path", ["/v1/ballots", "/v1/entries", "/v1/proposals"])
def test_a_body_that_is_too_long_is_refused_unread(hall: Hall, path: str, length: int) -> None:
    problem = hall.refused(b"[" + b"0" * (length - 1), path)
    assert (problem["status"], problem["code"]) == (413, "too_large")
    assert "at most 1048576" in problem["detail"]


def test_a_body_without_a_length_is_cut_off_at_the_limit(hall: Hall) -> None:
    answer = hall.client.post("/v1/ballots", content=(b"0" * 100_000 for _ in range(100)))
    assert answer.status_code == 413


def test_other_entries_are_sent_elsewhere(hall: Hall) -> None:
    problem = hall.refused(hall.world.void(1, hall.contest, "test"), "/v1/ballots")
    assert (problem["status"], problem["code"]) == (409, "state")
    assert "/v1/entries" in problem["detail"]
