"""A database connection that fails where a test says."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from api.store.database import open_connection


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

    def connect(self, path: Path) -> "FaultyConnection":
        """Open a connection that fails as these faults say."""
        return FaultyConnection(open_connection(path), self)


class FaultyConnection:
    """A real connection that raises once for each planned fault."""

    def __init__(self, real: sqlite3.Connection, faults: Faults) -> None:
        self._real = real
        self._faults = faults

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> sqlite3.Cursor:
        """Run a statement, or fail before or after it."""
        self._faults.statements.append(sql)
        _raise_planned(self._faults.before, sql)
        cursor = self._real.execute(sql, parameters)
        _raise_planned(self._faults.after, sql)
        return cursor

    def close(self) -> None:
        """Close the real connection."""
        self._real.close()


def _raise_planned(planned: dict[str, Exception], sql: str) -> None:
    for start in list(planned):
        if sql.startswith(start):
            raise planned.pop(start)
