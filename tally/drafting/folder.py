"""A whole folder at once: from files that are uploaded, from a zip, and to a zip for another server.

A folder is taken as a whole or not at all, and only when it is a session without a problem: what came from elsewhere
is not for half of it to be mended here.
"""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from tally.drafting.session_text import Files
from tally.drafting.survey import survey
from tally.plan.problems import Problems, shown
from tally.plan.source import SESSION_FILE, is_plain_name
from tally.plan.table import MAX_FILE_BYTES
from voting_core.errors import InputError

MAX_FILES: Final = 80
"""session.toml, the roll with its changes, a table for each of 32 contests, and as many rule sets."""

MAX_ZIP_BYTES: Final = 16 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 48 * 1024 * 1024
"""The tables of the largest session take 10 MB as text."""

_SUFFIXES: Final = (".toml", ".csv", ".xlsx")
_LEFT_OUT: Final = ("__MACOSX/", "Thumbs.db", ".DS_Store", "desktop.ini")
_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The same folder gives the same bytes, whenever it is packed."""

_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ValueError,
    OSError,
    NotImplementedError,
    RuntimeError,
    EOFError,
)
"""What the library raises for an archive that is none or was damaged: each part of it by an error of its own."""
_UTF8: Final = 0x800
_ENCRYPTED: Final = 0x1


def folder_zip(files: Files) -> bytes:
    """The folder as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, _DAY)
            member.external_attr = 0o644 << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, files[name])
    return out.getvalue()


def folder_of_zip(data: bytes) -> Files:
    """The folder in a zip, of which one folder around the files is taken off.

    Raises:
        InputError: it is no zip, is too large, or holds what is no file of a session.
        InputErrors: the session in it has problems.
    """
    if len(data) > MAX_ZIP_BYTES:
        raise InputError("zip", f"has {len(data)} bytes", f"At most {MAX_ZIP_BYTES} are read")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = list(_members(archive))
    except _BROKEN as error:
        raise InputError("zip", "cannot be unpacked", "Pack the folder again as an ordinary zip") from error
    return folder_of(_without_top(files))


def folder_of(uploaded: Iterable[tuple[str, bytes]]) -> Files:
    """The folder made of these files.

    Raises:
        InputError: something is no file of a session, or comes twice.
        InputErrors: the session has problems.
    """
    files: dict[str, bytes] = {}
    for name, data in uploaded:
        if not is_plain_name(name) or not name.lower().endswith(_SUFFIXES):
            raise InputError("folder", f"{shown(name)} is no file of a session", f"Keep {SESSION_FILE} and its tables")
        if name in files:
            raise InputError("folder", f"{shown(name)} comes twice", "Send each file once")
        if len(data) > MAX_FILE_BYTES:
            raise InputError(name, f"has {len(data)} bytes, at most {MAX_FILE_BYTES} are read", "Shorten it")
        files[name] = data
        if len(files) > MAX_FILES:
            raise InputError("folder", f"has more than {MAX_FILES} files", f"Keep {SESSION_FILE} and its tables")
    problems = Problems()
    for problem in survey(files).problems:
        problems.add(problem.place, problem.problem, problem.remedy)
    problems.refuse()
    return files


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    members = [m for m in archive.infolist() if not m.is_dir() and not _left_out(m.filename)]
    if len(members) > MAX_FILES:
        raise InputError("zip", f"has {len(members)} files", f"Keep {SESSION_FILE} and its tables")
    left = MAX_UNPACKED_BYTES
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise InputError("zip", "has a password", "Pack the folder without one")
        # What the archive says about sizes is not to be believed; reading stops where the limit is.
        with archive.open(member) as stream:
            data = stream.read(left + 1)
        left -= len(data)
        if left < 0:
            raise InputError("zip", f"unpacks to more than {MAX_UNPACKED_BYTES} bytes", "Keep only the tables in it")
        yield _name_of(member), data


def _name_of(member: zipfile.ZipInfo) -> str:
    """The name as it was typed: Windows packs Chinese names in GBK without saying so."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def _without_top(files: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    tops = {name.partition("/")[0] for name, _ in files}
    if len(tops) == 1 and all("/" in name for name, _ in files):
        return [(name.partition("/")[2], data) for name, data in files]
    return files


def _left_out(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rpartition("/")[2] in _LEFT_OUT
