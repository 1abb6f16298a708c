"""The kiosk's browser: Chromium over the whole screen, from which no way leads to the desktop, a file or another host.

Its profile is a private folder that is made for each start and removed after it: no history, no cache, nothing typed.
What flags cannot switch off (developer tools, printing, downloads) is switched off by the machine's policy, which
`docs/kiosk-setup.md` installs.
"""

import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from voting_core.errors import InputError

PROGRAMS: Final = ("chromium", "chromium-browser")
"""What Debian and its relatives call it."""

AGAIN_SECONDS: Final = 2.0
"""Between two starts of a browser that ended: soon enough for a queue, and no busy loop where it cannot start."""

STOP_SECONDS: Final = 10

_FLAGS: Final = (
    "--kiosk",
    "--incognito",
    "--no-first-run",
    "--no-default-browser-check",
    "--noerrdialogs",
    "--disable-infobars",
    "--disable-session-crashed-bubble",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-pinch",
    "--overscroll-history-navigation=0",
    "--disable-features=Translate,OverscrollHistoryNavigation,MediaRouter,AutofillServerCommunication",
    "--password-store=basic",
    "--block-new-web-contents",
    # The camera is for the page of this machine, and the next flag leaves no other page.
    "--auto-accept-camera-and-microphone-capture",
    "--host-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--lang=zh-CN",
)

Start = Callable[[Sequence[str]], "subprocess.Popen[bytes]"]


def command_of(program: str, profile: Path, link: str) -> list[str]:
    """How Chromium is called. `link` opens the page once: whoever sees it in the list of processes comes too late."""
    return [program, *_FLAGS, f"--user-data-dir={profile}", link]


def find_program() -> str:
    """The browser of this machine.

    Raises:
        InputError: there is none.
    """
    found = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if found is None:
        raise InputError("--fullscreen", "there is no Chromium on this machine", "Run: apt install chromium")
    return found


class Fullscreen:
    """The browser at work, started again whenever it ends, until :meth:`close`. `link` gives a link that opens once."""

    def __init__(
        self, program: str, link: Callable[[], str], start: Start = subprocess.Popen, pause: float = AGAIN_SECONDS
    ) -> None:
        self._program = program
        self._link = link
        self._start = start
        self._pause = pause
        self._stop = threading.Event()
        self._running: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, name="browser", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the browser, and remove what it kept."""
        self._stop.set()
        running = self._running
        if running is not None and running.poll() is None:
            running.terminate()
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._stop.is_set():
            with tempfile.TemporaryDirectory(prefix="plenum-kiosk-", ignore_cleanup_errors=True) as profile:
                self._running = self._start(command_of(self._program, Path(profile), self._link()))
                if self._stop.is_set():
                    self._running.terminate()
                self._running.wait()
            self._stop.wait(self._pause)
