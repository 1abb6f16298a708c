"""The writer under every fault that a database can have: what is answered is what is stored."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from api.store import writer as store_writer
from api.store.connection import Connection, Database
from api.store.database import as_database, create_schema, open_connection
from api.store.failures import StorageError
from api.store.operations import PendingBallot, add_pending
from api.store.reader import Reader
from api.store.writer import Writer
from tests.faults.faulty_connection import Faults, sqlite_error
from tests.support.patience import PATIENCE
from voting_core.errors import FatalError, StateError


@pytest.fixture
def faults() -> Faults:
    return Faults()


@pytest.fixture
def writer(database: Database, faults: Faults) -> Iterator[Writer]:
    made = Writer(lambda: faults.connect(database), database)
    yield made
    made.close()


def stored(database: Database) -> list[bytes]:
    return [row.ballot_id for row in Reader(database).pending()]


def ballot(number: int) -> PendingBallot:
    return PendingBallot(bytes([number]) * 32, "committee", b"{}")


def test_a_result_comes_only_after_the_commit(writer: Writer, database: Database, faults: Faults) -> None:
    writer.submit(add_pending([ballot(1)])).result()
    assert faults.statements[-1] == "COMMIT"
    assert stored(database) == [bytes([1]) * 32]


def test_jobs_that_wait_together_share_a_commit(writer: Writer, database: Database, faults: Faults) -> None:
    gate = threading.Event()

    def slow(_: Connection) -> None:
        gate.wait(PATIENCE)

    first = writer.submit(slow)
    later = [writer.submit(add_pending([ballot(number)])) for number in range(20)]
    gate.set()
    first.result()
    for future in later:
        future.result()
    assert faults.statements.count("COMMIT") <= 2
    assert len(stored(database)) == 20


def test_a_refused_job_takes_nobody_with_it(writer: Writer, database: Database) -> None:
    gate = threading.Event()

    def refused(connection: Connection) -> None:
        gate.wait(PATIENCE)
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
    with pytest.raises(database.errors, match=r"(?i)unique"):
        twice.result()
    good.result()
    assert stored(database) == [bytes([1]) * 32]


@pytest.mark.parametrize("statement", ["BEGIN", "SAVEPOINT", "INSERT", "RELEASE", "UPDATE commits", "COMMIT"])
def test_a_full_disk_stores_nothing_and_the_next_write_works(
    writer: Writer, database: Database, faults: Faults, statement: str
) -> None:
    faults.before[statement] = sqlite_error(sqlite3.SQLITE_FULL)
    with pytest.raises(StorageError) as caught:
        writer.submit(add_pending([ballot(1)])).result()
    assert caught.value.full
    assert "disk is full" in str(caught.value)
    assert stored(database) == []
    writer.submit(add_pending([ballot(1)])).result()
    assert stored(database) == [bytes([1]) * 32]


@pytest.mark.parametrize("statement", ["BEGIN", "INSERT", "UPDATE commits"])
def test_a_fault_before_the_commit_is_certainly_undone(
    writer: Writer, database: Database, faults: Faults, statement: str
) -> None:
    faults.before[statement] = sqlite_error(sqlite3.SQLITE_IOERR)
    with pytest.raises(StorageError) as caught:
        writer.submit(add_pending([ballot(1)])).result()
    assert not caught.value.full
    assert stored(database) == []
    assert writer.fatal is None


def test_a_commit_that_says_full_but_happened_is_not_called_undone(
    writer: Writer, database: Database, faults: Faults
) -> None:
    faults.after["COMMIT"] = sqlite_error(sqlite3.SQLITE_FULL)
    error = writer.submit(add_pending([ballot(1)])).exception()
    assert isinstance(error, type(None) if database.settles_doubt else FatalError)
    assert stored(database) == [bytes([1]) * 32]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("both_databases", ["sqlite"], indirect=True)
def test_an_unclear_commit_stops_the_writer_for_good(
    writer: Writer, database: Database, faults: Faults, moment: str
) -> None:
    getattr(faults, moment)["COMMIT"] = sqlite_error(sqlite3.SQLITE_IOERR)
    with pytest.raises(FatalError, match="no longer knows"):
        writer.submit(add_pending([ballot(1)])).result()
    assert isinstance(writer.fatal, FatalError)
    with pytest.raises(FatalError):
        writer.submit(add_pending([ballot(2)])).result()
    assert bytes([2]) * 32 not in stored(database)


@pytest.mark.parametrize("both_databases", ["postgresql"], indirect=True)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_where_a_new_connection_tells_what_became_of_a_commit_it_is_asked(
    writer: Writer, database: Database, faults: Faults, moment: str
) -> None:
    writer.submit(lambda _: None).result()
    getattr(faults, moment)["COMMIT"] = sqlite_error(sqlite3.SQLITE_IOERR)
    promise = writer.submit(add_pending([ballot(1)]))
    if moment == "before":
        with pytest.raises(StorageError):
            promise.result()
    else:
        promise.result()
    assert stored(database) == ([] if moment == "before" else [bytes([1]) * 32])
    writer.submit(add_pending([ballot(2)])).result()
    assert bytes([2]) * 32 in stored(database)


@pytest.mark.parametrize("both_databases", ["postgresql"], indirect=True)
def test_the_commit_of_another_is_not_taken_for_its_own(database: Database, faults: Faults) -> None:
    """A command that writes to the database while the server waits for it: nothing of the server's group is stored."""
    others = False

    def connect() -> Connection:
        connection = faults.connect(database)
        if others:
            connection.execute("UPDATE commits SET number = number + 1 WHERE id = 1")
        return connection

    writer = Writer(connect, database)
    writer.submit(lambda _: None).result()
    others = True
    faults.before["COMMIT"] = sqlite_error(sqlite3.SQLITE_IOERR)
    with pytest.raises(FatalError, match="no longer knows"):
        writer.submit(add_pending([ballot(1)])).result()
    assert stored(database) == []
    writer.close()


