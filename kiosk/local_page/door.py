"""The door of a page: links that open it once, on this machine.

A window that was closed must be opened again, also where nobody sees the terminal in which the station was started.
So a fresh link always lies in a file beside the station's own files, for its owner alone: whoever can read it could
read the station's memory too. A used link is replaced, one that was not used is void as soon as there is a newer one.
"""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kiosk.durable import write_durably
from kiosk.local_page.keys import Keys
from voting_core.errors import InputError

HOST: Final = "127.0.0.1"
"""Pages are for this machine alone; there is no option for another address."""

OPEN_PATH: Final = "/open"


@dataclass
class Door:
    """The door of one page. `port` is the one it listens on, `file` where the next link lies."""

    port: int
    file: Path | None = None
    keys: Keys = field(default_factory=Keys)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def new_link(self) -> str:
        """A link that opens the page once; the one before it is void."""
        with self._lock:
            link = f"http://{HOST}:{self.port}{OPEN_PATH}?token={self.keys.new_token()}"
            if self.file is not None:
                write_durably(self.file, link.encode() + b"\n")
            return link

    def enter(self, token: str) -> str | None:
        """The cookie for whoever has the link, once; None for a wrong or used one. Another link takes its place."""
        with self._lock:
            cookie = self.keys.redeem(token)
        if cookie is not None and self.file is not None:
            self.new_link()
        return cookie

    def close(self) -> None:
        """Take the link away: nobody answers there any more."""
        if self.file is not None:
            self.file.unlink(missing_ok=True)


def read_link(file: Path) -> str:
    """The link that opens the page of a running station.

    Raises:
        InputError: no station runs with these files.
    """
    try:
        return file.read_text("ascii").strip()
    except OSError as error:
        raise InputError(
            str(file), "there is no link: no station with a page runs on these files", "Start the station"
        ) from error
