"""Opening the database of a session.

* WAL with `synchronous=FULL`: what is committed survives loss of power.
* `secure_delete`: a ballot that moved from the waiting table into the log leaves no trace of the order in which
  ballots came.
* Triggers refuse to change or remove an entry of the log.
"""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, create_engine

from api.tables import accounts, desk, log, pending, proposals, stations
from voting_core.errors import InputError

SCHEMA_VERSION = 1
BUSY_MILLISECONDS = 5_000

_TABLES = (accounts, desk, log, pending, proposals, stations)

_APPEND_ONLY = """
CREATE TRIGGER IF NOT EXISTS entries_are_never_changed BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER IF NOT EXISTS entries_are_never_removed BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
"""


class Connection(Protocol):
    """The part of `sqlite3.Connection` that the store uses; tests put connections here that fail at a chosen moment."""

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> sqlite3.Cursor:
        """Run one statement."""

    def close(self) -> None:
        """Close the connection."""


Connect = Callable[[], Connection]


def create_schema(path: Path) -> None:
    """Create the tables and triggers when the file is new.

    Raises:
        InputError: the database was made by another version, or is no database.
    """
    engine = create_engine(make_url("sqlite://").set(database=str(path)))
    try:
        # The version is looked at before anything is created: a foreign database is left as it is.
        with sqlite3.connect(path) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        connection.close()
        if version != SCHEMA_VERSION and tables:
            raise InputError(
                str(path), f"this database has version {version}, not {SCHEMA_VERSION}", "Use the server that made it"
            )
        SQLModel.metadata.create_all(engine, tables=_our_tables())
        with sqlite3.connect(path) as connection:
            connection.executescript(_APPEND_ONLY)
            connection.execute("INSERT OR IGNORE INTO commits (id, number) VALUES (1, 0)")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.close()
    except (sqlite3.OperationalError, DBAPIError) as error:
        raise InputError(
            str(path),
            "the database cannot be opened or written",
            "Free space on the disk and check who may write there",
        ) from error
    except sqlite3.DatabaseError as error:
        raise InputError(
            str(path), f"this is not a database of a session ({error})", "Restore it from a backup"
        ) from error
    finally:
        engine.dispose()


def open_connection(path: Path) -> sqlite3.Connection:
    """Open a connection with every setting that durability and secrecy need. Transactions are begun explicitly."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_MILLISECONDS / 1000)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_MILLISECONDS}",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _our_tables() -> list[Any]:
    names = {row.__tablename__ for module in _TABLES for row in vars(module).values() if _is_table(row)}
    return [table for name, table in SQLModel.metadata.tables.items() if name in names]


def _is_table(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, SQLModel) and value is not SQLModel
