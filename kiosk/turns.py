"""Ballots to cast that come as lines: from a file, or from standard input while they are typed or piped.

In place of a screen a kiosk without one takes a line for each delegate's turn.
"""

import queue
import sys
import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from voting_core.errors import InputError

STANDARD_INPUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Turn:
    """A line, and where it stands."""

    line: str
    place: str


class Turns:
    """The turns that have not been taken yet, in their order."""

    def __init__(self, source: str | None) -> None:
        self._waiting: deque[Turn] = deque()
        self._arriving: queue.SimpleQueue[Turn | None] = queue.SimpleQueue()
        self._open = source == STANDARD_INPUT
        if source == STANDARD_INPUT:
            threading.Thread(target=self._read, args=(sys.stdin,), name="turns", daemon=True).start()
        elif source is not None:
            self._waiting.extend(_from_file(Path(source)))

    def take(self) -> list[Turn]:
        """Everything that is there now."""
        while not self._arriving.empty():
            turn = self._arriving.get()
            if turn is None:
                self._open = False
            else:
                self._waiting.append(turn)
        taken = list(self._waiting)
        self._waiting.clear()
        return taken

    def put_back(self, turns: list[Turn]) -> None:
        """Turns for which it was too early."""
        self._waiting.extendleft(reversed(turns))

    @property
    def finished(self) -> bool:
        """Whether no turn is left and none will come."""
        return not self._open and not self._waiting

    def _read(self, stream: TextIO) -> None:
        for number, line in enumerate(stream, 1):
            if line.strip():
                self._arriving.put(Turn(line, f"line {number}"))
        self._arriving.put(None)


def _from_file(path: Path) -> list[Turn]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(path), "the ballots cannot be read", "Give a UTF-8 file with one ballot a line") from error
    return [Turn(line, f"{path.name}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
