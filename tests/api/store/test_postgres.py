"""PostgreSQL itself: the lock, what its errors mean, and a server that goes away."""

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors

from api.services.desk import note
from api.store import postgres
from api.store.connection import Cursor
from api.store.database import create_schema
from api.store.desk_operations import Person, replace_roll
from api.store.desk_status import Act
from api.store.failures import StorageError
from api.store.operations import PendingBallot, add_pending
from api.store.postgres import PostgresConnection, PostgresDatabase, PostgresDialect
from api.store.reader import Reader
from api.store.writer import Writer
from tests.api.hall import running_hall
from tests.support.patience import patiently
from tests.support.postgres import Cluster
from voting_core.errors import InputError

pytestmark = pytest.mark.usefixtures("tables_of_the_revisions")


@pytest.fixture
def url(postgres_url: Callable[[str], str]) -> str:
    return postgres_url("")


def ballot(number: int) -> PendingBallot:
    return PendingBallot(bytes([number]) * 32, "committee", b"{}")


def test_two_servers_do_not_share_a_database(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their directories differ, so that only the lock in the database keeps the second away."""
    with running_hall(tmp_path / "one", database_url=url) as hall:
        hall.vote()
        monkeypatch.setattr(postgres, "LOCK_SECONDS", 0.0)
        with (
            pytest.raises(InputError, match="another server is already running on this database"),
            running_hall(tmp_path / "two", database_url=url),
        ):
            pass
        monkeypatch.undo()
        hall.cast(0)
    with running_hall(tmp_path / "one", world=hall.world, database_url=url):
        pass


def test_sessions_in_two_schemas_do_not_disturb_each_other(postgres_url: Callable[[str], str]) -> None:
    connections = [PostgresDatabase(postgres_url(name)).connect() for name in "ab"]
    for connection in connections:
        connection.close()


@pytest.mark.parametrize(
    ("error", "all_", "full", "undone"),
    [
        (errors.DiskFull("x"), True, True, True),
        (errors.SerializationFailure("x"), True, False, True),
        (errors.StatementCompletionUnknown("x"), True, False, False),
        (errors.AdminShutdown("x"), True, False, False),
        (psycopg.OperationalError("the connection is lost"), True, False, False),
        (psycopg.InterfaceError("closed"), True, False, False),
        (errors.UniqueViolation("x"), False, False, True),
        (TypeError("x"), False, False, False),
    ],
)
def test_what_errors_mean(error: Exception, all_: bool, full: bool, undone: bool) -> None:
    dialect = PostgresDialect()
    assert (dialect.concerns_all(error), dialect.is_full(error), dialect.is_undone(error)) == (all_, full, undone)


def test_a_commit_that_the_server_turned_into_a_rollback_is_an_error(url: str) -> None:
    """PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error; taking that for success loses
    ballots."""
    connection = PostgresDatabase(url).connect()
    connection.execute("BEGIN")
    with pytest.raises(errors.UndefinedTable):
        connection.execute("SELECT * FROM nothing")
    with pytest.raises(errors.TransactionRollback):
        connection.execute("COMMIT")
    connection.close()


def test_a_writer_goes_on_after_its_connection_was_ended(url: str, postgres_cluster: Cluster) -> None:
    database = PostgresDatabase(url)
    create_schema(database)
    writer, reader = Writer(database.connect, database), Reader(database)
    writer.submit(add_pending([ballot(1)])).result()
    reader.check()
    with postgres_cluster.connection() as administrator:
        administrator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = 'plenum'"
        )
    # Nobody need know: it ended while nothing was written.
    writer.submit(add_pending([ballot(2)])).result()
    assert len(reader.pending()) == 2
    writer.close()
    database.close()


def test_a_writer_waits_for_the_lock_of_its_connection_that_broke(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may be a while before the database notices; until then nothing is written, and nothing is lost by asking."""
    monkeypatch.setattr(postgres, "LOCK_SECONDS", 0.0)
    database = PostgresDatabase(url)
    create_schema(database)
    opened: list[PostgresConnection] = []

    def connect() -> PostgresConnection:
        opened.append(database.connect())
        return opened[-1]

    writer = Writer(connect, database)
    writer.submit(lambda _: None).result()
    opened[0].real.close()
    holder = PostgresDatabase(url)
    with contextlib.closing(_until_locked(holder)):
        for _ in range(2):
            with pytest.raises(StorageError):
                writer.submit(add_pending([ballot(1)])).result()
    while True:
        try:
            writer.submit(add_pending([ballot(1)])).result()
        except StorageError:
            continue
        break
    assert writer.fatal is None
    writer.close()
    database.close()


def _until_locked(database: PostgresDatabase) -> PostgresConnection:
    for _ in patiently(0.01):
        with contextlib.suppress(InputError):
            return database.connect()
    raise AssertionError("the lock is never free")


def test_waiting_ballots_that_left_are_not_in_the_table_s_file(url: str, postgres_cluster: Cluster) -> None:
    """Their rows would lie there in the order in which they came."""
    database = PostgresDatabase(url)
    create_schema(database)
    writer = Writer(database.connect, database)
    writer.submit(add_pending([ballot(number) for number in range(9)])).result()
    writer.submit(lambda connection: connection.execute("DELETE FROM pending_ballots"), tidy=True).result()
    writer.submit(lambda _: None).result()
    with database.reading() as connection:
        assert connection.execute("SELECT pg_relation_size('pending_ballots')").fetchone() == (0,)
    writer.close()
    database.close()


def test_pages_that_somebody_reads_are_swept_again(url: str) -> None:
    """A snapshot from before the rows left keeps them; here it ends after the first sweep."""
    database = PostgresDatabase(url)
    create_schema(database)
    reading = database._open()
    sweeps = 0

    class Sweeping(PostgresConnection):
        def execute(self, statement: str, parameters: Sequence[Any] = (), /) -> Cursor:
            nonlocal sweeps
            done = super().execute(statement, parameters)
            if statement.startswith("VACUUM"):
                sweeps += 1
                reading.rollback()
            return done

    writer = Writer(lambda: Sweeping(database.connect().real), database)
    writer.submit(add_pending([ballot(number) for number in range(9)])).result()
    reading.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
    reading.execute("SELECT count(*) FROM commits")
    writer.submit(lambda connection: connection.execute("DELETE FROM pending_ballots"), tidy=True).result()
    writer.submit(lambda _: None).result()
    with database.reading() as connection:
        assert connection.execute("SELECT pg_relation_size('pending_ballots')").fetchone() == (0,)
    assert sweeps == 2
    reading.close()
    writer.close()
    database.close()


def test_lines_of_the_desk_carry_no_number_of_their_last_change(url: str) -> None:
    """PostgreSQL keeps with every row the transaction that wrote it, and the place where it was written."""
    database = PostgresDatabase(url)
    create_schema(database)
    writer = Writer(database.connect, database)
    people = [Person(str(n), "某", "", should_attend=True, on_leave=False) for n in range(5)]
    writer.submit(replace_roll(people), tidy=True).result()
    for number in "31420":
        note(writer, number, Act.ARRIVE).result()
    writer.submit(lambda _: None).result()
    with database.reading() as connection:
        rows = connection.execute("SELECT delegate, xmin::text FROM checkins ORDER BY ctid").fetchall()
    assert [row[0] for row in rows] == ["0", "1", "2", "3", "4"]
    assert len({row[1] for row in rows}) == 1
    writer.close()
    database.close()


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql://u:secret-word@h/d", "carries a password"),
        ("postgresql://u@h/d?unknown_thing=1", "not a connection URL"),
    ],
)
def test_a_url_is_checked_and_its_password_not_repeated(url: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        PostgresDatabase(url)
    assert "secret-word" not in str(caught.value)


def test_a_server_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    database = PostgresDatabase(f"postgresql://u@/d?host={str(tmp_path).replace('/', '%2F')}")
    with pytest.raises(InputError, match="does not answer") as caught:
        database.check()
    assert "\n" not in str(caught.value)
