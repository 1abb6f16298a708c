"""PostgreSQL as the database of a session (extra `postgres`).

* The writer's connection holds an advisory lock; a second server is refused, and a writer that lost its connection
  writes again only once the new one holds the lock.
* A server whose set-up loses commits, or keeps when which ballot came, is refused (:mod:`api.store.postgres_setup`).
* An error at COMMIT is believed only when the server itself said that it rolled back; otherwise the next connection
  that holds the lock tells, by the counter of commits.
"""

import contextlib
import queue
import re
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

import psycopg
from psycopg import errors, sql
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool

from api.store.connection import Connection, Cursor
from api.store.postgres_setup import refuse_unsafe_setup
from voting_core.errors import InputError

CONNECT_SECONDS: Final = 10
LOCK_SECONDS: Final = 5.0
"""How long a new connection waits for the lock of one that broke: the server notices within moments."""

LOCK_PAUSE: Final = 0.01
"""Seconds between two tries."""

READERS: Final = 8
"""Connections that are kept for readers; more are opened when needed."""

SWEEPS: Final = 10
"""How often the pages of waiting ballots are swept, until none is left: readers look for a millisecond at a time."""

_LEFT: Final = "SELECT pg_relation_size('pending_ballots') > 0 AND NOT EXISTS (SELECT FROM pending_ballots)"
"""Whether pages are left although no ballot waits."""

_LOCK_CLASS: Final = 0x504C454E
"""First half of the key of the advisory lock ("PLEN"); the second half is the schema."""

_UNDONE_CLASSES: Final = ("23", "40", "53")
"""SQLSTATE classes with which a server says that it rolled a COMMIT back: constraints, conflicts, resources."""

_UNKNOWN: Final = "40003"
"""statement_completion_unknown is what it says."""

_MARK: Final = re.compile(r"'[^']*'|\?|%")


class PostgresConnection:
    """A connection of the driver, spoken to as the store speaks to SQLite."""

    def __init__(self, real: "psycopg.Connection[Any]") -> None:
        self.real = real

    def execute(self, statement: str, parameters: Sequence[Any] = (), /) -> Cursor:
        """Run one statement. A COMMIT that the server turned into a rollback is an error, not a success."""
        cursor = self.real.execute(_translated(statement), tuple(parameters))
        if statement == "COMMIT" and cursor.statusmessage != "COMMIT":
            raise errors.TransactionRollback("the server rolled the transaction back")
        return cursor

    def close(self) -> None:
        """Close the connection."""
        self.real.close()


class PostgresDialect:
    """How PostgreSQL behaves."""

    begin = "BEGIN"
    # The old connection held the lock until its transaction had ended, and a server that was started again has
    # replayed what it had committed.
    settles_doubt = True
    errors: tuple[type[Exception], ...] = (psycopg.Error, OSError)

    def concerns_all(self, error: Exception) -> bool:
        """Whether the database failed and not one statement."""
        return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError | psycopg.InternalError)

    def is_full(self, error: Exception) -> bool:
        """Whether the disk has no room."""
        return isinstance(error, errors.DiskFull)

    def is_undone(self, error: Exception) -> bool:
        """Only when the server answered, with an error after which nothing is stored."""
        state = getattr(error, "sqlstate", None) or ""
        return state.startswith(_UNDONE_CLASSES) and state != _UNKNOWN

    def has_ended(self, connection: Connection) -> bool:
        """Whether the server has ended it: it was started again, or an administrator did so."""
        return isinstance(connection, PostgresConnection) and connection.real.closed

    def sweep(self, connection: Connection) -> None:
        """Leave no order on the disk.

        The pages of waiting ballots are given back: the rows that left would still lie in them in the order they came.
        Somebody who reads at that moment keeps them there, so it is tried again.
        The lines of the desk are written again by number: a line that is changed is written anew, behind the others.
        All of them are changed first, in one transaction, because each carries the number of its last one.
        """
        for _ in range(SWEEPS):
            try:
                connection.execute("VACUUM pending_ballots")
                left = connection.execute(_LEFT).fetchone()
            except (psycopg.Error, OSError):
                break
            if left is None or not left[0]:
                break
        for statement in (
            "UPDATE checkins SET present = present",
            "CLUSTER checkins USING checkins_pkey",
        ):
            with contextlib.suppress(psycopg.Error, OSError):
                connection.execute(statement)


