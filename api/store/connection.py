"""What the store needs from a database, whichever it is: connections, and how to read its errors.

Operations and readers are written once, in SQL that SQLite and PostgreSQL understand alike, with `?` for parameters.
What differs is here: how a write transaction begins, which errors say that nothing was stored, and how the traces of
waiting ballots are swept away.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Engine


class Cursor(Protocol):
    """The part of a DB-API cursor that the store uses."""

    @property
    def rowcount(self) -> int:
        """How many rows the statement changed."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""


class Connection(Protocol):
    """A connection on which transactions are begun explicitly; tests put some here that fail at a chosen moment."""

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> Cursor:
        """Run one statement."""

    def close(self) -> None:
        """Close the connection."""


Connect = Callable[[], Connection]


class Dialect(Protocol):
    """How a database begins a write transaction, and what its errors mean."""

    begin: str
    """The statement that begins a transaction which will write."""

    settles_doubt: bool
    """Whether a new connection of the writer tells for certain what became of a COMMIT that failed."""

    errors: tuple[type[Exception], ...]
    """Everything that its driver raises, and what the operating system does beneath it."""

    def concerns_all(self, error: Exception) -> bool:
        """Whether the database itself failed (full, locked, gone), and not the statement of one job."""

    def is_full(self, error: Exception) -> bool:
        """Whether there is no room on its disk."""

    def is_undone(self, error: Exception) -> bool:
        """Whether a COMMIT that failed so is certainly undone, as far as the error can tell."""

    def has_ended(self, connection: Connection, /) -> bool:
        """Whether a connection is gone, so that nothing can be in a transaction on it."""

    def sweep(self, connection: Connection) -> None:
        """Remove what would still tell in which order waiting ballots came; does nothing when it cannot."""


class Database(Dialect, Protocol):
    """The database of one session."""

    name: str
    """How messages call it; has no secret."""

    def check(self) -> None:
        """Look at it before anything is created or changed.

        Raises:
            InputError: it does not answer, is of another kind, or is set up in a way that loses or tells too much.
        """

    def connect(self) -> Connection:
        """A connection for the writer, with every setting that durability and secrecy need."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection that cannot write, for as long as the context lasts. May be called from any thread."""

    def engine(self) -> Engine:
        """An engine for migrations; whoever asks for it disposes of it."""

    def close(self) -> None:
        """Close the connections that are kept for readers."""
