"""The file of a backup: a ZIP archive that any machine can look into.

    manifest.json    what it is of: format, revision of the tables, session, size and root of the log, SHA-256 of the
                     database
    session.sqlite3  all tables, whichever database the session has
    keys.json        the server's secret files under a passphrase; absent from a backup without keys

The manifest is not signed: a backup is believed because its log replays to a checkpoint signed by the log key.
"""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from voting_core.codec import Fields, canonical, parse_canonical
from voting_core.errors import EncodingError, InputError

FORMAT: Final = "plenum-backup-1"
MANIFEST: Final = "manifest.json"
DATABASE: Final = "session.sqlite3"
KEYS: Final = "keys.json"

MAX_MANIFEST_BYTES: Final = 10_000
MAX_KEYS_BYTES: Final = 200_000
MAX_DATABASE_BYTES: Final = 16_000_000_000
"""A session of 20,000 people and 32 contests of 60 rows has 13 GB of ballots; a file that unfolds to more is none."""

_CHUNK: Final = 1 << 20
_FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The archive tells no time; the file system tells when the backup was made."""


_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, struct.error)
"""What the library raises for an archive that was damaged: each part of it by an error of its own."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is of. `session` is empty when there was no session yet."""

    revision: str
    session: str
    size: int
    root: str
    sha256: str

    def encode(self) -> bytes:
        """The bytes of `manifest.json`."""
        return canonical(
            {
                "format": FORMAT,
                "revision": self.revision,
                "root": self.root,
                "session": self.session,
                "sha256": self.sha256,
                "size": self.size,
            }
        )


def read_manifest(data: bytes) -> Manifest:
    """Read `manifest.json`.

    Raises:
        EncodingError: it is not of this form.
    """
    fields = Fields(parse_canonical(data, "manifest", MAX_MANIFEST_BYTES), "manifest")
    fields.choice("format", (FORMAT,))
    manifest = Manifest(
        revision=fields.text("revision"),
        session=fields.text("session"),
        size=fields.integer("size", 0, 1 << 40),
        root=fields.hex("root", 32).hex(),
        sha256=fields.hex("sha256", 32).hex(),
    )
    fields.done()
    return manifest


def write_archive(target: BinaryIO, manifest: Manifest, database: Path, keys: bytes | None) -> None:
    """Write the archive."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_member(MANIFEST), manifest.encode(), zipfile.ZIP_DEFLATED)
        with archive.open(_member(DATABASE), "w", force_zip64=True) as member, database.open("rb") as source:
            while chunk := source.read(_CHUNK):
                member.write(chunk)
        if keys is not None:
            archive.writestr(_member(KEYS), keys, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class Backup:
    """An opened backup, its manifest and its sealed keys."""

    manifest: Manifest
    keys: bytes | None
    _archive: zipfile.ZipFile
    _name: str

    def unpack(self, target: BinaryIO | None) -> None:
        """Read the database, and write it to `target` if there is one; its digest must be that of the manifest.

        Raises:
            InputError: the archive is damaged.
        """
        digest, size = hashlib.sha256(), 0
        try:
            with self._archive.open(DATABASE) as member:
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    if size > MAX_DATABASE_BYTES:
                        raise _damaged(self._name)
                    digest.update(chunk)
                    if target is not None:
                        target.write(chunk)
        except _BROKEN as error:
            raise _damaged(self._name) from error
        if digest.hexdigest() != self.manifest.sha256:
            raise _damaged(self._name)


@contextmanager
def open_archive(path: Path) -> Iterator[Backup]:
    """Open a backup.

    Raises:
        InputError: it cannot be read, is none, or is damaged.
    """
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            names = archive.namelist()
            if names not in ([MANIFEST, DATABASE], [MANIFEST, DATABASE, KEYS]):
                raise InputError(str(path), "is not a backup of a session", "Name the file that plenum backup wrote")
            manifest = read_manifest(_small(archive, MANIFEST, MAX_MANIFEST_BYTES))
            keys = _small(archive, KEYS, MAX_KEYS_BYTES) if KEYS in names else None
        except (*_BROKEN, EncodingError) as error:
            raise InputError(
                str(path), "is not a backup of a session, or is damaged", "Take another copy of the backup"
            ) from error
        except OSError as error:
            raise InputError(str(path), f"cannot be read ({error.strerror})", "Check the path and the disk") from error
        yield Backup(manifest, keys, archive, str(path))


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _small(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with archive.open(name) as member:
        data = member.read(limit + 1)
    if len(data) > limit:
        raise EncodingError(name, f"is larger than {limit} bytes")
    return data


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _FIXED_TIME)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member


def _damaged(name: str) -> InputError:
    return InputError(name, "the backup is damaged", "Take another copy of it")
