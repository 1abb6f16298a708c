"""A disk that a test fills: a real one in memory (tmpfs), where the tests may mount one (as root).

Elsewhere the machine of the server only behaves so (:mod:`tests.faults.troubles`).
"""

import subprocess
from pathlib import Path

import pytest

from tests.faults.server_process import ServerProcess
from tests.faults.troubles import Troubles


class SmallDisk:
    """A disk of some megabytes."""

    def __init__(self, path: Path, megabytes: int) -> None:
        self.path = path
        self._stuffing = path / "stuffing"
        path.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "tmpfs", str(path)]
        self.is_real = subprocess.run(mount, capture_output=True, check=False).returncode == 0

    def fill(self, server: ServerProcess) -> None:
        """Leave no room on it, or let its server believe so."""
        if not self.is_real:
            server.trouble(Troubles(full=True))
            return
        with pytest.raises(OSError, match="No space left"):
            self._stuff()

    def _stuff(self) -> None:
        with self._stuffing.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4_096))

    def free(self, server: ServerProcess) -> None:
        """Make room."""
        server.trouble(Troubles())
        self._stuffing.unlink(missing_ok=True)

    def close(self) -> None:
        """Take it away."""
        if self.is_real:
            subprocess.run(["umount", "--lazy", str(self.path)], check=True)
