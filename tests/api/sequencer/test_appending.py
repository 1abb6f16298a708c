"""Durable, then visible: whatever fails, the view is the one before."""

import sqlite3
import time
from collections import Counter
from types import ModuleType

import pytest
from immutables import Map

from api.sequencer import appending
from api.sequencer.appending import without
from tally.replay import ahead, ballots
from tests.api.hall import Hall
from tests.faults.faulty_connection import sqlite_error

pytestmark = pytest.mark.usefixtures("both_databases")


def test_waiting_ballots_leave_by_id() -> None:
    assert without(Map({b"a": 1, b"b": 2}), [b"a"]) == Map({b"b": 2})  # type: ignore[arg-type]


def test_a_ballot_is_refused_when_the_disk_is_full_and_accepted_later(hall: Hall) -> None:
    raw = hall.world.cast(0, hall.contest)
    hall.faults.before["INSERT INTO pending_ballots"] = sqlite_error(sqlite3.SQLITE_FULL)
    problem = hall.refused(raw, "/v1/ballots")
    assert (problem["status"], problem["code"]) == (507, "storage")
    assert "Free space" in problem["detail"]
    assert hall.service.reader.pending() == ()
    hall.post(raw, "/v1/ballots")


def test_ballots_wait_on_when_their_batch_cannot_be_written(hall: Hall) -> None:
    size = hall.world.state.size
    hall.faults.before["INSERT INTO entries"] = sqlite_error(sqlite3.SQLITE_FULL)
    for card in range(8):
        hall.cast(card)
    while hall.faults.before:
        time.sleep(0.01)
    assert len(hall.service.reader.pending()) == 8
    hall.cast(8)
    hall.settle()
    assert hall.service.sequencer.view.log.size == size + 9
    assert hall.service.reader.pending() == ()


def test_a_batch_enters_without_judging_those_that_wait_on_once_more(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = hall.world.state.size

    def again(*_: object) -> None:
        raise AssertionError("a waiting ballot was judged again")

    with monkeypatch.context() as patched:
        patched.setattr("api.sequencer.view.prepare", again)
        for card in range(8):
            hall.cast(card)
        hall.settle()
    view = hall.service.sequencer.view
    assert view.log.size == size + 8
    assert view.intake.contest(hall.contest.id).cast == view.log.contest(hall.contest.id).cast == 8
    assert hall.service.sequencer.view.pending == Map()
    # What is accepted afterwards is judged by all of them, and so is what follows another entry.
    assert hall.refused(hall.world.cast(3, hall.contest), "/v1/ballots")["code"] == "V8.B"
    hall.cast(8)
    hall.post(hall.world.void(9, hall.contest, "returned"))
    intake = hall.service.sequencer.view.intake
    assert intake.contest(hall.contest.id).cast == 9
    assert hall.refused(hall.world.cast(9, hall.contest), "/v1/ballots")["code"] == "V8.A"


def test_a_batch_enters_without_a_second_look_at_signatures_and_points(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: Counter[str] = Counter()

    def counted(module: ModuleType, name: str) -> None:
        real = getattr(module, name)

        def count(*given: object) -> object:
            calls[name] += 1
            return real(*given)

        monkeypatch.setattr(module, name, count)

    counted(ahead, "verify_signature")
    counted(ahead, "open_ballot")
    counted(ahead, "decode_entry")
    counted(ballots, "open_ballot")
    for card in range(8):
        hall.cast(card)
    hall.settle()
    assert hall.service.sequencer.view.pending == Map()
    assert calls == {"verify_signature": 16, "open_ballot": 8, "decode_entry": 8}


def test_what_there_is_no_room_for_is_looked_at_again(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else changes: the batch is the same."""
    raws = [hall.world.cast(card, hall.contest) for card in range(8)]
    monkeypatch.setattr(appending, "KEPT_BYTES", 3 * max(map(len, raws)))
    for raw in raws[:7]:
        hall.post(raw, "/v1/ballots")
    assert sum(row.ahead is not None for row in hall.service.sequencer.view.pending.values()) == 3
    hall.post(raws[7], "/v1/ballots")
    hall.settle()
    assert hall.service.sequencer.view.log.contest(hall.contest.id).cast == 8


@pytest.mark.parametrize("statement", ["INSERT INTO entries", "INSERT INTO checkpoints", "COMMIT"])
def test_an_entry_is_refused_when_the_disk_is_full(hall: Hall, statement: str) -> None:
    raw = hall.world.void(1, hall.contest, "returned")
    hall.faults.before[statement] = sqlite_error(sqlite3.SQLITE_FULL)
    assert hall.refused(raw)["status"] == 507
    hall.post(raw)


@pytest.mark.parametrize("both_databases", ["sqlite"], indirect=True)  # PostgreSQL tells what became of it.
def test_nothing_is_taken_after_an_unclear_commit(hall: Hall) -> None:
    hall.faults.after["COMMIT"] = sqlite_error(sqlite3.SQLITE_IOERR)
    assert hall.refused(hall.world.cast(0, hall.contest), "/v1/ballots")["code"] == "fatal"
    assert hall.refused(hall.world.cast(1, hall.contest), "/v1/ballots")["code"] == "fatal"
    assert hall.refused(hall.world.void(2, hall.contest, "returned"))["code"] == "fatal"
    assert hall.client.get("/v1/status").status_code == 200
