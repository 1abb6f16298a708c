"""The real processes of a demonstration: server, kiosks, scrutineers' stations; each with a log file of its own."""

import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from voting_core.errors import FatalError

PLENUM = (sys.executable, "-c", "from tally.cli import main; main()")
"""The command `plenum` of this installation, also where its script is not on the path."""

STOP_SECONDS = 10
"""How long a process may take to stop by itself."""

TAIL_LINES = 20
"""How much of a log is shown when its process fails."""


def free_port() -> int:
    """A port of the loopback address that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Processes:
    """A group of `plenum` processes that end with the block they are used in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in reversed(tuple(self._running)):
            self.stop(name)

    def log(self, name: str) -> Path:
        """The log file of a process."""
        return self._folder / f"{name}.log"

    def start(self, name: str, arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
        """Start `plenum ARGUMENTS...`; its output goes to the log file."""
        with self.log(name).open("ab") as log:
            self._running[name] = subprocess.Popen(
                [*PLENUM, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=None if environment is None else dict(environment),
            )

    def pid(self, name: str) -> int:
        """The number of a running process."""
        return self._running[name].pid

    def check(self) -> None:
        """Raise FatalError when a process ended with an error, with the end of its log."""
        for name, process in self._running.items():
            code = process.poll()
            if code:
                tail = self.log(name).read_text(encoding="utf-8", errors="replace").splitlines()[-TAIL_LINES:]
                raise FatalError(f"{name} ended with code {code}:\n" + "\n".join(tail))

    def stop(self, name: str) -> None:
        """Stop a process: politely, then by force."""
        process = self._running.pop(name)
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def wait(self, name: str, seconds: float) -> None:
        """Wait until a process has ended by itself.

        Raises:
            FatalError: it ended with an error, or not in time.
        """
        try:
            self._running[name].wait(seconds)
        except subprocess.TimeoutExpired:
            raise FatalError(f"{name} has not finished after {seconds:.0f} s; see {self.log(name)}") from None
        self.check()
        del self._running[name]
