"""Verifying ballot arguments beside the sequencer, in parts that begin while the rest is still being judged.

Large batches go to processes of their own (:mod:`api.verifiers`): the sequencer and the event loop keep the
interpreter to themselves. Small ones, and all where there are no such processes, are verified on threads here.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from api.verifiers.judging import failures_of
from api.verifiers.pool import VerifierPool
from api.verifiers.wire import Failures
from voting_core.argument.statement import Statement
from voting_core.public import SODIUM, PublicGroup

_SMALLEST_PART: Final = 4
"""Below this a batch is not split: the fixed bases cost a thread as much as two ballots."""

PART: Final = 16
"""Ballots that are handed over together while more are being judged."""

WORTH_A_PROCESS: Final = 8
"""Below this a batch is verified here: sending it away would take longer than it saves."""


class ArgumentChecker:
    """Verifies arguments in batches on `threads` threads, or in `processes` processes where there are any. `group` is
    the backend that decoded what is given.
    """

    def __init__(self, threads: int, processes: int = 0, group: PublicGroup = SODIUM) -> None:
        self._group = group
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="arguments")
        self._verifiers = VerifierPool(processes, group) if processes else None

    def failures(self, statements: Sequence[Statement]) -> Failures:
        """Verify all statements; gives the error of each bad one by its subject (SPEC §5.4)."""
        return self.begin(statements).result()

    def begin(self, statements: Sequence[Statement]) -> "Checking":
        """Begin to verify statements; the answer is asked for later."""
        if not statements:
            return Checking(())
        ready = self._verifiers.ready if self._verifiers and len(statements) >= WORTH_A_PROCESS else 0
        parts = max(1, min(ready or self._threads, len(statements) // _SMALLEST_PART))
        split = [statements[number::parts] for number in range(parts)]
        if self._verifiers is not None and ready:
            return Checking([self._verifiers.submit(part) for part in split])
        return Checking([self._pool.submit(failures_of, part, self._group) for part in split])

    def close(self) -> None:
        """Stop the threads and processes."""
        self._pool.shutdown()
        if self._verifiers is not None:
            self._verifiers.close()


class Checking:
    """Statements that are being verified."""

    def __init__(self, parts: Sequence["Future[Failures]"]) -> None:
        self._parts = parts

    def result(self) -> Failures:
        """Wait for all of them."""
        return {subject: error for part in self._parts for subject, error in part.result().items()}
