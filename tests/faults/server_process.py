"""A real server as a process that a test can kill."""

import contextlib
import socket
import subprocess
import sys
from pathlib import Path

import httpx2

from tests.support.patience import patiently


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServerProcess:
    """`serve` on a data directory; can be killed and started again."""

    def __init__(self, data: Path, *options: str, tls: bool = False) -> None:
        self.data = data
        self.port = free_port()
        self._options = options
        self._scheme = "https" if tls else "http"
        self._output = data.with_suffix(".log").open("ab")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"{self._scheme}://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What it has written to its output, over all starts."""
        return self.data.with_suffix(".log")

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [sys.executable, "-m", "api", "serve", "--data", str(self.data), "--port", str(self.port)]
        self._process = subprocess.Popen([*command, *self._options], stdout=self._output, stderr=subprocess.STDOUT)
        for _ in patiently():
            if self._process.poll() is not None:
                raise AssertionError(f"the server ended with {self._process.returncode}: {self.log.read_text()}")
            with contextlib.suppress(httpx2.TransportError):
                if httpx2.get(f"{self.url}/readyz", trust_env=False, verify=False).status_code == 200:
                    return
        raise AssertionError("the server did not start")

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
