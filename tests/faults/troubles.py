"""What is wrong with the machine of a server: a file says it, and the server meets it at once.

* `clock`: seconds by which the time of day is wrong; whoever sets a clock changes this and nothing else;
* `held`: whether commits of the embedded database take until this is over, on a disk that is as slow as a test wants;
* `full`: whether its disk has no room, where a test cannot have a small disk of its own.

Nothing of the product is changed by it but what it gets from the machine.
"""

import json
import os
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from api.store import sqlite
from api.store.connection import Cursor
from tests.faults.faulty_connection import sqlite_error

_LOOK_SECONDS: Final = 0.01


@dataclass(frozen=True, slots=True)
class Troubles:
    """What is wrong."""

    clock: float = 0.0
    held: bool = False
    full: bool = False

    def write(self, path: Path) -> None:
        """Let it be so from now on."""
        new = path.with_suffix(".new")
        new.write_text(json.dumps(asdict(self)))
        os.replace(new, path)


def read_troubles(path: Path) -> Troubles:
    """What is wrong now."""
    try:
        return Troubles(**json.loads(path.read_text()))
    except FileNotFoundError:
        return Troubles()


class TroubledConnection:
    """A connection to the embedded database on a machine with troubles."""

    def __init__(self, real: sqlite3.Connection, troubles: Path) -> None:
        self._real = real
        self._troubles = troubles

    def execute(self, statement: str, parameters: Sequence[Any] = (), /) -> Cursor:
        """Run a statement."""
        while statement == "COMMIT" and read_troubles(self._troubles).held:
            time.sleep(_LOOK_SECONDS)
        if statement.startswith(("INSERT", "UPDATE")) and read_troubles(self._troubles).full:
            raise sqlite_error(sqlite3.SQLITE_FULL)
        return self._real.execute(statement, parameters)

    def close(self) -> None:
        """Close it."""
        self._real.close()


def have_troubles(path: Path) -> None:
    """Have the troubles that the file says, in this process, for good."""
    now_ns, connect = time.time_ns, sqlite.SqliteDatabase.connect
    setattr(time, "time", lambda: now_ns() / 1e9 + read_troubles(path).clock)  # noqa: B010 - the clock of all that runs
    time.time_ns = lambda: now_ns() + int(read_troubles(path).clock * 1e9)

    def troubled(database: sqlite.SqliteDatabase) -> TroubledConnection:
        return TroubledConnection(connect(database), path)

    sqlite.SqliteDatabase.connect = troubled  # type: ignore[method-assign,assignment]
