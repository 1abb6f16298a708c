"""The log as people read it: lines with who signed what, from the station's own copy.

The copy grows while it is read. What was read once is kept as places in the file, so that a page of lines
costs the same however long the log is.
"""

import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ballots.screen.words import Said
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry, decode_entry
from tally.entry_words import Told, signer_of, tell
from tally.state import State

PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry in words, or a run of ballots of one kind, which say nothing one by one.

    `number` is that of the last entry, `count` how many there are. `moment` is the author's claim in the laptop's own
    time, empty for ballots.
    """

    number: int
    count: int
    type: EntryType
    moment: str
    told: Told
    signers: tuple[Said, ...]


class LogLines:
    """The lines of one copy of the log."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ends: list[int] = []
        self._lock = threading.Lock()

    @property
    def size(self) -> int:
        """How many entries the copy has."""
        with self._lock:
            self._read_on()
            return len(self._ends)

    def entries(self, start: int, stop: int) -> list[Entry]:
        """The entries of a range, as far as they are there."""
        with self._lock:
            self._read_on()
            ends = self._ends[max(start, 0) : stop]
            if not ends:
                return []
            first = self._ends[start - 1] if start > 0 else 0
        with self._path.open("rb") as file:
            file.seek(first)
            data = file.read(ends[-1] - first)
        return [decode_entry(raw) for raw in data.split(b"\n")[:-1]]

    def page(self, state: State, before: int) -> list[LogLine]:
        """The lines below an index, the newest first."""
        start = max(0, before - PER_PAGE)
        entries = self.entries(start, before)
        lines: list[LogLine] = []
        for number, entry in enumerate(entries, start):
            last = lines[-1] if lines else None
            if last is not None and entry.type.is_ballot and last.type is entry.type:
                lines[-1] = replace(last, number=number, count=last.count + 1)
            else:
                lines.append(_line(state, number, entry))
        return lines[::-1]

    def _read_on(self) -> None:
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            end = self._ends[-1] if self._ends else 0
            file.seek(end)
            for line in file:
                # The last line may be half written; it is read the next time.
                if not line.endswith(b"\n"):
                    return
                end += len(line)
                self._ends.append(end)


def _line(state: State, number: int, entry: Entry) -> LogLine:
    if entry.type.is_ballot:
        # A ballot's keys say nothing to a person, and the log does not tell when it was cast.
        return LogLine(number, 1, entry.type, "", tell(state, entry.body), ())
    moment = datetime.fromtimestamp(entry.time, UTC).astimezone().strftime("%H:%M:%S") if entry.time else ""
    signers = tuple(signer_of(state, key) for key in entry.signers)
    return LogLine(number, 1, entry.type, moment, tell(state, entry.body), signers)
