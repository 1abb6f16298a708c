"""The record file of the session, made for one download (SPEC §10)."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from api.service import Service
from api.services.cosignatures import full_note
from tally.record.write import write_record
from voting_core.errors import StateError

_CHUNK: Final = 1 << 16


def make_record(service: Service) -> BinaryIO:
    """Write the record of the log as it is now to a temporary file without a name, and give it, rewound.

    Raises:
        StateError: there is no session yet.
    """
    log = service.sequencer.view.log
    if log.session is None:
        raise StateError("there is no session yet, so there is no record")
    file = TemporaryFile(dir=service.settings.directory)  # noqa: SIM115 - the answer closes it when it is sent
    try:
        write_record(file, service.reader.entries(0, log.size), _notes(service, log.size), service.keys.service)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """The content of the file, which is closed at the end."""
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _notes(service: Service, size: int) -> Iterator[tuple[int, bytes]]:
    """The cosigned checkpoints, and the one of the full size with or without cosignatures."""
    for wanted in sorted({*service.reader.cosigned_sizes(), size}):
        stored = service.reader.checkpoint(wanted) if wanted <= size else None
        if stored is not None:
            yield wanted, full_note(stored)
