"""Looking at runs of ballots on all cores of this machine, each in a process of its own.

Threads would wait for each other: half of the work on a ballot is Python's own. What a process found goes back as
bytes; this process judges it, in order. A process that dies (no memory is left, say) costs its runs a second time, in
this process; it changes no answer.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Final, Self

from tally.cli.backend import Backend, choose
from tally.replay import Ahead, Known, look_ahead
from tally.verify.runs import Later, Pending
from voting_core.public import SODIUM, PublicGroup

WORTHWHILE_BYTES: Final = 4_000_000
"""A smaller record is verified before further processes are of use."""

_PER_CORE: Final = 2
"""Runs for each core: one that it looks at, one that waits, so that it never does."""

_group: PublicGroup = SODIUM


def _begin(backend: Backend) -> None:
    """What each process does first."""
    global _group
    # Ctrl-C is for the process that started this one, which ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _group = choose(backend)


def _look(run: tuple[bytes, ...], known: Known | None) -> tuple[Ahead, ...]:
    return look_ahead(run, known, _group)


def available_cores() -> int:
    """Give the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Answer:
    """A run that another process looks at."""

    def __init__(self, future: Future[tuple[Ahead, ...]], again: Later) -> None:
        self._future = future
        self._again = again

    def result(self) -> tuple[Ahead, ...]:
        """Wait for it; what a dead process owes is found out here."""
        try:
            return self._future.result()
        except BrokenProcessPool:
            return self._again.result()


class Cores:
    """So many processes, as long as the block runs."""

    def __init__(self, jobs: int, backend: Backend) -> None:
        # A copy of this process begins at once and has the compiled code; it may be made only while there is one
        # thread, and on Linux.
        alone = sys.platform == "linux" and threading.active_count() == 1
        context = multiprocessing.get_context("fork" if alone else "spawn")
        self.waiting = _PER_CORE * jobs
        self._group = choose(backend)
        self._pool = ProcessPoolExecutor(jobs, context, _begin, (backend,))
        if alone:
            # All processes are there before anything here starts a thread.
            self._pool.submit(_nothing).result()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)

    def submit(self, run: Sequence[bytes], known: Known | None) -> Pending:
        """Have a process look at a run."""
        again = Later(run, known, self._group)
        try:
            return _Answer(self._pool.submit(_look, tuple(run), known), again)
        except BrokenProcessPool:
            return again


def _nothing() -> None:
    """The first work of a pool, after which all of its processes run."""
