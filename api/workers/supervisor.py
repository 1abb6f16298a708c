"""The readers of a full server: started, watched, started again when one dies, and ended.

Each tells its figures through a socket that is its standard output. What one has counted that has ended stays in the
sum, so that the figures of the whole server never go back.

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

from fastapi import FastAPI

from api.watching.figures import Labels, Observed, summed
from api.watching.processes import ProcessFigures, ReaderFigures
from api.web import SHUTDOWN_SECONDS
from api.workers.door import open_door
from api.workers.handed import Handed
from api.workers.serving import MISFIT
from api.workers.telling import MOST_BYTES

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
        self._ears: dict[int, socket.socket] = {}
        self._told: dict[int, ProcessFigures] = {}
        self._ended: dict[Labels, Observed] = {}
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

    def figures(self) -> ReaderFigures:
        """What they have told, the running ones last a second ago."""
        with self._lock:
            for number in self._ears:
                self._listen(number)
            told = dict(self._told)
            return ReaderFigures(told, summed([self._ended, *(one.requests for one in told.values())]))

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
                process = self._running[number] = self._begin(number)
            status = self._end_of(number, process)
            with self._lock:
                del self._running[number]
                self._listen(number)
                self._ears.pop(number).close()
                if (last := self._told.pop(number, None)) is not None:
                    self._ended = summed([self._ended, last.requests])
            with contextlib.suppress(OSError):
                _pipe(process).close()
            if self._stopping.is_set():
                return
            if status == MISFIT:
                _log.critical("reader %d found the log changed and is not started again; see its message", number)
                return
            _log.error("reader %d ended with %d and is started again", number, status)
            self._stopping.wait(AGAIN_SECONDS)

    def _begin(self, number: int) -> "subprocess.Popen[bytes]":
        ear, mouth = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        ear.setblocking(False)
        self._ears[number] = ear
        # A session of its own: Ctrl-C at a terminal is for the full server, which ends its readers.
        with mouth:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=mouth.fileno(),
                pass_fds=(self._handed.listener,),
                start_new_session=True,
            )
        # One that has ended already is noticed by whoever waits for it.
        with contextlib.suppress(OSError):
            _pipe(process).write(self._handed.line())
            _pipe(process).flush()
        return process

    def _listen(self, number: int) -> None:
        """Take what a reader has told since the last look; called with the lock."""
        with contextlib.suppress(OSError):
            while told := self._ears[number].recv(MOST_BYTES):
                with contextlib.suppress(ValueError):
                    self._told[number] = ProcessFigures.read(told)

    def _end_of(self, number: int, process: "subprocess.Popen[bytes]") -> int:
        """Wait for it; one that was told to end and does not is killed."""
        while not self._stopping.is_set():
            try:
                return process.wait(AGAIN_SECONDS)
            except subprocess.TimeoutExpired:
                # Otherwise what is told would wait, and be old when somebody asks.
                with self._lock:
                    self._listen(number)
        try:
            return process.wait(SHUTDOWN_SECONDS + 2)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


@contextlib.asynccontextmanager
async def with_readers(app: FastAPI, door: socket.socket, readers: Readers) -> AsyncIterator[None]:
    """Open the door of an application and run the readers, which go first at the end: none is left alone."""
    app.state.reader_figures = readers.figures
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
