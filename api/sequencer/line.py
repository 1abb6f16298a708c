"""The line before the sequencer: submissions in the order in which they came. While earlier ones are being judged,
ballots among them are looked at, so that each has been when its turn comes.

One thread takes what has arrived since it looked last and has it looked at together: the more arrives, the larger the
runs, and the cheaper each ballot of them. Only so many runs are on the way, which bounds the memory.
"""

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from api.errors import BusyError
from api.sequencer.looking import PART
from api.sequencer.tasks import BallotTask, Task
from api.settings import QUEUE_BYTES
from api.store.failures import STOPPED, StorageError
from tally.replay import Ahead

GROUP: Final = 64
"""Submissions that are judged together: enough to share a commit, and few enough to answer within a second."""

RUN_BYTES: Final = 2**21
"""Bytes that are looked at together; what is found about them takes four times as many."""


_log = logging.getLogger("plenum.sequencer")


class Looking(Protocol):
    """Ballots that are being looked at."""

    def done(self) -> bool:
        """Whether the answer is there."""

    def result(self) -> Sequence[Ahead | None]:
        """Wait for the answer: what was found out about each ballot, None where nobody looked."""


Turn = tuple[Task, Ahead | None]
"""A submission, with what was found out about it ahead of its turn."""


@dataclass(frozen=True, slots=True)
class _Run:
    tasks: list[Task]
    looking: Looking | None

    @property
    def is_looked_at(self) -> bool:
        """Whether nobody has to wait for it."""
        return self.looking is None or self.looking.done()

    def turns(self) -> list[Turn]:
        """Wait until it was looked at. What nobody could look at is looked at when it is judged."""
        found: Sequence[Ahead | None] = ()
        if self.looking is not None:
            try:
                found = self.looking.result()
            except Exception as error:  # noqa: BLE001 - whoever judges them meets it again, and answers for it
                _log.error("unexpected: %s", type(error).__name__)
        ahead = iter(found)
        return [(task, next(ahead, None) if isinstance(task, BallotTask) else None) for task in self.tasks]


class Line:
    """At most `limit` submissions wait, and of these no more than `QUEUE_BYTES`. `look` begins to look at ballots;
    `depth` runs wait between that and the sequencer.
    """

    def __init__(self, look: Callable[[Sequence[BallotTask]], Looking], limit: int, depth: int) -> None:
        self._look = look
        self._limit = limit
        self._lock = threading.Lock()
        self._waiting = 0
        self._bytes = 0
        self._closed = False
        self._arriving: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._looked: queue.Queue[_Run | None] = queue.Queue(depth)
        self._next: _Run | None = None
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="line", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many submissions wait."""
        return self._waiting

    def check_room(self) -> None:
        """See whether another submission may wait.

        Raises:
            BusyError: too many wait.
        """
        if self._waiting >= self._limit or self._bytes >= QUEUE_BYTES:
            raise BusyError("the server has more ballots and entries waiting than it takes; send again in a moment")

    def put(self, task: Task) -> None:
        """Let a submission wait.

        Raises:
            BusyError: too many wait.
            StorageError: the line is closed.
        """
        with self._lock:
            self.check_room()
            # Nothing comes behind the end of the line, where nobody would ever answer it.
            if self._closed:
                raise StorageError(STOPPED, full=False)
            self._waiting += 1
            self._bytes += len(task.raw)
            self._arriving.put(task)

    def take(self) -> list[Turn]:
        """Wait for the next submissions, up to `GROUP` of them; an empty list is the end of the line."""
        turns: list[Turn] = []
        while not self._ended and (not turns or (len(turns) + PART <= GROUP and not self._looked.empty())):
            run, self._next = self._next or self._looked.get(), None
            if run is None:
                self._ended = True
            elif turns and not run.is_looked_at:
                self._next = run
                break
            else:
                turns += run.turns()
        with self._lock:
            self._waiting -= len(turns)
            self._bytes -= sum(len(task.raw) for task, _ in turns)
        return turns

    def close(self) -> None:
        """End the line after those who wait."""
        with self._lock:
            self._closed = True
            self._arriving.put(None)

    def _run(self) -> None:
        ended = False
        while not ended:
            tasks, ended = self._arrived()
            if tasks:
                self._looked.put(_Run(tasks, self._begin([task for task in tasks if isinstance(task, BallotTask)])))
        self._looked.put(None)

    def _arrived(self) -> tuple[list[Task], bool]:
        """Wait for a submission; give it with what else is there, and whether the line is closed."""
        tasks: list[Task] = []
        size = 0
        while (task := self._arriving.get()) is not None:
            tasks.append(task)
            size += len(task.raw)
            if len(tasks) == PART or size >= RUN_BYTES or self._arriving.empty():
                return tasks, False
        return tasks, True

    def _begin(self, ballots: list[BallotTask]) -> Looking | None:
        if not ballots:
            return None
        try:
            return self._look(ballots)
        except Exception as error:  # noqa: BLE001 - a dead thread would leave everybody waiting for ever
            _log.error("unexpected: %s", type(error).__name__)
            return None
