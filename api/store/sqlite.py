"""The embedded database: one file in the data directory of the session.

* WAL with `synchronous=FULL`: what is committed survives loss of power.
* `secure_delete`: a ballot that moved from the waiting table into the log leaves no trace of the order in which
  ballots came.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url

from api.store.connection import Connection
from voting_core.errors import InputError

BUSY_MILLISECONDS: Final = 5_000

FIRST_SCHEMA: Final = 1
"""`user_version` of databases from before there were migrations."""

MIGRATED_SCHEMA: Final = 2
"""`user_version` of databases whose revision stands in `alembic_version`."""

_CERTAINLY_UNDONE: Final = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY}


class SqliteDialect:
    """How SQLite behaves."""

    begin = "BEGIN IMMEDIATE"
    settles_doubt = False  # What the operating system shows after an I/O error need not be what the disk keeps.
    errors: tuple[type[Exception], ...] = (sqlite3.Error, OSError)

    def concerns_all(self, error: Exception) -> bool:
        """Whether the database failed and not one statement."""
        return isinstance(error, sqlite3.OperationalError)

    def is_full(self, error: Exception) -> bool:
        """Whether the disk has no room."""
        return _primary_code(error) == sqlite3.SQLITE_FULL

    def is_undone(self, error: Exception) -> bool:
        """A COMMIT that found no room, or another writer, has done nothing."""
        return _primary_code(error) in _CERTAINLY_UNDONE

    def has_ended(self, _: Connection) -> bool:
        """Nobody but the writer ends a connection to a file."""
        return False

    def sweep(self, connection: Connection) -> None:
        """Move the write-ahead log into the file. While somebody reads, it waits for the next batch."""
        with contextlib.suppress(sqlite3.Error, OSError):
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        with contextlib.suppress(sqlite3.Error, OSError):
            connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")


class SqliteDatabase(SqliteDialect):
    """The file at `path`. The lock on its directory keeps a second server away."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = str(path)

    def check(self) -> None:
        """See that the file is new, or of this program.

        Raises:
            InputError: it is another database, or none.
        """
        try:
            with contextlib.closing(sqlite3.connect(self._path)) as connection:
                version = connection.execute("PRAGMA user_version").fetchone()[0]
                tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        except sqlite3.OperationalError as error:
            raise InputError(
                self.name,
                "the database cannot be opened or written",
                "Free space on the disk and check who may write there",
            ) from error
        except sqlite3.DatabaseError as error:
            raise InputError(
                self.name, f"this is not a database of a session ({error})", "Restore it from a backup"
            ) from error
        if tables and version not in (FIRST_SCHEMA, MIGRATED_SCHEMA):
            raise InputError(
                self.name,
                f"this database has version {version}, not {FIRST_SCHEMA} or {MIGRATED_SCHEMA}",
                "Use the server that made it",
            )

    def connect(self) -> sqlite3.Connection:
        """A connection with the settings of this module."""
        connection = sqlite3.connect(
            self._path, isolation_level=None, check_same_thread=False, timeout=BUSY_MILLISECONDS / 1000
        )
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_MILLISECONDS}",
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection of its own for each reader; opening one costs less than a tenth of a millisecond."""
        with contextlib.closing(self.connect()) as connection:
            connection.execute("PRAGMA query_only = ON")
            yield connection

    def engine(self) -> Engine:
        """An engine whose transactions hold for changes of tables as well, which the driver by itself does not do."""
        engine = create_engine(make_url("sqlite://").set(database=str(self._path)))

        @event.listens_for(engine, "connect")
        def _no_implicit_transactions(connection: Any, _: Any) -> None:
            connection.isolation_level = None

        @event.listens_for(engine, "begin")
        def _begin(connection: Any) -> None:
            connection.exec_driver_sql(self.begin)

        return engine

    def close(self) -> None:
        """Nothing is kept open."""


def _primary_code(error: Exception) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