class PostgresDatabase(PostgresDialect):
    """The database that a connection URL names; one session for each database, or for each schema of one.

    Raises:
        InputError: the URL is none, or carries a password.
    """

    def __init__(self, url: str) -> None:
        try:
            parts = psycopg.conninfo.conninfo_to_dict(url)
        except psycopg.ProgrammingError:
            raise InputError(
                "database", "this is not a connection URL of PostgreSQL", "Write postgresql://user@host/name"
            ) from None
        if parts.get("password"):
            raise InputError(
                "database",
                "the connection URL carries a password, which process lists and logs would show",
                "Put it into ~/.pgpass (mode 0600) of the server's account and leave it out here",
            )
        self._url = url
        self.name = f"postgresql {parts.get('host', 'local')}/{parts.get('dbname', '')}"
        self._idle: queue.LifoQueue[psycopg.Connection[Any]] = queue.LifoQueue(READERS)

    def check(self) -> None:
        """See that the server answers and that its set-up suits a secret vote.

        Raises:
            InputError: it does not, with the remedy.
        """
        try:
            with contextlib.closing(self._open()) as connection:
                refuse_unsafe_setup(self.name, connection)
        except psycopg.Error as error:
            raise InputError(
                self.name,
                f"the database server does not answer ({_one_line(error)})",
                "Start it, and check the setting database",
            ) from error

    def connect(self) -> PostgresConnection:
        """A connection that holds the lock of this session.

        Raises:
            InputError: another server holds it.
        """
        real = self._open()
        try:
            real.execute("SET synchronous_commit = on")
            deadline = time.monotonic() + LOCK_SECONDS
            while not self._locked(real):
                if time.monotonic() > deadline:
                    raise InputError(
                        self.name,
                        "another server is already running on this database",
                        "Stop it first, or give another database",
                    )
                time.sleep(LOCK_PAUSE)
        except BaseException:
            real.close()
            raise
        return PostgresConnection(real)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A kept connection, tried before it is given: the server may have been started again meanwhile."""
        connection = self._reader()
        try:
            yield PostgresConnection(connection)
        except BaseException:
            connection.close()
            raise
        try:
            self._idle.put_nowait(connection)
        except queue.Full:
            connection.close()

    def engine(self) -> Engine:
        """An engine over connections of this module, so that one place knows how to connect."""
        return create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(self._url), poolclass=NullPool)

    def close(self) -> None:
        """Close the kept connections."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()

    def _open(self) -> "psycopg.Connection[Any]":
        return psycopg.connect(self._url, autocommit=True, connect_timeout=CONNECT_SECONDS)

    def _reader(self) -> "psycopg.Connection[Any]":
        with contextlib.suppress(queue.Empty):
            while True:
                kept = self._idle.get_nowait()
                try:
                    kept.execute("SELECT 1")
                except psycopg.Error:
                    kept.close()
                else:
                    return kept
        fresh = self._open()
        fresh.execute("SET default_transaction_read_only = on")
        return fresh

    def _locked(self, real: "psycopg.Connection[Any]") -> bool:
        row = real.execute("SELECT pg_try_advisory_lock(%s, hashtext(current_schema()))", (_LOCK_CLASS,)).fetchone()
        return bool(row and row[0])


@lru_cache(maxsize=512)
def _translated(statement: str) -> "sql.SQL":
    """The statement with the driver's marks in place of `?`; text in quotes keeps its question marks."""

    def mark(found: re.Match[str]) -> str:
        text = found[0]
        return "%s" if text == "?" else text.replace("%", "%%")

    return sql.SQL(_MARK.sub(mark, statement))


def _one_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
