"""Reading what is stored. Every call uses a connection of its own, so that it can be made from any thread."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from api.store import desk_queries
from api.store.database import Connection, Database, as_database
from api.store.desk_queries import AttendanceCounts
from api.store.failures import NOT_READ, StorageError
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


def proposals_mark(connection: Connection) -> tuple[tuple[bytes, int], ...]:
    """Another value whenever a proposal comes, gets a signature, or goes.

    It names each of them: between two looks one may go and another as long may come, and counts would not tell.
    """
    rows = connection.execute("SELECT id, length(entry) FROM proposals ORDER BY id").fetchall()
    return tuple((bytes(proposal), int(length)) for proposal, length in rows)


class Reader:
    """Reads a database; a path stands for the embedded one there."""

    def __init__(self, database: Path | Database) -> None:
        self._database = as_database(database)

    @contextmanager
    def _open(self) -> Iterator[Connection]:
        """A connection; a database that does not answer is a :class:`StorageError`, which tells to ask again."""
        try:
            with self._database.reading() as connection:
                yield connection
        except self._database.errors as error:
            if not self._database.concerns_all(error):
                raise
            raise StorageError(NOT_READ, full=False) from error

    def read(self, work: Callable[[Connection], T]) -> T:
        """Read with a function, on a connection of its own that cannot write.

        Raises:
            StorageError: the database does not answer; so do all methods here.
        """
        with self._open() as connection:
            return work(connection)

    def check(self) -> None:
        """Read one row."""
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
