"""The verifiers of one server: started when the first large batch comes, watched, started again when one dies.

A verifier that is not there, dies or does not answer costs time and no ballot: its part is verified by the server.
"""

import contextlib
import logging
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, Final

from api.verifiers.judging import READY, failures_of
from api.verifiers.wire import Failures, read_answer, request_line
from voting_core.argument.statement import Statement
from voting_core.public import SODIUM, PublicGroup

COMMAND: Final = (sys.executable, "-P", "-m", "api.verifiers")

LONGEST_SECONDS: Final = 60.0
"""How long a verifier may take for one part: a hundred times what the largest takes on a slow machine."""

STOP_SECONDS: Final = 5

_log = logging.getLogger("plenum.verifiers")


class Verifier:
    """One process. It is asked by one thread at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        # A session of its own: Ctrl-C at a terminal is for the server, with whose pipe this one ends.
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        self._known: set[bytes] = set()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def greet(self) -> bool:
        """Wait until it can be asked; False when it ends before."""
        return _pipe(self._process.stdout).readline() == READY

    def failures(self, statements: Sequence[Statement]) -> Failures:
        """Have a part verified.

        Raises:
            OSError, TypeError, ValueError: it gives no answer.
        """
        watch = threading.Timer(LONGEST_SECONDS, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            requests = _pipe(self._process.stdin)
            requests.write(request_line(statements, self._known))
            requests.flush()
            failures = read_answer(_pipe(self._process.stdout).readline())
        finally:
            watch.cancel()
        self._known.update(item.context.contest_hash for item in statements)
        return failures

    def stop(self) -> None:
        """End it: politely, then by force."""
        with contextlib.suppress(OSError):
            _pipe(self._process.stdin).close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        _pipe(self._process.stdout).close()


class VerifierPool:
    """`number` verifiers, which use the same backend as the server; that is chosen where both start."""

    def __init__(self, number: int, group: PublicGroup = SODIUM, command: Sequence[str] = COMMAND) -> None:
        self._command = (*command, *((SODIUM.name,) if group is SODIUM else ()))
        self._group = group
        self._number = number
        self._lock = threading.Lock()
        self._idle: list[Verifier] = []
        self._alive = 0
        self._closed = False
        self._threads = ThreadPoolExecutor(number, thread_name_prefix="verifiers")
        self._starting = ThreadPoolExecutor(number, thread_name_prefix="starting")

    @property
    def ready(self) -> int:
        """How many can be asked at once; asking for this starts those that are missing."""
        with self._lock:
            while self._alive < self._number and not self._closed:
                self._alive += 1
                self._starting.submit(self._start)
            return len(self._idle)

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that wait to be asked."""
        with self._lock:
            return tuple(verifier.pid for verifier in self._idle)

    def submit(self, statements: Sequence[Statement]) -> "Future[Failures]":
        """Have a part verified by one of them, or here."""
        return self._threads.submit(self._verify, tuple(statements))

    def close(self) -> None:
        """Finish what was asked, and end them all."""
        with self._lock:
            self._closed = True
        self._threads.shutdown()
        self._starting.shutdown()
        while self._idle:
            self._idle.pop().stop()

    def _start(self) -> None:
        verifier = Verifier(self._command)
        if verifier.greet():
            with self._lock:
                self._idle.append(verifier)
        else:
            self._lost(verifier)

    def _verify(self, statements: tuple[Statement, ...]) -> Failures:
        with self._lock:
            verifier = self._idle.pop() if self._idle else None
        if verifier is None:
            return failures_of(statements, self._group)
        try:
            failures = verifier.failures(statements)
        except (OSError, TypeError, ValueError):
            self._lost(verifier)
            return failures_of(statements, self._group)
        with self._lock:
            self._idle.append(verifier)
        return failures

    def _lost(self, verifier: Verifier) -> None:
        _log.warning("a verifier ended or did not answer; its work is done here, and another one is started")
        with contextlib.suppress(OSError, TypeError):
            verifier.stop()
        with self._lock:
            self._alive -= 1


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise TypeError("this process was started without a pipe")
    return pipe
