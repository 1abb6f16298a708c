"""The readers of a full server: started, watched, started again when one dies, and ended.

A reader that found that the log does not fit its checkpoint is not started again; the full server goes on alone.
"""

import asyncio
import contextlib
import logging
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Sequence
from typing import IO, Final

from starlette.types import ASGIApp

from api.web import SHUTDOWN_SECONDS
from api.workers.door import open_door
from api.workers.handed import Handed
from api.workers.serving import MISFIT

AGAIN_SECONDS: Final = 1.0
"""Before a reader that died is started again: one that cannot start would otherwise keep a processor busy."""

COMMAND: Final = (sys.executable, "-P", "-m", "api.workers")

_log = logging.getLogger("plenum.workers")


class Readers:
    """`number` reader processes, each watched by a thread."""

    def __init__(self, handed: Handed, number: int, command: Sequence[str] = COMMAND) -> None:
        self._handed = handed
        self._command = tuple(command)
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._threads = [threading.Thread(target=self._watch, args=(one,), daemon=True) for one in range(1, number + 1)]

    def start(self) -> None:
        """Start them all."""
        for thread in self._threads:
            thread.start()

    @property
    def pids(self) -> dict[int, int]:
        """The processes that run, by the reader's number."""
        with self._lock:
            return {number: process.pid for number, process in self._running.items()}

    def stop(self) -> None:
        """End them, letting what is open finish."""
        self._stopping.set()
        with self._lock:
            for process in self._running.values():
                process.terminate()
        for thread in self._threads:
            thread.join()

    def _watch(self, number: int) -> None:
        while True:
            with self._lock:
                if self._stopping.is_set():
                    return
                process = self._running[number] = self._begin()
            status = self._end_of(process)
            with self._lock:
                del self._running[number]
            with contextlib.suppress(OSError):
                _pipe(process).close()
            if self._stopping.is_set():
                return
            if status == MISFIT:
                _log.critical("reader %d found the log changed and is not started again; see its message", number)
                return
            _log.error("reader %d ended with %d and is started again", number, status)
            self._stopping.wait(AGAIN_SECONDS)

    def _begin(self) -> "subprocess.Popen[bytes]":
        # A session of its own: Ctrl-C at a terminal is for the full server, which ends its readers.
        process = subprocess.Popen(
            self._command, stdin=subprocess.PIPE, pass_fds=(self._handed.listener,), start_new_session=True
        )
        # One that has ended already is noticed by whoever waits for it.
        with contextlib.suppress(OSError):
            _pipe(process).write(self._handed.line())
            _pipe(process).flush()
        return process

    def _end_of(self, process: "subprocess.Popen[bytes]") -> int:
        """Wait for it; one that was told to end and does not is killed."""
        while not self._stopping.is_set():
            try:
                return process.wait(AGAIN_SECONDS)
            except subprocess.TimeoutExpired:
                continue
        try:
            return process.wait(SHUTDOWN_SECONDS + 2)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


@contextlib.asynccontextmanager
async def with_readers(app: ASGIApp, door: socket.socket, readers: Readers) -> AsyncIterator[None]:
    """Open the door of an application and run the readers, which go first at the end: none is left alone."""
    async with open_door(app, door):
        readers.start()
        try:
            yield
        finally:
            await asyncio.to_thread(readers.stop)


def _pipe(process: "subprocess.Popen[bytes]") -> IO[bytes]:
    """What a reader is told through; that it ends tells it that the full server has."""
    if process.stdin is None:
        raise TypeError("this process was started without a pipe")
    return process.stdin
