"""The ZIP archive of a record, opened without trusting it (SPEC §10.1).

* Its directory is measured before it is read, and every member before it is unpacked; a file of a few megabytes cannot
  fill memory or disk.
* Names are compared with the few that are allowed; nothing is ever written to a path, so no name can escape.
* Content is given in pieces, hashed on the way.
"""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from tally.record.members import MANIFEST_NAME, MAX_MEMBERS, size_limit
from voting_core.errors import InputError, VerificationError

Complain = Callable[[VerificationError], None]
"""Takes a finding; may raise it, or keep it so that reading goes on."""

PIECE_BYTES: Final = 65_536
MAX_DIRECTORY_BYTES: Final = MAX_MEMBERS * 128
MAX_RATIO: Final = 200
"""Logs are keys, points and signatures in text, which deflate to two thirds; contests with much text to a tenth."""

RATIO_FREE_BYTES: Final = 1_048_576
"""Smaller members may be as regular as they like."""

_END: Final = b"PK\x05\x06"
_END_BYTES: Final = 22
_LONGEST_COMMENT: Final = 65_535
_LOCATOR: Final = b"PK\x06\x07"
_LOCATOR_BYTES: Final = 20
_END64_BYTES: Final = 56
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    ValueError,
)
_ENCRYPTED: Final = 0x1
_WHICH_FILE: Final = "Name a record.zip that Plenum wrote"
_START: Final = b"PK\x03\x04"
_FILE_TYPE_SHIFT: Final = 28
_REGULAR: Final = (0, 0o10)


class NotARecord(InputError):
    """The file is no record at all: not a ZIP archive, or one without a manifest."""

    def __init__(self, problem: str, *, place: str = "record", remedy: str = _WHICH_FILE) -> None:
        super().__init__(place, problem, remedy)


class Archive:
    """The allowed members of an archive. What is not allowed was complained about and is not in :attr:`names`."""

    __slots__ = ("_complain", "_members", "_zip")

    def __init__(self, source: BinaryIO, complain: Complain) -> None:
        """Open an archive.

        Raises:
            NotARecord: not an archive, or without a manifest.
            VerificationError: V1.A, whatever `complain` raises.
        """
        self._complain = complain
        _measure_directory(source)
        try:
            self._zip = zipfile.ZipFile(source)
        except (*_DAMAGED, OSError):
            raise NotARecord("is not a ZIP archive") from None
        self._members: dict[str, zipfile.ZipInfo] = {}
        infos = self._zip.infolist()
        if all(info.orig_filename != MANIFEST_NAME for info in infos):
            raise NotARecord(f"is an archive without {MANIFEST_NAME}")
        if len(infos) > MAX_MEMBERS:
            self._refuse("the archive", f"has {len(infos)} members, at most {MAX_MEMBERS} are allowed")
        for info in infos[:MAX_MEMBERS]:
            self._add(info)

    @property
    def names(self) -> tuple[str, ...]:
        """The allowed members, in the order of their names."""
        return tuple(sorted(self._members))

    def size(self, name: str) -> int:
        """The bytes of a member when unpacked, as the directory says; reading gives never more."""
        return self._members[name].file_size

    def pieces(self, name: str) -> Iterator[bytes]:
        """Give the content of a member piece by piece. A damaged member is complained about and ends early."""
        try:
            with self._zip.open(self._members[name]) as member:
                while piece := member.read(PIECE_BYTES):
                    yield piece
        except _DAMAGED as error:
            self._refuse(name, f"is damaged ({error})")

    def read(self, name: str) -> bytes:
        """Give the whole content of a member whose limit is small."""
        return b"".join(self.pieces(name))

    def _add(self, info: zipfile.ZipInfo) -> None:
        # What zipfile makes of a name is not the name: it cuts it at a zero byte, for one.
        name = info.orig_filename
        limit = size_limit(name)
        shown = name[:60].encode("unicode_escape").decode("ascii")
        if limit is None or name != info.filename:
            self._refuse(shown, "is not a member of a record")
        elif name in self._members:
            self._refuse(shown, "is there twice")
        elif problem := _problem(info, limit):
            self._refuse(shown, problem)
        else:
            self._members[name] = info

    def _refuse(self, name: str, problem: str) -> None:
        self._complain(VerificationError("V1.A", f"{name} {problem}", (name,)))


def _problem(info: zipfile.ZipInfo, limit: int) -> str:
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted"
    # The upper half of the attributes is a Unix mode where one was written; links and devices are no files.
    if info.external_attr >> _FILE_TYPE_SHIFT not in _REGULAR:
        return "is not a regular file"
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return f"is compressed by method {info.compress_type}, only stored and deflated are allowed"
    if info.file_size > limit:
        return f"has {info.file_size} bytes, at most {limit} are allowed"
    if info.file_size > RATIO_FREE_BYTES and info.file_size > MAX_RATIO * info.compress_size:
        return f"unpacks {info.compress_size} bytes to {info.file_size}, more than {MAX_RATIO} times"
    return ""


def _measure_directory(source: BinaryIO) -> None:
    """Refuse an archive whose directory is too large to be read; zipfile would load all of it."""
    try:
        length = source.seek(0, 2)
        source.seek(0)
        beginning = source.read(len(_START))
        source.seek(max(0, length - _END_BYTES - _LONGEST_COMMENT))
        tail = source.read(_END_BYTES + _LONGEST_COMMENT)
        source.seek(0)
    except (OSError, ValueError):
        raise NotARecord("cannot be read from any place in it, as an archive must be") from None
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_BYTES:
        if beginning == _START:
            raise NotARecord("is a ZIP archive whose end is missing", remedy="Copy or download it again")
        raise NotARecord("is not a ZIP archive")
    sizes = [int.from_bytes(tail[at + 12 : at + 16], "little")]
    locator = tail[at - _LOCATOR_BYTES : at] if at >= _LOCATOR_BYTES else b""
    if locator.startswith(_LOCATOR):
        # Large archives say their sizes a second time. Readers differ in where they look for it, so both places count.
        end = max(0, length - len(tail)) + at - _LOCATOR_BYTES
        for start in (end - _END64_BYTES, int.from_bytes(locator[8:16], "little")):
            sizes.append(_directory_size(source, start, length))
    if max(sizes) > MAX_DIRECTORY_BYTES:
        raise NotARecord(f"has a directory of {max(sizes)} bytes, at most {MAX_DIRECTORY_BYTES} are read")


def _directory_size(source: BinaryIO, start: int, length: int) -> int:
    if not 0 <= start < length:
        return 0
    source.seek(start)
    record = source.read(_END64_BYTES)
    source.seek(0)
    return int.from_bytes(record[40:48], "little")
