"""The thread itself: nobody waits for ever."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

import pytest

from api.errors import BusyError
from api.sequencer import line as module
from api.sequencer.intake import Awaited
from api.sequencer.line import GROUP
from api.sequencer.sequencer import Sequencer
from api.sequencer.tasks import BallotTask, EntryTask, Position, Receipt
from api.store.failures import StorageError
from tests.support.patience import PATIENCE
from voting_core.errors import FatalError, PlenumError

pytestmark = pytest.mark.usefixtures("both_databases")


class FakeAppender:
    """Holds a flag instead of a view."""

    view: Any = "view"
    in_doubt = False


class FakeJudge:
    """Answers every task, after a gate; or fails as a test says."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.groups: list[int] = []
        self.error: Exception | None = None

    def look(self, tasks: Sequence[BallotTask]) -> Awaited:
        return Awaited([False] * len(tasks), None)

    def take(self, turns: Sequence[tuple[BallotTask, None] | EntryTask]) -> None:
        self.gate.wait(PATIENCE)
        tasks = [turn[0] if isinstance(turn, tuple) else turn for turn in turns]
        if not tasks:
            return
        self.groups.append(len(tasks))
        if self.error is not None:
            raise self.error
        for task in tasks:
            task.future.set_result(Receipt(b"", 0, b"") if isinstance(task, BallotTask) else Position(0, 1, b""))

    def append_due(self) -> None:
        return


def sequencer(limit: int = 1_000) -> tuple[Sequencer, FakeJudge, FakeAppender]:
    judge, appender = FakeJudge(), FakeAppender()
    return Sequencer(appender, judge, judge, limit), judge, appender  # type: ignore[arg-type]


def test_what_waits_together_is_judged_together_in_its_order() -> None:
    made, judge, _ = sequencer()
    first = made.submit_entry(b"")
    futures: list[Future[Any]] = [made.submit_ballot(b"") for _ in range(5)]
    futures += [made.submit_entry(b"") for _ in range(3)]
    futures += [made.submit_ballot(b"") for _ in range(GROUP)]
    judge.gate.set()
    for future in [first, *futures]:
        future.result(PATIENCE)
    made.close()
    assert judge.groups[0] == 1
    assert sum(judge.groups) == 9 + GROUP
    assert max(judge.groups) <= GROUP


def test_a_queue_that_is_full_says_so() -> None:
    made, judge, _ = sequencer(limit=3)
    made.submit_ballot(b"")

    def press_ten_times() -> None:
        for _ in range(10):
            made.submit_ballot(b"")

    with pytest.raises(BusyError):
        press_ten_times()
    judge.gate.set()
    made.close()


def test_a_queue_that_holds_too_many_bytes_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "QUEUE_BYTES", 100)
    made, judge, _ = sequencer()
    futures = [made.submit_ballot(b"x" * 60)]

    def press_ten_times() -> None:
        for _ in range(10):
            futures.append(made.submit_ballot(b"x" * 60))

    with pytest.raises(BusyError):
        press_ten_times()
    with pytest.raises(BusyError):
        made.check_room()
    judge.gate.set()
    for future in futures:
        future.result(PATIENCE)
    # What is judged makes room again.
    made.submit_ballot(b"x" * 60).result(PATIENCE)
    made.close()


def test_a_stopped_sequencer_takes_nothing_and_finishes_what_waits() -> None:
    made, judge, _ = sequencer()
    judge.gate.set()
    futures = [made.submit_ballot(b"") for _ in range(20)]
    made.close()
    for future in futures:
        future.result(0)
    with pytest.raises(StorageError):
        made.submit_ballot(b"")


@pytest.mark.parametrize("error", [StorageError("no", full=False), TypeError("a bug")])
def test_an_error_reaches_everybody_and_the_next_one_is_served(error: Exception) -> None:
    made, judge, _ = sequencer()
    judge.gate.set()
    judge.error = error
    with pytest.raises(type(error)):
        made.submit_ballot(b"").result(PATIENCE)
    judge.error = None
    made.submit_ballot(b"").result(PATIENCE)
    assert made.fatal is None
    made.close()


@pytest.mark.parametrize(("error", "in_doubt"), [(FatalError("lost"), False), (TypeError("a bug"), True)])
def test_after_a_fatal_error_nothing_is_taken(error: Exception, in_doubt: bool) -> None:
    made, judge, appender = sequencer()
    judge.gate.set()
    judge.error = error
    appender.in_doubt = in_doubt
    with pytest.raises(type(error)):
        made.submit_ballot(b"").result(PATIENCE)
    judge.error = None
    with pytest.raises(PlenumError):
        made.submit_entry(b"").result(PATIENCE)
    assert isinstance(made.fatal, FatalError)
    made.close()


def test_who_goes_away_takes_nothing_back_and_stops_nobody() -> None:
    made, judge, _ = sequencer()
    gone = [made.submit_ballot(b""), made.submit_entry(b"")]
    assert not any(future.cancel() for future in gone)
    judge.gate.set()
    made.submit_ballot(b"").result(PATIENCE)
    made.close()
    assert all(future.done() for future in gone)
