"""The kiosk's memory of its ballots: durable before a ballot is sent, kept until the kiosk has reported.

* A ballot is signed and sealed when it comes here; marks and seed of a cast ballot never do.
* The table is keyed by the random ballot id, has no rowid, and holds no time. After every round the kiosk has the file
  written again in the order of ids: the places of its pages, and the write-ahead log, would tell who voted when.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from voting_core.errors import FatalError, InputError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS ballots (
    id BLOB PRIMARY KEY, contest TEXT NOT NULL, kind TEXT NOT NULL, delivery TEXT NOT NULL, raw BLOB NOT NULL
) WITHOUT ROWID
"""


class Kind(StrEnum):
    """What a ballot is for."""

    CAST = "cast"
    CHALLENGED = "challenged"
    ASSISTED = "assisted"
    """No ballot, but the note that somebody was assisted with one."""


class Delivery(StrEnum):
    """How far a ballot has come: not answered yet, promised by the server, or refused for good."""

    WAITING = "waiting"
    PROMISED = "promised"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class OwnBallot:
    """A ballot of this kiosk; `raw` is its entry."""

    id: bytes
    contest: str
    kind: Kind
    delivery: Delivery
    raw: bytes


class Outbox:
    """The ballots of one kiosk in one session."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it.

        Raises:
            InputError: it is no outbox, or cannot be written.
        """
        try:
            self._connection = sqlite3.connect(path, isolation_level=None)
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "temp_store = MEMORY"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.execute(_SCHEMA)
        except sqlite3.OperationalError as error:
            raise InputError(
                str(path), f"the kiosk's ballots cannot be kept there ({error})", "Free space on its disk"
            ) from error
        except sqlite3.DatabaseError as error:
            # It may hold ballots that are not delivered yet, so nothing is put in its place.
            raise InputError(
                str(path), f"this is not the kiosk's file of ballots ({error})", "Restore it, or move it away"
            ) from error
        path.chmod(0o600)
        self._in_order = False

    def put(self, *ballots: OwnBallot) -> None:
        """Keep new ballots, durably, all or none."""
        with self._transaction():
            self._connection.executemany(
                "INSERT INTO ballots (id, contest, kind, delivery, raw) VALUES (?, ?, ?, ?, ?)",
                [(own.id, own.contest, own.kind.value, own.delivery.value, own.raw) for own in ballots],
            )

    def mark(self, ballot_id: bytes, delivery: Delivery) -> None:
        """Note how far a ballot has come, durably."""
        with self._transaction():
            self._connection.execute("UPDATE ballots SET delivery = ? WHERE id = ?", (delivery.value, ballot_id))

    def waiting(self) -> tuple[OwnBallot, ...]:
        """The ballots that have no answer yet."""
        rows = self._connection.execute(
            "SELECT id, contest, kind, delivery, raw FROM ballots WHERE delivery = 'waiting' ORDER BY id"
        )
        return tuple(_ballot(row) for row in rows)

    def waiting_of(self, contest: str) -> int:
        """How many ballots of a contest have no answer yet, notes of assistance among them: the minutes count those."""
        row = self._connection.execute(
            "SELECT count(*) FROM ballots WHERE contest = ? AND delivery = 'waiting'", (contest,)
        ).fetchone()
        return int(row[0])

    def delivery(self, ballot_id: bytes) -> Delivery:
        """How far a ballot of this kiosk has come.

        Raises:
            KeyError: this kiosk has no such ballot.
        """
        row = self._connection.execute("SELECT delivery FROM ballots WHERE id = ?", (ballot_id,)).fetchone()
        if row is None:
            raise KeyError(ballot_id)
        return Delivery(row[0])

    def of_contest(self, contest: str) -> tuple[OwnBallot, ...]:
        """All ballots of a contest."""
        rows = self._connection.execute(
            "SELECT id, contest, kind, delivery, raw FROM ballots WHERE contest = ? ORDER BY id", (contest,)
        )
        return tuple(_ballot(row) for row in rows)

    def forget(self, contest: str) -> None:
        """Remove the ballots of a contest on which the kiosk has reported, or that is abandoned."""
        with self._transaction():
            self._connection.execute("DELETE FROM ballots WHERE contest = ?", (contest,))

    def forget_the_order(self) -> None:
        """Write the file as if the ballots had come in the order of their ids; what was stored stays stored.

        The whole file is written, so this is done once for the turns of a round, not for each of them.
        """
        if self._in_order:
            return
        # Without room for it the ballots are safe all the same, and the next round tries again.
        with suppress(sqlite3.OperationalError):
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._in_order = True

    def close(self) -> None:
        """Close the file."""
        self.forget_the_order()
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            # What became of this write is unclear; it is read back when the kiosk is started again. What is not on the
            # disk is not seen from here on: it would be sent, counted by the server, and missing in the kiosk's report.
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise FatalError(
                f"this kiosk cannot keep its ballots ({error}); free space on its disk and start it again"
            ) from error
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._in_order = False


def _ballot(row: tuple[bytes, str, str, str, bytes]) -> OwnBallot:
    return OwnBallot(row[0], row[1], Kind(row[2]), Delivery(row[3]), row[4])
