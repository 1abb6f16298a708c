"""The writer under every fault that a database can have: what is answered is what is stored."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.store.database import Connection, create_schema, open_connection
from api.store.failures import StorageError
from api.store.operations import PendingBallot, add_pending
from api.store.writer import Writer
from tests.faults.faulty_connection import Faults, sqlite_error
from voting_core.errors import FatalError, StateError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_schema(tmp_path / "session.sqlite3")
    return tmp_path / "session.sqlite3"


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def writer(path: Path, faults: Faults) -> Iterator[Writer]:
    made = Writer(lambda: faults.connect(path))
    yield made
    made.close()


def stored(path: Path) -> list[bytes]:
    connection = open_connection(path)
    rows = connection.execute("SELECT ballot_id FROM pending_ballots ORDER BY ballot_id").fetchall()
    connection.close()
    return [row[0] for row in rows]


def ballot(number: int) -> PendingBallot:
    return PendingBallot(bytes([number]) * 32, "committee", b"{}")


def test_a_result_comes_only_after_the_commit(writer: Writer, path: Path, faults: Faults) -> None:
    writer.submit(add_pending([ballot(1)])).result()
    assert faults.statements[-1] == "COMMIT"
    assert stored(path) == [bytes([1]) * 32]


def test_jobs_that_wait_together_share_a_commit(writer: Writer, path: Path, faults: Faults) -> None:
    gate = threading.Event()

    def slow(_: Connection) -> None:
        gate.wait(10)

    first = writer.submit(slow)
    later = [writer.submit(add_pending([ballot(number)])) for number in range(20)]
    gate.set()
    first.result()
    for future in later:
        future.result()
    assert faults.statements.count("COMMIT") <= 2
    assert len(stored(path)) == 20


def test_a_refused_job_takes_nobody_with_it(writer: Writer, path: Path) -> None:
    gate = threading.Event()

    def refused(connection: Connection) -> None:
        gate.wait(10)
        add_pending([ballot(9)])(connection)
        raise StateError("no")

    def broken(connection: Connection) -> None:
        add_pending([ballot(8)])(connection)
        raise TypeError("a bug")

    bad = writer.submit(refused)
    worse = writer.submit(broken)
    twice = writer.submit(add_pending([ballot(2), ballot(2)]))
    good = writer.submit(add_pending([ballot(1)]))
    gate.set()
    with pytest.raises(StateError):
        bad.result()
    with pytest.raises(TypeError):
        worse.result()
    with pytest.raises(sqlite3.IntegrityError):
        twice.result()
    good.result()
    assert stored(path) == [bytes([1]) * 32]


@pytest.mark.parametrize("statement", ["BEGIN", "SAVEPOINT", "INSERT", "RELEASE", "UPDATE commits", "COMMIT"])
def test_a_full_disk_stores_nothing_and_the_next_write_works(
    writer: Writer, path: Path, faults: Faults, statement: str
) -> None:
    faults.before[statement] = sqlite_error(sqlite3.SQLITE_FULL)
    with pytest.raises(StorageError) as caught:
        writer.submit(add_pending([ballot(1)])).result()
    assert caught.value.full
    assert "disk is full" in str(caught.value)
    assert stored(path) == []
    writer.submit(add_pending([ballot(1)])).result()
    assert stored(path) == [bytes([1]) * 32]


@pytest.mark.parametrize("statement", ["BEGIN", "INSERT", "UPDATE commits"])
def test_a_fault_before_the_commit_is_certainly_undone(
    writer: Writer, path: Path, faults: Faults, statement: str
) -> None:
    faults.before[statement] = sqlite_error(sqlite3.SQLITE_IOERR)
    with pytest.raises(StorageError) as caught:
        writer.submit(add_pending([ballot(1)])).result()
    assert not caught.value.full
    assert stored(path) == []
    assert writer.fatal is None


def test_a_commit_that_says_full_but_happened_is_not_called_undone(writer: Writer, path: Path, faults: Faults) -> None:
    faults.after["COMMIT"] = sqlite_error(sqlite3.SQLITE_FULL)
    with pytest.raises(FatalError):
        writer.submit(add_pending([ballot(1)])).result()
    assert stored(path) == [bytes([1]) * 32]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_unclear_commit_stops_the_writer_for_good(writer: Writer, path: Path, faults: Faults, moment: str) -> None:
    getattr(faults, moment)["COMMIT"] = sqlite_error(sqlite3.SQLITE_IOERR)
    with pytest.raises(FatalError, match="no longer knows"):
        writer.submit(add_pending([ballot(1)])).result()
    assert isinstance(writer.fatal, FatalError)
    with pytest.raises(FatalError):
        writer.submit(add_pending([ballot(2)])).result()
    assert bytes([2]) * 32 not in stored(path)


def test_a_really_full_database_is_refused_and_recovers(path: Path) -> None:
    """No fault injected: SQLite itself refuses to grow."""
    connections: list[sqlite3.Connection] = []

    def connect() -> sqlite3.Connection:
        connection = open_connection(path)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        connections.append(connection)
        return connection

    writer = Writer(connect)
    large = PendingBallot(bytes(32), "committee", bytes(200_000))
    with pytest.raises(StorageError) as caught:
        writer.submit(add_pending([large])).result()
    assert caught.value.full
    assert stored(path) == []
    connections[-1].execute("PRAGMA max_page_count = 1000000")
    writer.submit(add_pending([large])).result()
    assert stored(path) == [bytes(32)]
    writer.close()


def test_a_closed_writer_finishes_its_queue_and_takes_nothing_more(path: Path) -> None:
    writer = Writer(lambda: open_connection(path))
    futures = [writer.submit(add_pending([ballot(number)])) for number in range(5)]
    writer.close()
    for future in futures:
        future.result(0)
    with pytest.raises(StorageError, match="stopping"):
        writer.submit(add_pending([ballot(9)])).result()
    assert len(stored(path)) == 5


def test_who_goes_away_takes_nothing_back_and_stops_nobody(writer: Writer, path: Path) -> None:
    gate = threading.Event()
    blocked = writer.submit(lambda _: gate.wait(10))
    gone = writer.submit(add_pending([ballot(1)]))
    assert not gone.cancel()
    gate.set()
    blocked.result()
    writer.submit(add_pending([ballot(2)])).result(10)
    assert len(stored(path)) == 2
