"""What is stored of the kiosks' queues: the last word of each kiosk on each contest."""

from dataclasses import dataclass

from api.store.connection import Connection
from api.store.writer import Work


@dataclass(frozen=True, slots=True)
class Told:
    """What a kiosk has said: `waiting` ballots of the contest wait there, over the log of `size`."""

    size: int
    waiting: int


def read_queues(connection: Connection, contest: str) -> dict[bytes, Told]:
    """What the kiosks have said of a contest, by their keys; also in pauses that are over."""
    rows = connection.execute("SELECT kiosk, size, waiting FROM kiosk_queues WHERE contest = ?", (contest,)).fetchall()
    return {bytes(kiosk): Told(int(size), int(waiting)) for kiosk, size, waiting in rows}


def read_statements(connection: Connection, contest: str) -> list[bytes]:
    """The statements as the kiosks signed them, in the order of their keys."""
    rows = connection.execute(
        "SELECT statement FROM kiosk_queues WHERE contest = ? ORDER BY kiosk", (contest,)
    ).fetchall()
    return [bytes(statement) for (statement,) in rows]


def queues_mark(connection: Connection) -> tuple[int, int, int]:
    """A value that changes whenever a kiosk says something new."""
    row = connection.execute(
        "SELECT count(*), coalesce(sum(size), 0), coalesce(sum(waiting), 0) FROM kiosk_queues"
    ).fetchone()
    return int(row[0]), int(row[1]), int(row[2])


def put_queue(contest: str, kiosk: bytes, told: Told, statement: bytes) -> Work[None]:
    """Keep what a kiosk says.

    During a pause a kiosk takes no ballots, so its queue only gets shorter: an older statement that somebody sends once
    more is longer, or of an earlier pause, and changes nothing.
    """

    def work(connection: Connection) -> None:
        connection.execute(
            "INSERT INTO kiosk_queues (contest, kiosk, size, waiting, statement) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (contest, kiosk) DO UPDATE SET size = excluded.size, waiting = excluded.waiting, "
            "statement = excluded.statement WHERE excluded.size > kiosk_queues.size "
            "OR (excluded.size = kiosk_queues.size AND excluded.waiting < kiosk_queues.waiting)",
            (contest, kiosk, told.size, told.waiting, statement),
        )

    return work
