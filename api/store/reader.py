"""Reading what is stored. Every call uses a connection of its own, so that it can be made from any thread."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from api.store import desk_queries
from api.store.database import open_connection
from api.store.desk_queries import AttendanceCounts
from api.store.operations import PendingBallot

_PAGE = 100

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredCheckpoint:
    """A checkpoint as signed by the log key, and the cosignature lines under it by trustee index."""

    size: int
    note: bytes
    cosignatures: tuple[tuple[int, bytes], ...]


@dataclass(frozen=True, slots=True)
class StoredProposal:
    """A waiting entry under its id; `known` as in `ProposalRow`."""

    id: bytes
    entry: bytes
    known: bool


class Reader:
    """Reads the database at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(open_connection(self._path)) as connection:
            connection.execute("PRAGMA query_only = ON")
            yield connection

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Read with a function, on a connection of its own that cannot write."""
        with self._open() as connection:
            return work(connection)

    def check(self) -> None:
        """Read one row; raises sqlite3.Error when the database does not answer."""
        with self._open() as connection:
            connection.execute("SELECT number FROM commits WHERE id = 1").fetchone()

    def entries(self, start: int, stop: int) -> Iterator[bytes]:
        """The canonical bytes of the entries from index `start` up to, not including, `stop`, a page at a time."""
        for first in range(start, stop, _PAGE):
            with self._open() as connection:
                rows = connection.execute(
                    "SELECT raw FROM entries WHERE idx >= ? AND idx < ? ORDER BY idx", (first, min(first + _PAGE, stop))
                ).fetchall()
            for row in rows:
                yield row[0]

    def size(self) -> int:
        """The number of entries in the log."""
        with self._open() as connection:
            return int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])

    def pending(self) -> tuple[PendingBallot, ...]:
        """The ballots that wait for their batch, by id."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT ballot_id, contest, raw FROM pending_ballots ORDER BY ballot_id"
            ).fetchall()
        return tuple(PendingBallot(ballot_id, contest, raw) for ballot_id, contest, raw in rows)

    def checkpoint(self, size: int | None = None) -> StoredCheckpoint | None:
        """The checkpoint of a size, or the latest one; None when there is none."""
        with self._open() as connection:
            row = (
                connection.execute("SELECT size, note FROM checkpoints ORDER BY size DESC LIMIT 1").fetchone()
                if size is None
                else connection.execute("SELECT size, note FROM checkpoints WHERE size = ?", (size,)).fetchone()
            )
            if row is None:
                return None
            lines = connection.execute(
                "SELECT trustee, line FROM cosignatures WHERE size = ? ORDER BY trustee", (row[0],)
            ).fetchall()
        return StoredCheckpoint(row[0], row[1], tuple((trustee, line) for trustee, line in lines))

    def cosigned_sizes(self) -> tuple[int, ...]:
        """The sizes whose checkpoints carry a cosignature, ascending."""
        with self._open() as connection:
            rows = connection.execute("SELECT DISTINCT size FROM cosignatures ORDER BY size").fetchall()
        return tuple(row[0] for row in rows)

    def proposals(self) -> tuple[StoredProposal, ...]:
        """The waiting entries, by id."""
        with self._open() as connection:
            rows = connection.execute("SELECT id, entry, known FROM proposals ORDER BY id").fetchall()
        return tuple(StoredProposal(proposal_id, entry, bool(known)) for proposal_id, entry, known in rows)

    def proposal(self, proposal_id: bytes) -> StoredProposal | None:
        """One waiting entry, or None."""
        with self._open() as connection:
            row = connection.execute("SELECT id, entry, known FROM proposals WHERE id = ?", (proposal_id,)).fetchone()
        return None if row is None else StoredProposal(row[0], row[1], bool(row[2]))

    def attendance(self) -> AttendanceCounts:
        """The totals of roll and check-ins."""
        return self.read(desk_queries.counts)
