"""What a board is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tally.entries.envelope import Entry
from tally.report.model import Document
from tally.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A session as it was replayed, at the moment of publication.

    `entries` are those of the whole log in order, `checkpoints` the notes with their sizes, `record` the bytes of
    record.zip of the same log. `day` is the day of publication: what is told only later is left out. With
    `open_record` whoever publishes gives the record to everybody, also where it holds more than the pages tell.
    """

    state: State
    entries: tuple[Entry, ...]
    checkpoints: tuple[tuple[int, bytes], ...]
    record: bytes
    day: date
    open_record: bool = False
    samples: tuple[Document, ...] = ()
    """Reports of samples of the papers, checked against this session."""
