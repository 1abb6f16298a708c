"""The public board as a reader sees it: the files that the full server has made."""

import threading
from pathlib import Path

from api.services.boards import CURRENT, FOLDER, Made, Shelved, made_in
from tally.board.audience import Audience


class BoardFiles:
    """The board in a session's folder, looked at again when another one has taken its place."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory / FOLDER
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._made: Made | None = None

    def find(self, audience: Audience, path: str) -> Shelved | None:
        """A file of the public folder; None while nothing is published, and for every other path and audience."""
        if audience is not Audience.PUBLIC:
            return None
        with self._lock:
            seen = self._mark()
            if seen != self._seen:
                self._made, self._seen = made_in(self._directory), seen
            made = self._made
        return None if made is None else made.find(audience, path)

    def _mark(self) -> tuple[int, int] | None:
        """Another value whenever another board is current: the file that says so is always a new one."""
        try:
            found = (self._directory / CURRENT).stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns
