"""Ballots and entries that a server refuses. Nothing changes: the view of the log is the very object that it was."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tally.entries.ballots import BallotCast, BallotChallenged
from tally.entries.contests import ContestOpened
from tests.api.hall import Hall, running_hall
from tests.api.world import World
from tests.bad_input.items import says
from voting_core.codec import b64decode, canonical
from voting_core.group import Q


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """A server with an open contest, one defined contest, and one ballot of card 0."""
    with running_hall(tmp_path_factory.mktemp("hall") / "data") as started:
        started.vote()
        started.cast(0)
        yield started


def refused(hall: Hall, item: str, raw: bytes, path: str = "/v1/ballots") -> None:
    """The server must refuse with the sentence of an item."""
    problem = hall.refused(raw, path)
    says(item, problem["detail"] + (f". {problem['remedy']}" if "remedy" in problem else ""))


def test_a_contest_that_is_not_open(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        world = hall.world
        world.create()
        world.ceremony()
        world.prepare_voting()
        world.define(hall.contest)
        for raw in world.entries:
            hall.post(raw)
        refused(hall, "ballot: contest not open", world.cast(0, hall.contest))


def test_a_contest_that_is_closed(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        hall.vote()
        late = hall.world.cast(1, hall.contest)
        hall.end()
        refused(hall, "ballot: contest already closed", late)


def test_too_few_or_too_many_ciphertexts(hall: Hall) -> None:
    world, contest = hall.world, hall.contest
    run = world.sealed(1, contest).ciphertexts_bytes
    refused(hall, "ballot: a ciphertext too few", world.altered(1, contest, ciphertexts_bytes=run[:-64]))
    refused(hall, "ballot: a ciphertext too many", world.altered(1, contest, ciphertexts_bytes=run + run[:64]))


def test_encodings_that_are_not_canonical(hall: Hall) -> None:
    world, contest = hall.world, hall.contest
    ballot = world.sealed(1, contest)
    run, argument = ballot.ciphertexts_bytes, ballot.argument_bytes
    refused(hall, "ballot: non-canonical point", world.altered(1, contest, ciphertexts_bytes=b"\xff" * 32 + run[32:]))
    scalar = argument[:-32] + Q.to_bytes(32, "little")
    refused(hall, "ballot: non-canonical scalar", world.altered(1, contest, argument_bytes=scalar))


def test_trailing_bytes(hall: Hall) -> None:
    world, contest = hall.world, hall.contest
    refused(hall, "ballot: trailing bytes after the entry", world.cast(1, contest) + b"\n")
    longer = world.sealed(1, contest).argument_bytes + b"\0"
    refused(hall, "ballot: trailing bytes in the argument", world.altered(1, contest, argument_bytes=longer))


def test_a_copied_proof(hall: Hall) -> None:
    world, contest = hall.world, hall.contest
    first = json.loads(hall.accepted[0])["body"]["ballot"]
    argument = b64decode(first["argument"], None, "argument")
    run = b64decode(first["ciphertexts"], None, "ciphertexts")
    refused(hall, "ballot: a copied proof", world.altered(1, contest, argument_bytes=argument))
    copy = world.altered(1, contest, argument_bytes=argument, ciphertexts_bytes=run)
    refused(hall, "ballot: a copied proof", copy)


def test_a_false_proof(hall: Hall) -> None:
    refused(hall, "ballot: a false proof", hall.world.forged(1, hall.contest))


def test_a_card_that_has_voted(hall: Hall) -> None:
    refused(hall, "card: used twice, at the server", hall.world.cast(0, hall.contest))


def test_a_voided_card(hall: Hall) -> None:
    hall.post(hall.world.void(2, hall.contest, "returned"))
    refused(hall, "card: voided, at the server", hall.world.cast(2, hall.contest))


def test_marks_that_are_not_those_that_were_encrypted(hall: Hall) -> None:
    world, contest = hall.world, hall.contest
    for item, mark in (("ballot: unknown mark, opened", 5), ("ballot: other marks, opened", 1)):
        body = BallotChallenged(world.sealed(3, contest), (mark,), bytes(32))
        refused(hall, item, world.signed_ballot(body, "ballot.challenged", 3, contest))


def test_a_ballot_of_another_session(hall: Hall) -> None:
    other = World(hall.world.log_key, hall.world.service_key, seed="another")
    contest = other.contest()
    other.create()
    other.ceremony()
    other.prepare_voting()
    other.define(contest)
    other.open(contest)
    refused(hall, "ballot: of another session", other.cast(0, contest))
    refused(hall, "entry: of another session", other.entries[3], "/v1/entries")


def test_a_body_of_ten_megabytes(hall: Hall) -> None:
    refused(hall, "ballot: a body of 10 MB", b" " * 10_000_000)
    before = hall.service.sequencer.view
    answer = hall.client.post("/v1/ballots", content=(b" " * 50_000 for _ in range(200)))
    assert answer.status_code == 413
    says("ballot: a body of 10 MB without a length", answer.json()["detail"])
    assert hall.service.sequencer.view is before


@pytest.mark.parametrize("raw", [b"", b"hello", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_entry(hall: Hall, raw: bytes) -> None:
    for path in ("/v1/ballots", "/v1/entries"):
        problem = hall.refused(raw, path)
        assert problem["code"] in ("V2.A", "V2.B")
        assert problem["remedy"]


def test_a_field_too_many(hall: Hall) -> None:
    value = json.loads(hall.world.cast(1, hall.contest))
    value["body"]["ballot"]["kiosk"] = "1"
    refused(hall, "entry: a field too many", canonical(value))


def test_a_replayed_entry_is_told_its_place_and_enters_once(hall: Hall) -> None:
    before = hall.service.sequencer.view
    raw = hall.world.entries[3]
    assert hall.post(raw)["index"] == 3
    assert hall.service.sequencer.view is before
    again = hall.world.entry(ContestOpened(hall.contest.id), "contest.opened", *hall.world.officials)
    refused(hall, "entry: at the wrong moment", again, "/v1/entries")


def test_an_entry_over_another_log(hall: Hall) -> None:
    world = hall.world
    seen = (world.state.size + 5, bytes(32))
    raw = world.entry(ContestOpened(hall.contest.id), "contest.opened", *world.officials, seen=seen)
    refused(hall, "entry: reordered", raw, "/v1/entries")


def test_a_signature_of_somebody_else(hall: Hall) -> None:
    body = BallotCast(replace(hall.world.sealed(1, hall.contest), credential=bytes(32)))
    problem = hall.refused(hall.world.signed_ballot(body, "ballot.cast", 1, hall.contest), "/v1/ballots")
    assert problem["remedy"]


def test_addresses_and_tokens(hall: Hall) -> None:
    says("http: no such address", hall.client.get("/v1/nothing").json()["detail"])
    for header in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer " + "0" * 64}):
        answer = hall.client.get("/v1/attendance", headers=header)
        assert answer.status_code == 401
        says("http: no token of the desk", answer.json()["detail"])
