"""The line: in order, bounded, and never at a standstill."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future

import pytest

from api.errors import BusyError
from api.sequencer import line as module
from api.sequencer.line import GROUP, Line
from api.sequencer.looking import PART
from api.sequencer.tasks import BallotTask, EntryTask, Task
from api.store.failures import StorageError
from tally.replay import Ahead
from tests.support.patience import PATIENCE
from voting_core.errors import VerificationError


def ballot(raw: bytes) -> BallotTask:
    return BallotTask(raw, Future())


def entry(raw: bytes) -> EntryTask:
    return EntryTask(raw, Future())


def ahead_of(task: BallotTask) -> Ahead:
    return Ahead(VerificationError("V2.A", task.raw.decode()))


class Eyes:
    """Looks at ballots when a test lets it."""

    def __init__(self) -> None:
        self.runs: list[tuple[list[BallotTask], Future[list[Ahead | None]]]] = []
        self.asked = threading.Semaphore(0)

    def look(self, tasks: Sequence[BallotTask]) -> Future[list[Ahead | None]]:
        future: Future[list[Ahead | None]] = Future()
        self.runs.append((list(tasks), future))
        self.asked.release()
        return future

    def finish(self, number: int) -> None:
        tasks, future = self.runs[number]
        future.set_result([ahead_of(task) for task in tasks])


def found(turns: Sequence[tuple[Task, Ahead | None]]) -> list[tuple[bytes, str]]:
    return [(task.raw, "" if ahead is None else str(ahead.entry)) for task, ahead in turns]


def test_submissions_come_in_their_order_with_what_was_found() -> None:
    eyes = Eyes()
    line = Line(eyes.look, 100, 2)
    line.put(ballot(b"1"))
    assert eyes.asked.acquire(timeout=PATIENCE)
    line.put(ballot(b"2"))
    assert eyes.asked.acquire(timeout=PATIENCE)
    line.put(entry(b"3"))
    # The second was looked at before the first, and waits for it.
    eyes.finish(1)
    eyes.finish(0)
    turns = line.take()
    while len(turns) < 3:
        turns += line.take()
    assert found(turns) == [(b"1", "V2.A: 1"), (b"2", "V2.A: 2"), (b"3", "")]
    assert line.waiting == 0
    line.close()
    assert line.take() == []
    assert line.take() == []


def test_what_is_not_looked_at_yet_holds_up_nobody_before_it() -> None:
    eyes = Eyes()
    line = Line(eyes.look, 100, 2)
    for raw in (b"1", b"2"):
        line.put(ballot(raw))
        assert eyes.asked.acquire(timeout=PATIENCE)
    eyes.finish(0)
    assert found(line.take()) == [(b"1", "V2.A: 1")]
    eyes.finish(1)
    assert found(line.take()) == [(b"2", "V2.A: 2")]
    line.close()


def test_only_so_many_runs_are_on_the_way() -> None:
    eyes = Eyes()
    line = Line(eyes.look, 1_000, 2)
    for _ in range(10 * PART):
        line.put(ballot(b"x"))
    for _ in range(3):
        assert eyes.asked.acquire(timeout=PATIENCE)
    # Two wait for the sequencer, one for room; the next one is begun when the sequencer has taken one.
    assert not eyes.asked.acquire(timeout=0.05)
    eyes.finish(0)
    taken = len(line.take())
    assert eyes.asked.acquire(timeout=PATIENCE)
    for number in range(1, 30):
        if taken == 10 * PART:
            break
        while len(eyes.runs) <= number:
            assert eyes.asked.acquire(timeout=PATIENCE)
        eyes.finish(number)
        turns = line.take()
        assert 0 < len(turns) <= GROUP
        taken += len(turns)
    assert taken == 10 * PART
    assert all(len(tasks) <= PART for tasks, _ in eyes.runs)
    line.close()


def test_large_ballots_are_looked_at_in_small_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RUN_BYTES", 100)
    eyes = Eyes()
    line = Line(eyes.look, 1_000, 1)
    for _ in range(12):
        line.put(ballot(b"x" * 60))
    number = taken = 0
    while taken < 12:
        assert eyes.asked.acquire(timeout=PATIENCE)
        eyes.finish(number)
        number += 1
        taken += len(line.take())
    assert max(len(tasks) for tasks, _ in eyes.runs) <= 2
    line.close()


def test_room_is_there_again_when_the_sequencer_has_taken_something() -> None:
    eyes = Eyes()
    line = Line(eyes.look, 2, 1)
    line.put(ballot(b"1"))
    line.put(ballot(b"2"))
    with pytest.raises(BusyError):
        line.check_room()
    with pytest.raises(BusyError):
        line.put(entry(b"3"))
    taken = number = 0
    while taken < 2:
        assert eyes.asked.acquire(timeout=PATIENCE)
        eyes.finish(number)
        number += 1
        taken += len(line.take())
    line.put(entry(b"3"))
    line.close()
    with pytest.raises(StorageError):
        line.put(entry(b"4"))
    assert found(line.take()) == [(b"3", "")]


def test_whoever_cannot_look_stops_nobody() -> None:
    def look(tasks: Sequence[BallotTask]) -> Future[list[Ahead | None]]:
        if tasks[0].raw == b"begin":
            raise OSError("no process can be started")
        future: Future[list[Ahead | None]] = Future()
        future.set_exception(MemoryError())
        return future

    line = Line(look, 100, 1)
    for raw in (b"begin", b"result"):
        line.put(ballot(raw))
        assert found(line.take()) == [(raw, "")]
    line.close()
