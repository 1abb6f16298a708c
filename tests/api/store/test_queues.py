"""What kiosks have said of their queues, in both databases."""

from collections.abc import Iterator

import pytest

from api.store.connection import Database
from api.store.queues import Told, put_queue, queues_mark, read_queues
from api.store.reader import Reader
from api.store.writer import Writer
from tests.support.patience import PATIENCE

FIRST, SECOND = bytes([1]) * 32, bytes([2]) * 32


class Store:
    def __init__(self, database: Database) -> None:
        self.writer = Writer(database.connect, database)
        self.reader = Reader(database)

    def put(self, kiosk: bytes, size: int, waiting: int, contest: str = "report") -> None:
        self.writer.submit(put_queue(contest, kiosk, Told(size, waiting), b"signed")).result(PATIENCE)

    def all(self, contest: str = "report") -> dict[bytes, Told]:
        return self.reader.read(lambda connection: read_queues(connection, contest))

    @property
    def mark(self) -> object:
        return self.reader.read(queues_mark)


@pytest.fixture
def store(database: Database) -> Iterator[Store]:
    made = Store(database)
    yield made
    made.writer.close()


def test_the_last_word_of_each_kiosk_is_kept_for_each_contest(store: Store) -> None:
    store.put(FIRST, 9, 2)
    store.put(SECOND, 9, 0)
    store.put(FIRST, 9, 1, "motion")
    assert store.all() == {FIRST: Told(9, 2), SECOND: Told(9, 0)}
    assert store.all("motion") == {FIRST: Told(9, 1)}
    assert store.all("none") == {}


def test_in_one_pause_a_queue_only_gets_shorter(store: Store) -> None:
    store.put(FIRST, 9, 2)
    store.put(FIRST, 9, 0)
    store.put(FIRST, 9, 2)
    assert store.all() == {FIRST: Told(9, 0)}


def test_the_next_pause_begins_anew_and_an_old_one_never_comes_back(store: Store) -> None:
    store.put(FIRST, 9, 0)
    store.put(FIRST, 20, 5)
    store.put(FIRST, 9, 0)
    assert store.all() == {FIRST: Told(20, 5)}


def test_the_mark_changes_with_everything_new_and_with_nothing_else(store: Store) -> None:
    marks = [store.mark]
    for kiosk, size, waiting in ((FIRST, 9, 2), (SECOND, 9, 0), (FIRST, 9, 0), (FIRST, 20, 0), (SECOND, 20, 0)):
        store.put(kiosk, size, waiting)
        marks.append(store.mark)
    assert len(set(marks)) == len(marks)
    store.put(FIRST, 9, 2)
    assert store.mark == marks[-1]
