"""Following a log that another one writes: at once, and never one that was not signed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from immutables import Map

from api.store.connection import Connection
from api.store.database import database_at
from api.store.failures import StorageError
from api.store.reader import Reader
from api.workers.follower import Follower, MisfitError
from ballots.sealed_ballot import confirmation_code
from tests.api.hall import Hall, running_hall, tamper

PATIENCE = 120


@contextmanager
def following(hall: Hall, log_key: bytes | None = None) -> Iterator[tuple[Follower, list[MisfitError]]]:
    """A follower of a server's database, and what it says when it stops."""
    said: list[MisfitError] = []
    database = database_at(hall.settings.database, hall.settings.database_url)
    follower = Follower(Reader(database), hall.world.log_key if log_key is None else log_key, said.append)
    try:
        follower.start()
        yield follower, said
    finally:
        follower.close()
        database.close()


def caught_up(follower: Follower) -> None:
    follower.caught_up().result(PATIENCE)


@pytest.mark.usefixtures("both_databases")
def test_what_was_acknowledged_is_known_when_it_has_caught_up(hall: Hall) -> None:
    with following(hall) as (follower, _):
        for card in range(10):
            hall.cast(card)
            ours = hall.service.sequencer.view
            caught_up(follower)
            known = {*follower.view.log.ballots, *follower.view.pending}
            assert known >= {*ours.log.ballots, *ours.pending}
            for ballot in ours.pending:
                assert follower.with_code(confirmation_code(ballot)) == (ballot,)
        hall.settle()
        caught_up(follower)
        ours, theirs = hall.service.sequencer.view, follower.view
        assert (theirs.log.size, theirs.log.root) == (ours.log.size, ours.log.root)
        assert theirs.pending == ours.pending
        assert follower.index.inclusion(3, ours.log.size) == hall.service.index.inclusion(3, ours.log.size)
        # Where nothing was written the view stays the object that it was: nothing is told to open streams.
        caught_up(follower)
        assert follower.view is theirs


def test_it_begins_with_all_that_is_there_or_nothing(hall: Hall, tmp_path: Path) -> None:
    for card in range(9):
        hall.cast(card)
    hall.settle()
    with following(hall) as (follower, _):
        assert follower.view.log.root == hall.service.sequencer.view.log.root
        code = confirmation_code(next(iter(follower.view.log.ballots)))
        assert follower.with_code(code)
    with running_hall(tmp_path / "new") as new, following(new) as (follower, _):
        assert (follower.view.log.size, follower.view.pending) == (0, Map())


def test_it_reads_on_by_itself(hall: Hall) -> None:
    with following(hall) as (follower, _):
        for card in range(8):
            hall.cast(card)
        hall.settle()
        while follower.view.log.size < hall.service.sequencer.view.log.size:
            time.sleep(0.01)


BUMP = "UPDATE commits SET number = number + 1 WHERE id = 1"
CHANGES = {
    "an entry": ("UPDATE entries SET raw = ? WHERE idx = 4", (b"{}",), "entry 4 is not valid"),
    "entries missing": ("DELETE FROM entries WHERE idx >= 6", (), "are not those that the checkpoint"),
    "a checkpoint": ("UPDATE checkpoints SET note = ?", (b"x",), "checkpoint of"),
    "two entries": (
        "UPDATE entries SET raw = (SELECT raw FROM entries WHERE idx = 0) WHERE idx = 1",
        (),
        "entry 1 is not valid",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_log_that_was_changed_is_not_begun_with(hall: Hall, name: str) -> None:
    statement, parameters, said = CHANGES[name]
    tamper(hall, statement, *parameters)
    with pytest.raises(MisfitError, match=said), following(hall):
        pass


def test_a_log_of_another_key_is_not_begun_with(hall: Hall) -> None:
    with pytest.raises(MisfitError, match="another server's key"), following(hall, bytes(32)):
        pass


def test_a_log_that_is_changed_later_stops_it_for_good(hall: Hall) -> None:
    with following(hall) as (follower, said):
        size = follower.view.log.size
        tamper(hall, "INSERT INTO entries (idx, raw, leaf) VALUES (?, ?, ?)", size, b"{}", b"x")
        tamper(hall, "INSERT INTO checkpoints (size, note) VALUES (?, ?)", size + 1, b"x")
        tamper(hall, BUMP)
        with pytest.raises((MisfitError, StorageError)):
            caught_up(follower)
        with pytest.raises(StorageError):
            caught_up(follower)
        (error,) = said
        assert f"entry {size} is not valid" in str(error)
        assert follower.view.log.size == size


def test_a_log_that_became_shorter_stops_it(hall: Hall) -> None:
    with following(hall) as (follower, said):
        tamper(hall, "DELETE FROM checkpoints WHERE size > 3")
        tamper(hall, BUMP)
        with pytest.raises((MisfitError, StorageError)):
            caught_up(follower)
        assert "a checkpoint of 3 now" in str(said[0])


def test_a_database_that_does_not_answer_is_asked_again(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    with following(hall) as (follower, said):
        hall.cast(0)
        caught_up(follower)
        with monkeypatch.context() as broken:

            def fail(*_: object) -> Connection:
                raise OSError("gone")

            broken.setattr(Reader, "read", fail)
            with pytest.raises(StorageError):
                caught_up(follower)
        hall.cast(1)
        caught_up(follower)
        assert len(follower.view.pending) == 2
        assert said == []
