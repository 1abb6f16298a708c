"""Writing a record as a stream (SPEC §10).

The same entries, checkpoints and key give the same bytes: zip metadata is constant.
"""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from tally.entries.envelope import decode_entry
from tally.record.manifest import FileInfo, Manifest, manifest_message
from tally.record.members import ENTRIES_PER_PART, MANIFEST_NAME, MAX_MEMBERS, note_name, part_name
from voting_core.codec import canonical
from voting_core.errors import StateError
from voting_core.log.merkle import Frontier, leaf_hash
from voting_core.params import Tag
from voting_core.signing_key import SigningKey

_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_MODE: Final = 0o100644 << 16
_LEVEL: Final = 6


def write_record(
    out: BinaryIO, entries: Iterable[bytes], checkpoints: Iterable[tuple[int, bytes]], service_key: SigningKey
) -> Manifest:
    """Write a record to a binary file and give its manifest.

    `entries` are the canonical bytes of the whole log from its first entry on, `checkpoints` sizes and notes in any
    order. Nothing is verified: a record is what the log is, and the verifier judges it.

    Raises:
        StateError: an empty log, or no checkpoint of the full size.
        VerificationError: the first entry names no session.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        log = _LogWriter(archive)
        log.write(entries)
        notes = _write_notes(archive, checkpoints)
        size = log.frontier.size
        if note_name(size) not in {file.name for file in notes}:
            raise StateError(f"there is no checkpoint of the log's full size {size}")
        files = (*log.files, *notes)
        if len(files) >= MAX_MEMBERS:
            raise StateError(f"a record has at most {MAX_MEMBERS} members; leave out some checkpoints")
        manifest = sign_manifest(
            files, root=log.frontier.root(), session=log.session, size=size, service_key=service_key
        )
        _write_member(archive, MANIFEST_NAME, iter((canonical(manifest.to_json()),)))
    return manifest


def sign_manifest(
    files: tuple[FileInfo, ...], *, root: bytes, session: bytes, size: int, service_key: SigningKey
) -> Manifest:
    """Make the manifest of these files, which are put in the order of their names."""
    ordered = tuple(sorted(files, key=lambda file: file.name))
    message = manifest_message(ordered, root=root, session=session, size=size)
    return Manifest(ordered, root, session, size, service_key.sign(Tag.RECORD, message))


class _LogWriter:
    """The log parts of one archive, while they are written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.files: list[FileInfo] = []
        self.frontier = Frontier.empty()
        self.session = b""

    def write(self, entries: Iterable[bytes]) -> None:
        source = iter(entries)
        first = next(source, None)
        if first is None:
            raise StateError("a log without entries has no record")
        self.session = decode_entry(first).session
        pending: bytes | None = first
        while pending is not None:
            name = part_name(self.frontier.size)
            self.files.append(_write_member(self._archive, name, self._part(pending, source)))
            pending = next(source, None)

    def _part(self, first: bytes, source: Iterator[bytes]) -> Iterator[bytes]:
        yield self._line(first)
        # The part ends at a multiple of its length, so the count of the tree says when.
        while self.frontier.size % ENTRIES_PER_PART:
            entry = next(source, None)
            if entry is None:
                return
            yield self._line(entry)

    def _line(self, entry: bytes) -> bytes:
        if b"\n" in entry:
            raise ValueError("canonical JSON has no line feed")
        self.frontier = self.frontier.append(leaf_hash(entry))
        return entry + b"\n"


def _write_notes(archive: zipfile.ZipFile, checkpoints: Iterable[tuple[int, bytes]]) -> tuple[FileInfo, ...]:
    written: dict[str, FileInfo] = {}
    for size, note in checkpoints:
        name = note_name(size)
        if name in written:
            raise ValueError(f"two checkpoints of size {size}")
        written[name] = _write_member(archive, name, iter((note,)))
    return tuple(written.values())


def _write_member(archive: zipfile.ZipFile, name: str, pieces: Iterator[bytes]) -> FileInfo:
    info = zipfile.ZipInfo(name, _NO_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = _MODE
    sha256, size = hashlib.sha256(), 0
    with archive.open(info, "w") as member:
        for piece in pieces:
            sha256.update(piece)
            size += len(piece)
            member.write(piece)
    return FileInfo(name, sha256.digest(), size)
