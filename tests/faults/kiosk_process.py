"""A real kiosk as a process that a test can kill, and the browser in front of it."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

import httpx2

from kiosk.kiosk_page.app import AT_ONCE
from tests.support.patience import PATIENCE, patiently

WELCOME: Final = "请出示表决卡"


class KioskProcess:
    """`plenum kiosk --page` on the files in a folder; can be killed and started again."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.keys = folder / "kiosk.json"
        self.receipts = folder / "receipts"
        self.output = folder / "kiosk.log"
        self._arguments = arguments
        self._process = 0
        self._kills = threading.Lock()
        self._nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.kiosk_nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self) -> None:
        """Start a kiosk; it is a moment before it shows anything."""
        self.keys.with_suffix(".link").unlink(missing_ok=True)
        options = ["--keys", str(self.keys), "--receipts", str(self.receipts), "--page", "--poll", "0.05"]
        arguments = ["kiosk", *options, *self._arguments]
        self._say({"arguments": arguments, "output": str(self.output)})
        self._process = int(self._hear())

    def kill(self) -> None:
        """End it as a power failure would. Whoever comes second does nothing."""
        with self._kills:
            if self._process:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self._process, signal.SIGKILL)
                self._process = 0
                status = int(self._hear())
                assert status == -signal.SIGKILL, f"the kiosk ended with {status}: {self.output.read_text()}"

    @property
    def is_running(self) -> bool:
        """Whether it was started and not killed since."""
        with self._kills:
            return self._process != 0

    def browser(self) -> "Browser":
        """Open the page of the kiosk as soon as there is one."""
        link = self.keys.with_suffix(".link")
        for _ in patiently(0.01):
            with contextlib.suppress(FileNotFoundError, httpx2.TransportError):
                return Browser(link.read_text("ascii").strip())
        raise AssertionError(f"the kiosk did not start: {self.output.read_text()}")

    def close(self) -> None:
        """Kill it for good."""
        self.kill()
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.close()
        self._nursery.wait(PATIENCE)
        self._nursery.stdout.close()

    def _say(self, wanted: dict[str, object]) -> None:
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(json.dumps(wanted) + "\n")
        self._nursery.stdin.flush()

    def _hear(self) -> str:
        assert self._nursery.stdout is not None
        return self._nursery.stdout.readline()


class Browser:
    """The browser of the kiosk: it knows the page that is shown, and presses what is on it."""

    def __init__(self, link: str) -> None:
        base = link.partition("/open")[0]
        self.http = httpx2.Client(trust_env=False, base_url=base, follow_redirects=True, timeout=PATIENCE)
        self.http.headers["Origin"] = base
        self.text = self.http.get(link).text

    def await_welcome(self) -> None:
        """Wait until the kiosk takes cards."""
        for _ in patiently(0.01):
            if WELCOME in self.text:
                return
            self.text = self.http.get("/").text
        raise AssertionError(f"the kiosk takes no cards: {self.text}")

    def press(self, path: str, **fields: str) -> str:
        """Press a button; gives the page that comes back.

        Raises:
            httpx2.TransportError: the kiosk is gone.
        """
        stamps = dict(re.findall(r'name="(csrf|serial)" value="([^"]+)"', self.text))
        self.text = self.http.post(path, data={**stamps, **fields}, headers={AT_ONCE: "1"}).text
        return self.text

    @property
    def code(self) -> str:
        """The confirmation code on the screen."""
        return "-".join(re.findall(r"<span>([0-9A-Z]{4})</span>", self.text))
