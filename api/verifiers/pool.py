"""The verifiers of one server: started when the first large run comes, watched, started again when one dies.

A verifier that is not there, dies or does not answer costs time and no ballot: the server looks at its run itself.
"""

import contextlib
import fcntl
import logging
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, Final

from api.verifiers.looking import READY
from api.verifiers.wire import read_message, write_message
from tally.replay import Ahead, Known, look_ahead
from voting_core.public import SODIUM, PublicGroup

COMMAND: Final = (sys.executable, "-P", "-m", "api.verifiers")

LONGEST_SECONDS: Final = 60.0
"""How long a verifier may take for one run: a hundred times what the largest takes on a slow machine."""

STOP_SECONDS: Final = 5

PIPE_BYTES: Final = 2**20
"""A run goes through in one piece, so that neither side waits for the other; what the system gives anybody."""

_log = logging.getLogger("plenum.verifiers")

_NO_ANSWER: Final = (OSError, EOFError, TypeError, ValueError)


class Verifier:
    """One process. It is asked by one thread at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        # A session of its own: Ctrl-C at a terminal is for the server, with whose pipe this one ends.
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        self._known: Known | None = None
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError, AttributeError):
                fcntl.fcntl(_pipe(pipe), fcntl.F_SETPIPE_SZ, PIPE_BYTES)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def greet(self) -> bool:
        """Wait until it can be asked; False when it ends before."""
        return _pipe(self._process.stdout).readline() == READY

    def look(self, raws: tuple[bytes, ...], known: Known | None) -> tuple[Ahead, ...]:
        """Have a run looked at. With what ballots are opened travels once for each change of it.

        Raises:
            OSError, EOFError, TypeError, ValueError: it gives no answer.
        """
        watch = threading.Timer(LONGEST_SECONDS, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            write_message(_pipe(self._process.stdin), (None if known == self._known else known, raws))
            found = read_message(_pipe(self._process.stdout))
        finally:
            watch.cancel()
        if not isinstance(found, tuple) or len(found) != len(raws):
            raise ValueError("the answer is about other entries")
        self._known = known or self._known
        return found

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
        self._ready = 0
        self._closed = False
        self._threads = ThreadPoolExecutor(number, thread_name_prefix="verifiers")
        self._starting = ThreadPoolExecutor(number, thread_name_prefix="starting")

    @property
    def ready(self) -> int:
        """How many have started and live, whether they are busy or not."""
        with self._lock:
            return self._ready

    def start(self) -> None:
        """Start those that are missing; nobody waits for them."""
        with self._lock:
            while self._alive < self._number and not self._closed:
                self._alive += 1
                self._starting.submit(self._start)

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes that wait to be asked."""
        with self._lock:
            return tuple(verifier.pid for verifier in self._idle)

    def submit(self, raws: Sequence[bytes], known: Known | None) -> "Future[tuple[Ahead, ...]]":
        """Have a run looked at by one of them, or here."""
        return self._threads.submit(self._look, tuple(raws), known)

    def close(self) -> None:
        """Finish what was asked, and end them all."""
        with self._lock:
            self._closed = True
        self._threads.shutdown()
        self._starting.shutdown()
        while self._idle:
            self._idle.pop().stop()

    def _start(self) -> None:
        try:
            verifier = Verifier(self._command)
        except OSError as error:
            _log.warning("a verifier cannot be started: %s", error.strerror)
            with self._lock:
                self._alive -= 1
            return
        if verifier.greet():
            with self._lock:
                self._idle.append(verifier)
                self._ready += 1
        else:
            self._lost(verifier)

    def _look(self, raws: tuple[bytes, ...], known: Known | None) -> tuple[Ahead, ...]:
        with self._lock:
            verifier = self._idle.pop() if self._idle else None
        if verifier is None:
            return look_ahead(raws, known, self._group)
        try:
            found = verifier.look(raws, known)
        except _NO_ANSWER:
            with self._lock:
                self._ready -= 1
            self._lost(verifier)
            return look_ahead(raws, known, self._group)
        with self._lock:
            self._idle.append(verifier)
        return found

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
