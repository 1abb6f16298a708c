"""The record file of the session (SPEC §10), made once for a log and its cosignatures, however many ask for it.

When a result is published, everybody asks at the same moment. The file is therefore kept until log or cosignatures have
grown, and whoever asks while it is being made waits for that one.
"""

import hashlib
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from api.sequencer.sequencer import Sequencer
from api.services.cosignatures import notes_of_record
from api.store.reader import Reader
from tally.record.write import write_record
from voting_core.errors import StateError
from voting_core.signing_key import SigningKey

_CHUNK: Final = 1 << 16
_KEPT: Final = "record.zip"
"""Beside the database; public, and made again after a restart."""


class RecordShelf:
    """The record of one server, as it was last made."""

    def __init__(self, directory: Path, reader: Reader, sequencer: Sequencer, service_key: SigningKey) -> None:
        self._directory = directory
        self._reader = reader
        self._sequencer = sequencer
        self._service_key = service_key
        self._lock = threading.Lock()
        self._made_of: tuple[int, bytes] | None = None
        self.times_made = 0

    def open(self) -> BinaryIO:
        """Give the record of the log as it is now, open for reading.

        Raises:
            StateError: there is no session yet.
        """
        with self._lock:
            log = self._sequencer.view.log
            if log.session is None:
                raise StateError("there is no session yet, so there is no record")
            path = self._directory / _KEPT
            notes = tuple(notes_of_record(self._reader, log.size))
            made_of = (log.size, hashlib.sha256(b"".join(note for _, note in notes)).digest())
            if made_of != self._made_of or not path.exists():
                self._make(path, log.size, notes)
                self._made_of = made_of
                self.times_made += 1
            # An open file stays what it is when a newer one takes its name.
            return path.open("rb")

    def _make(self, path: Path, size: int, notes: tuple[tuple[int, bytes], ...]) -> None:
        temporary = path.with_name(f".{_KEPT}.part")
        try:
            with temporary.open("w+b") as file:
                write_record(file, self._reader.entries(0, size), notes, self._service_key)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def record_at(reader: Reader, size: int, service_key: SigningKey) -> tuple[tuple[tuple[int, bytes], ...], bytes]:
    """The checkpoints and the record of the log at a size, in memory."""
    notes, file = tuple(notes_of_record(reader, size)), BytesIO()
    write_record(file, reader.entries(0, size), notes, service_key)
    return notes, file.getvalue()


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """The content of the file, which is closed at the end."""
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
