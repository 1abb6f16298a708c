"""A database connection that fails where a test says.

Tests plan faults in the words of SQLite; on PostgreSQL its driver's error for the same fault is raised.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from api.store.connection import Connection, Cursor
from api.store.database import Database, as_database


def sqlite_error(code: int) -> sqlite3.OperationalError:
    """The error that SQLite raises for a result code (SQLITE_FULL, SQLITE_IOERR, …)."""
    error = sqlite3.OperationalError("injected")
    error.sqlite_errorcode = code
    return error


@dataclass
class Faults:
    """What is to fail next: the error to raise before, or after, a statement that begins with a text."""

    before: dict[str, Exception] = field(default_factory=dict)
    after: dict[str, Exception] = field(default_factory=dict)
    statements: list[str] = field(default_factory=list)

    def connect(self, database: Path | Database) -> "FaultyConnection":
        """Open a connection that fails as these faults say."""
        return FaultyConnection(as_database(database).connect(), self)


class FaultyConnection:
    """A real connection that raises once for each planned fault."""

    def __init__(self, real: Connection, faults: Faults) -> None:
        self._real = real
        self._faults = faults

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor:
        """Run a statement, or fail before or after it."""
        self._faults.statements.append(sql)
        self._raise_planned(self._faults.before, sql)
        cursor = self._real.execute(sql, parameters)
        self._raise_planned(self._faults.after, sql)
        return cursor

    def close(self) -> None:
        """Close the real connection."""
        self._real.close()

    def _raise_planned(self, planned: dict[str, Exception], sql: str) -> None:
        for start in list(planned):
            if sql.startswith(start):
                error = planned.pop(start)
                raise error if isinstance(self._real, sqlite3.Connection) else postgres_error(error)


def postgres_error(error: Exception) -> Exception:
    """What the driver of PostgreSQL raises for the same fault: no room, or a connection that broke."""
    full = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL
    return psycopg.errors.DiskFull("injected") if full else psycopg.OperationalError("injected")
