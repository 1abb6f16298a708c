"""Reading a record as a stream: one entry in memory at a time (SPEC §10).

The reader checks the file (V1.A to V1.C); what the entries say is for replay. Every problem goes to `complain`, which
by default raises it; an auditor passes one that keeps it, and reading goes on with what is left.
"""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO, Final, NoReturn

from tally.record.archive import Archive, Complain, NotARecord
from tally.record.manifest import FileInfo, Manifest, parse_manifest
from tally.record.members import (
    ENTRIES_PER_PART,
    MANIFEST_NAME,
    MAX_LINE_BYTES,
    note_size,
    part_index,
    part_name,
)
from voting_core.errors import VerificationError

__all__ = ["NotARecord", "RecordReader", "raise_finding"]

_LINE_FEED: Final = b"\n"


def raise_finding(finding: VerificationError) -> NoReturn:
    """The `complain` of readers that want a record without a flaw."""
    raise finding


class RecordReader:
    """A record in a seekable binary file, which stays open as long as the reader is used.

    `manifest` is None where it could not be read; its signature is checked by whoever knows the service key.
    """

    __slots__ = ("_archive", "_complain", "_expected", "manifest")

    def __init__(self, source: BinaryIO, complain: Complain = raise_finding) -> None:
        """Open a record and compare its members with its manifest.

        Raises:
            NotARecord: the file is no record at all.
            VerificationError: V1.A, V1.B, V1.C, whatever `complain` raises.
        """
        self._complain = complain
        self._archive = Archive(source, complain)
        self.manifest: Manifest | None = self._read_manifest()
        self._expected: dict[str, FileInfo] = {file.name: file for file in self.manifest.files} if self.manifest else {}
        if self.manifest is not None:
            self._compare_names()

    @property
    def members(self) -> int:
        """How many members the archive has that a record may have."""
        return len(self._archive.names)

    @property
    def total_bytes(self) -> int:
        """The unpacked size of all log parts, for progress."""
        return sum(self._archive.size(name) for name in self._archive.names if part_index(name) is not None)

    def entries(self) -> Iterator[bytes]:
        """Give the entries' bytes in order, without their line feeds.

        Raises:
            VerificationError: V1.A, V1.C, whatever `complain` raises.
        """
        parts = [name for name in self._archive.names if part_index(name) is not None]
        for number, name in enumerate(parts):
            if name != part_name(number * ENTRIES_PER_PART):
                # Entries after a gap have other indices than they say; replaying them would only bury this finding.
                self._refuse("V1.A", name, f"follows a gap: {part_name(number * ENTRIES_PER_PART)} is not there")
                return
            lines = 0
            for line in self._lines(name):
                lines += 1
                yield line
            if lines > ENTRIES_PER_PART or lines == 0 or (lines < ENTRIES_PER_PART and number + 1 < len(parts)):
                self._refuse("V1.A", name, f"holds {lines} entries, not {ENTRIES_PER_PART}")

    def checkpoints(self) -> Iterator[tuple[int, bytes]]:
        """Give the size in the name of each checkpoint and its note, in ascending order.

        Raises:
            VerificationError: V1.A, V1.C, whatever `complain` raises.
        """
        for name in self._archive.names:
            size = note_size(name)
            if size is not None:
                yield size, b"".join(self._hashed(name))

    def _read_manifest(self) -> Manifest | None:
        if MANIFEST_NAME not in self._archive.names:
            return None  # it was there, and was complained about
        try:
            return parse_manifest(self._archive.read(MANIFEST_NAME))
        except VerificationError as error:
            self._complain(error)
            return None

    def _compare_names(self) -> None:
        found = {name for name in self._archive.names if name != MANIFEST_NAME}
        for name in sorted(found - self._expected.keys()):
            self._refuse("V1.C", name, "is not in the manifest")
        for name in sorted(self._expected.keys() - found):
            self._refuse("V1.C", name, "is in the manifest but not in the archive")

    def _hashed(self, name: str) -> Iterator[bytes]:
        """Give the pieces of a member, then compare size and hash with the manifest."""
        sha256, size = hashlib.sha256(), 0
        for piece in self._archive.pieces(name):
            sha256.update(piece)
            size += len(piece)
            yield piece
        expected = self._expected.get(name)
        if expected is not None and (size, sha256.digest()) != (expected.size, expected.sha256):
            claimed, found = expected.sha256.hex()[:16], sha256.hexdigest()[:16]
            message = f"has {size} bytes and SHA-256 {found}, the manifest says {expected.size} and {claimed}"
            self._refuse("V1.C", name, message)

    def _lines(self, name: str) -> Iterator[bytes]:
        rest = b""
        for piece in self._hashed(name):
            *lines, rest = (rest + piece).split(_LINE_FEED)
            for line in lines:
                if len(line) > MAX_LINE_BYTES:
                    self._refuse("V1.A", name, f"has a line of {len(line)} bytes, at most {MAX_LINE_BYTES} are allowed")
                else:
                    yield line
            if len(rest) > MAX_LINE_BYTES:
                self._refuse("V1.A", name, f"has a line of more than {MAX_LINE_BYTES} bytes")
                return
        if rest:
            self._refuse("V1.A", name, "does not end with a line feed")
            yield rest

    def _refuse(self, code: str, name: str, problem: str) -> None:
        self._complain(VerificationError(code, f"{name} {problem}", (name,)))
