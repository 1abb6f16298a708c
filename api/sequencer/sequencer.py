"""The sequencer: one thread that puts entries in order.

Every submission goes through here, so nothing is decided twice at once: two ballots of one credential that arrive
together are judged one after the other. For each of them: judge against the view, make durable, put the new view in
place, answer. A refusal changes nothing.

* Ballots are looked at before their turn (:mod:`api.sequencer.line`); what is left is quick. Those that are queued
  together are judged and stored together; once accepted they wait, and enter the log in batches (SPEC §8.7).
* Entries that are queued together enter the log in one commit, with one checkpoint.
* When the truth is unknown, or an accepted ballot cannot enter the log, the sequencer stops for good and says so.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from itertools import groupby

from api.sequencer.appending import Appender
from api.sequencer.entries import EntryJudge
from api.sequencer.intake import BallotJudge
from api.sequencer.line import Line, Turn
from api.sequencer.tasks import BallotTask, EntryTask, Position, Receipt, Task, refuse
from api.sequencer.view import View
from api.store.failures import truth_unknown
from voting_core.errors import FatalError, PlenumError

_log = logging.getLogger("plenum.sequencer")


class Sequencer:
    """Accepts ballots and entries from any thread, and answers through futures. At most `limit` of them may wait, and
    of these no more than `QUEUE_BYTES`.

    A future cannot be cancelled: who has sent something may go away, but it is judged all the same.
    """

    def __init__(
        self, appender: Appender, ballots: BallotJudge, entries: EntryJudge, limit: int, depth: int = 1
    ) -> None:
        self._appender = appender
        self._ballots = ballots
        self._entries = entries
        self._fatal: FatalError | None = None
        self._line = Line(ballots.look, limit, depth)
        self._thread = threading.Thread(target=self._run, name="sequencer", daemon=True)
        self._thread.start()

    @property
    def view(self) -> View:
        """What the server knows now."""
        return self._appender.view

    @property
    def fatal(self) -> FatalError | None:
        """Why nothing is accepted any more, or None while all is well."""
        return self._fatal

    def with_code(self, code: str) -> tuple[bytes, ...]:
        """The ids of the ballots with a confirmation code; one may be so new that the view does not have it yet."""
        return self._appender.codes.find(code)

    def close(self) -> None:
        """Finish what is queued and stop."""
        self._line.close()
        self._thread.join()

    @property
    def waiting(self) -> int:
        """How many submissions wait."""
        return self._line.waiting

    def check_room(self) -> None:
        """See whether another submission may wait; asked before its bytes are read.

        Raises:
            BusyError: too many wait.
        """
        self._line.check_room()

    def submit_ballot(self, raw: bytes) -> "Future[Receipt]":
        """Ask for a `ballot.*` entry to be accepted.

        Raises:
            BusyError: too many submissions wait.
        """
        future: Future[Receipt] = Future()
        future.set_running_or_notify_cancel()
        self._line.put(BallotTask(raw, future))
        return future

    def submit_entry(self, raw: bytes) -> "Future[Position]":
        """Ask for any other entry to be put into the log.

        Raises:
            BusyError: too many submissions wait.
        """
        future: Future[Position] = Future()
        future.set_running_or_notify_cancel()
        self._line.put(EntryTask(raw, future))
        return future

    def _run(self) -> None:
        self._guarded((), self._ballots.append_due)
        while turns := self._line.take():
            for run in _runs(turns):
                self._guarded([task for task, _ in run], lambda run=run: self._take(run))  # type: ignore[misc]  # the default is typed by run
                self._guarded((), self._ballots.append_due)

    def _take(self, run: Sequence[Turn]) -> None:
        self._ballots.take([(task, ahead) for task, ahead in run if isinstance(task, BallotTask)])
        self._entries.take([task for task, _ in run if isinstance(task, EntryTask)])

    def _guarded(self, tasks: Sequence[Task], work: Callable[[], None]) -> None:
        """Do the work; whatever happens, everybody who waits for it gets an answer."""
        if self._fatal is not None:
            refuse(tasks, self._fatal)
            return
        try:
            work()
        except FatalError as error:
            self._stop(error)
            refuse(tasks, error)
        except PlenumError as error:
            _log.warning("not written: %s", type(error).__name__)
            refuse(tasks, error)
        except Exception as error:  # noqa: BLE001 - a dead sequencer would leave everybody waiting for ever
            _log.error("unexpected: %s", type(error).__name__)
            if self._appender.in_doubt:
                self._stop(truth_unknown())
            refuse(tasks, error)
        finally:
            self._appender.in_doubt = False

    def _stop(self, error: FatalError) -> None:
        _log.critical("stopped: %s", error)
        self._fatal = error


def _runs(turns: Iterable[Turn]) -> list[list[Turn]]:
    """Split into runs of ballots and runs of entries, in their order."""
    return [list(run) for _, run in groupby(turns, key=lambda turn: type(turn[0]))]