@pytest.mark.parametrize("both_databases", ["postgresql"], indirect=True)
def test_what_was_committed_in_doubt_is_swept_too(
    writer: Writer, database: Database, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[Connection] = []
    monkeypatch.setattr(database, "sweep", swept.append)
    faults.after["COMMIT"] = sqlite_error(sqlite3.SQLITE_IOERR)
    writer.submit(add_pending([ballot(1)]), tidy=True).result()
    assert len(swept) == 1


@pytest.mark.parametrize("back_after", [1, 3, None])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_database_that_is_away_during_a_commit_is_waited_for(
    database: Database, faults: Faults, monkeypatch: pytest.MonkeyPatch, moment: str, back_after: int | None
) -> None:
    """It is gone for some tries, or for longer than anybody waits: then nothing more is taken."""
    monkeypatch.setattr(store_writer, "DOUBT_PAUSE", 0.0)
    monkeypatch.setattr(store_writer, "DOUBT_SECONDS", PATIENCE if back_after else 0.0)
    tries = 0

    def connect() -> Connection:
        nonlocal tries
        tries += 1
        if tries > 1 and (back_after is None or tries <= back_after):
            raise OSError("no route to the database")
        return faults.connect(database)

    writer = Writer(connect, database)
    getattr(faults, moment)["COMMIT"] = sqlite_error(sqlite3.SQLITE_IOERR)
    promise = writer.submit(add_pending([ballot(1)]))
    error = promise.exception(PATIENCE)
    if back_after is None or not database.settles_doubt:
        assert isinstance(error, FatalError)
        assert writer.fatal is error
    else:
        assert isinstance(error, StorageError if moment == "before" else type(None))
        writer.submit(add_pending([ballot(2)])).result()
    writer.close()


def test_a_database_that_is_away_is_asked_again_by_every_write(database: Database, faults: Faults) -> None:
    """Nothing was in doubt, so nobody has to start the server again."""
    away = False

    def connect() -> Connection:
        if away:
            raise OSError("no route to the database")
        return faults.connect(database)

    writer = Writer(connect, database)
    writer.submit(add_pending([ballot(1)])).result()
    away = True
    faults.before["BEGIN"] = sqlite_error(sqlite3.SQLITE_IOERR)
    for _ in range(3):
        with pytest.raises(StorageError):
            writer.submit(add_pending([ballot(2)])).result()
    assert writer.fatal is None
    away = False
    writer.submit(add_pending([ballot(2)])).result()
    assert len(stored(database)) == 2
    writer.close()


def test_a_really_full_database_is_refused_and_recovers(tmp_path: Path) -> None:
    """No fault injected: SQLite itself refuses to grow."""
    path = tmp_path / "session.sqlite3"
    create_schema(path)
    room = 2

    def connect() -> sqlite3.Connection:
        connection = open_connection(path)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + room}")
        return connection

    writer = Writer(connect)
    large = PendingBallot(bytes(32), "committee", bytes(200_000))
    with pytest.raises(StorageError) as caught:
        writer.submit(add_pending([large])).result()
    assert caught.value.full
    assert stored(as_database(path)) == []
    room = 1_000_000
    writer.submit(add_pending([large])).result()
    assert stored(as_database(path)) == [bytes(32)]
    writer.close()


def test_a_closed_writer_finishes_its_queue_and_takes_nothing_more(database: Database) -> None:
    writer = Writer(database.connect, database)
    futures = [writer.submit(add_pending([ballot(number)])) for number in range(5)]
    writer.close()
    for future in futures:
        future.result(0)
    with pytest.raises(StorageError, match="stopping"):
        writer.submit(add_pending([ballot(9)])).result()
    assert len(stored(database)) == 5


def test_nothing_is_put_behind_the_end_of_the_queue(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks while the writer closes gets an answer: done, or the error that says why not."""
    writer = Writer(database.connect, database)
    closer = threading.Thread(target=writer.close)
    put = writer._queue.put

    def slow(item: object) -> None:
        """A job that comes late to the queue, when somebody has begun to close in between."""
        if item is not None:
            closer.start()
            closer.join(0.2)
        put(item)  # type: ignore[arg-type]

    monkeypatch.setattr(writer, "_queue", SimpleNamespace(put=slow, get=writer._queue.get, empty=writer._queue.empty))
    future = writer.submit(add_pending([ballot(1)]))
    closer.join(PATIENCE)
    future.result(0)
    assert stored(database) == [ballot(1).ballot_id]


def test_who_goes_away_takes_nothing_back_and_stops_nobody(writer: Writer, database: Database) -> None:
    gate = threading.Event()
    blocked = writer.submit(lambda _: gate.wait(PATIENCE))
    gone = writer.submit(add_pending([ballot(1)]))
    assert not gone.cancel()
    gate.set()
    blocked.result()
    writer.submit(add_pending([ballot(2)])).result(PATIENCE)
    assert len(stored(database)) == 2


def test_a_writer_that_finds_the_writes_of_another_stops(writer: Writer, database: Database) -> None:
    """What it has in memory is no longer what is stored; going on would fork the log."""
    writer.submit(add_pending([ballot(1)])).result()
    engine = database.engine()
    with engine.begin() as other:
        other.execute(text("UPDATE commits SET number = number + 1 WHERE id = 1"))
    engine.dispose()
    with pytest.raises(FatalError, match="another program wrote to this server's database"):
        writer.submit(add_pending([ballot(2)])).result()
    assert stored(database) == [bytes([1]) * 32]
