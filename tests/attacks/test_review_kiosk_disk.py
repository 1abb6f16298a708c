"""A kiosk that is taken away with its disk (SPEC §8.7).

Whoever watched the queue at a kiosk knows the order of its delegates. A table without times and without row numbers
still lies in pages, and a database gives each new row the next pages that are free: the file tells the order that the
table does not.
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from kiosk.outbox import Delivery, Kind, Outbox, OwnBallot
from tests.support.seeded_rng import SeededRng

RNG = SeededRng("ballots of a kiosk")
BALLOTS = [OwnBallot(RNG.bytes(32), "motion", Kind.CAST, Delivery.WAITING, RNG.bytes(14_000)) for _ in range(12)]
QUEUES = [tuple(range(12)), tuple(reversed(range(12))), (3, 1, 4, 0, 5, 9, 2, 6, 8, 7, 11, 10)]


def bytes_of(path: Path) -> bytes:
    """Everything on the disk: the database and its write-ahead log."""
    log = path.with_name(path.name + "-wal")
    return path.read_bytes() + (log.read_bytes() if log.exists() else b"")


def vote(path: Path, queue: Sequence[int]) -> bytes:
    """Ballots come, and are promised; gives the disk of the running kiosk."""
    outbox = Outbox(path)
    for number in queue:
        outbox.put(BALLOTS[number])
        outbox.mark(BALLOTS[number].id, Delivery.PROMISED)
    # What the kiosk does after every round of turns.
    outbox.forget_the_order()
    disk = bytes_of(path)
    outbox.close()
    return disk


def places(disk: bytes) -> list[int]:
    """The ballots in the order in which they lie on the disk."""
    return sorted(range(len(BALLOTS)), key=lambda number: disk.find(BALLOTS[number].raw[-100:]))


def test_the_pages_of_a_table_without_order_tell_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Outbox, "forget_the_order", lambda _: None)
    for queue in QUEUES:
        path = tmp_path / str(queue[0])
        assert places(vote(path, queue)) == list(queue)
        # Closing the file changes nothing: now the pages of the database say it.
        assert places(path.read_bytes()) == list(queue)
        with sqlite3.connect(path) as connection:
            assert connection.execute("SELECT count(*) FROM ballots").fetchone() == (len(BALLOTS),)
        connection.close()


def test_our_disk_is_the_same_whoever_came_first(tmp_path: Path) -> None:
    disks = [vote(tmp_path / str(queue[0]), queue) for queue in QUEUES]
    assert disks[0] == disks[1] == disks[2]
    by_id = sorted(range(len(BALLOTS)), key=lambda number: BALLOTS[number].id)
    assert places(disks[0]) == by_id


def test_nothing_of_a_ballot_stays_once_it_is_forgotten(tmp_path: Path) -> None:
    vote(tmp_path / "outbox", QUEUES[0])
    outbox = Outbox(tmp_path / "outbox")
    outbox.forget("motion")
    outbox.forget_the_order()
    disk = bytes_of(tmp_path / "outbox")
    outbox.close()
    assert not [ballot for ballot in BALLOTS if ballot.raw[-100:] in disk or ballot.id in disk]
