"""The log as everybody sees it."""

import sqlite3

import pytest

from api.store.sqlite import SqliteDatabase
from tests.api.hall import Hall
from tests.faults.faulty_connection import sqlite_error
from voting_core.log.checkpoint import (
    Checkpoint,
    cosign_checkpoint,
    parse_signed_checkpoint,
    verify_checkpoint,
    verify_cosignature,
)
from voting_core.log.merkle import leaf_hash, verify_consistency, verify_inclusion


def test_entries_come_as_lines_from_any_index(hall: Hall) -> None:
    assert hall.client.get("/v1/log/entries").content.splitlines() == hall.world.entries
    assert hall.client.get("/v1/log/entries?start=3&limit=2").content.splitlines() == hall.world.entries[3:5]
    assert hall.client.get(f"/v1/log/entries?start={hall.world.state.size}").content == b""
    for query in ("start=-1", "limit=0", "limit=1001", "start=x"):
        assert hall.client.get(f"/v1/log/entries?{query}").status_code == 422


@pytest.mark.parametrize("path", ["entries", "checkpoint"])
def test_a_database_that_is_away_is_told_by_the_status(hall: Hall, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """A station asks again then; it would take a 500, or an answer that ends in the middle, for something else."""

    def away(_: object) -> None:
        raise sqlite_error(sqlite3.SQLITE_CANTOPEN)

    with monkeypatch.context() as patch:
        patch.setattr(SqliteDatabase, "reading", away)
        answer = hall.client.get(f"/v1/log/{path}")
        assert (answer.status_code, answer.json()["code"]) == (503, "storage")
        assert "ask again" in answer.json()["detail"]
    assert hall.client.get(f"/v1/log/{path}").status_code == 200


def test_waiting_ballots_are_not_shown(hall: Hall) -> None:
    hall.cast(0)
    assert len(hall.client.get("/v1/log/entries").content.splitlines()) == hall.world.state.size


def test_the_latest_checkpoint_is_that_of_the_log(hall: Hall) -> None:
    note = hall.client.get("/v1/log/checkpoint").content
    signed = verify_checkpoint(note, hall.world.state.session_id, hall.world.log_key)
    assert (signed.checkpoint.size, signed.checkpoint.root) == (hall.world.state.size, hall.world.state.root)


def test_there_is_a_checkpoint_where_a_group_ends(hall: Hall) -> None:
    for card in range(8):
        hall.cast(card)
    hall.settle()
    size = hall.world.state.size
    assert hall.client.get(f"/v1/log/checkpoint/{size + 8}").status_code == 200
    assert hall.client.get(f"/v1/log/checkpoint/{size + 4}").status_code == 404


def test_proofs_verify(hall: Hall) -> None:
    size, root = hall.world.state.size, hall.world.state.root
    for index in (0, 5, size - 1):
        proof = hall.client.get(f"/v1/log/inclusion/{index}?size={size}").json()
        leaf = leaf_hash(hall.world.entries[index])
        assert proof["leaf"] == leaf.hex()
        verify_inclusion(leaf, index, size, [bytes.fromhex(item) for item in proof["hashes"]], root)
    proof = hall.client.get(f"/v1/log/consistency?from=4&to={size}").json()
    hashes = [bytes.fromhex(item) for item in proof["hashes"]]
    verify_consistency(4, hall.world.state.root_at(4), size, root, hashes)


@pytest.mark.parametrize(
    "query", ["inclusion/99?size=99", "inclusion/5?size=5", "consistency?from=9&to=5", "consistency?from=1&to=99"]
)
def test_proofs_of_what_is_not_there_are_missing(hall: Hall, query: str) -> None:
    assert hall.client.get(f"/v1/log/{query}").json()["code"] == "missing"


def cosignature(hall: Hall, trustee: int, size: int, **changes: bytes) -> bytes:
    root = changes.get("root", hall.world.state.root_at(size))
    key = hall.world.trustees[trustee].witness
    return cosign_checkpoint(Checkpoint(hall.world.state.session_id, size, root), key, trustee + 1, 1_780_000_000)


def test_a_cosignature_is_stored_and_shown_and_promises_name_it(hall: Hall) -> None:
    size = hall.world.state.size
    for trustee in (0, 1, 0):
        answer = hall.client.post(f"/v1/log/cosignatures?size={size}", content=cosignature(hall, trustee, size))
        assert answer.status_code == 200
    signed = parse_signed_checkpoint(hall.client.get(f"/v1/log/checkpoint/{size}").content)
    assert [item.index for item in signed.cosignatures] == [1, 2]
    for trustee in hall.world.trustees:
        verify_cosignature(signed, trustee.index, trustee.witness.public)
    promise = hall.post(hall.world.cast(0, hall.contest), "/v1/ballots")
    assert promise["checkpoint"] == {"size": size, "root": hall.world.state.root.hex()}


def test_a_wrong_cosignature_is_refused(hall: Hall) -> None:
    size = hall.world.state.size
    path = f"/v1/log/cosignatures?size={size}"
    assert hall.refused(cosignature(hall, 0, size, root=bytes(32)), path)["code"] == "V3.C"
    assert hall.refused(cosignature(hall, 0, size - 1), path)["code"] == "V3.C"
    assert hall.refused(b"nonsense\n", path)["code"] == "encoding"
    checkpoint = Checkpoint(hall.world.state.session_id, size, hall.world.state.root)
    stranger = cosign_checkpoint(checkpoint, hall.world.kiosk, 3, 1)
    assert hall.refused(stranger, path)["code"] == "state"
    assert hall.refused(cosignature(hall, 0, size), "/v1/log/cosignatures?size=999")["code"] == "missing"
