"""A real server as a process that a test can kill."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import httpx2

from tests.faults.troubles import Troubles
from tests.support.patience import PATIENCE, patiently


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServerNursery:
    """A process that has imported what servers need, and becomes one whenever it is asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server_nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, **wish: object) -> Any:
        """Ask for something (:mod:`tests.faults.server_nursery`)."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._lock:
            self._process.stdin.write(json.dumps(wish) + "\n")
            self._process.stdin.flush()
            return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """End it, and every server of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)
        self._process.stdout.close()


class ServerProcess:
    """`serve` on a data directory; can be killed and started again.

    With a `nursery` it starts at once, and its machine can have troubles.
    """

    def __init__(self, data: Path, *options: str, tls: bool = False, nursery: ServerNursery | None = None) -> None:
        self.data = data
        self.port = free_port()
        self._options = options
        self._scheme = "https" if tls else "http"
        self._output = data.with_suffix(".log").open("ab")
        self._process: subprocess.Popen[bytes] | NurseryChild | None = None
        self._nursery = nursery

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{self._scheme}://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What it has written to its output, over all starts."""
        return self.data.with_suffix(".log")

    @property
    def pid(self) -> int:
        """The process that runs."""
        assert self._process is not None
        return self._process.pid

    def trouble(self, troubles: Troubles) -> None:
        """Let its machine have these troubles, and no others, from now on."""
        troubles.write(self._troubles)

    @property
    def _troubles(self) -> Path:
        return self.data.with_suffix(".troubles")

    def begin(self) -> None:
        """Start without waiting until it answers."""
        arguments = ["serve", "--data", str(self.data), "--port", str(self.port), *self._options]
        if self._nursery is not None:
            self._process = NurseryChild(self._nursery, arguments, self.log, self._troubles)
        else:
            command = [sys.executable, "-m", "api", *arguments]
            self._process = subprocess.Popen(command, stdout=self._output, stderr=subprocess.STDOUT)

    def start(self) -> None:
        """Start and wait until it answers."""
        self.begin()
        self.await_ready()

    def await_ready(self) -> None:
        """Wait until it takes ballots."""
        assert self._process is not None
        for _ in patiently():
            status = self._process.poll()
            if status is not None:
                raise AssertionError(f"the server ended with {status}: {self.log.read_text()}")
            with contextlib.suppress(httpx2.TransportError):
                if httpx2.get(f"{self.url}/readyz", trust_env=False, verify=False).status_code == 200:
                    return
        raise AssertionError("the server did not start")

    def wait(self) -> int:
        """Wait until it ends by itself; gives its exit status."""
        assert self._process is not None
        status = self._process.wait()
        self._process = None
        return status

    def kill(self) -> None:
        """End it as a power failure would: with SIGKILL."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """Kill it for good."""
        self.kill()
        self._output.close()


class NurseryChild:
    """A server that came out of a nursery."""

    def __init__(self, nursery: ServerNursery, arguments: list[str], output: Path, troubles: Path) -> None:
        self._nursery = nursery
        self.pid = int(nursery.ask(arguments=arguments, output=str(output), troubles=str(troubles)))

    def poll(self) -> int | None:
        """Its exit status, or None while it runs."""
        status: int | None = self._nursery.ask(ended=self.pid)
        return status

    def wait(self) -> int:
        """Wait until it ends; gives its exit status."""
        return int(self._nursery.ask(wait=self.pid))

    def kill(self) -> None:
        """End it with SIGKILL."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)
