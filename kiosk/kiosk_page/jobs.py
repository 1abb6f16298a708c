"""Work for the station's own thread: everything that touches the log, the outbox or the server happens there alone.

A page asks for a piece of work and waits for what comes of it; the station does it between two looks at the log.
"""

import queue
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Final, TypeVar

from voting_core.errors import StateError

T = TypeVar("T")

PATIENCE_SECONDS: Final = 60.0
"""How long a page waits for the station: as long as its client tries to reach the server, and a little more."""


class Jobs:
    """Work that waits for the station's thread."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = queue.SimpleQueue()

    def ask(self, work: Callable[[], T]) -> T:
        """Have the station's thread do something; gives its result, or raises what it raised.

        Raises:
            StateError: the station did not come to it; what was asked for will not be done later.
        """
        future: Future[T] = Future()
        self._waiting.put((work, future))
        try:
            return future.result(PATIENCE_SECONDS)
        except TimeoutError:
            if future.cancel():
                raise StateError("the station is busy; ask again") from None
            return future.result()

    def serve(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> int:
        """Do what is asked for during some seconds; gives how many pieces were done."""
        until, done = clock() + seconds, 0
        while True:
            try:
                work, future = self._waiting.get(timeout=max(0.0, until - clock()))
            except queue.Empty:
                return done
            if not future.set_running_or_notify_cancel():
                continue
            done += 1
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)
                if not isinstance(error, Exception):
                    raise
