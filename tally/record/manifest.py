"""The manifest of a record: what its files are, signed by the service (SPEC §10.2)."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tally.record.members import MANIFEST_NAME, MAX_ENTRIES, MAX_MANIFEST_BYTES, MAX_MEMBERS, size_limit
from voting_core.codec import MAX_INTEGER, Fields, JsonObject, JsonValue, b64encode, canonical, parse_canonical
from voting_core.errors import EncodingError, VerificationError
from voting_core.params import SPEC_VERSION, Tag
from voting_core.signing import verify_signature

FORMAT: Final = "plenum-record"
_LONGEST_NAME: Final = 32


@dataclass(frozen=True, slots=True)
class FileInfo:
    """One member: its name, the SHA-256 of its content, and its size in bytes."""

    name: str
    sha256: bytes
    size: int

    def to_json(self) -> JsonObject:
        """The object of SPEC §10.2."""
        return {"name": self.name, "sha256": self.sha256.hex(), "size": self.size}


@dataclass(frozen=True, slots=True)
class Manifest:
    """All files of a record but the manifest itself, and the log that they hold."""

    files: tuple[FileInfo, ...]
    root: bytes
    session: bytes
    size: int
    signature: bytes

    def to_json(self) -> JsonObject:
        """The object of SPEC §10.2."""
        return {**_unsigned(self.files, self.root, self.session, self.size), "signature": b64encode(self.signature)}

    def message(self) -> bytes:
        """What the service signs: the manifest without its signature."""
        return manifest_message(self.files, root=self.root, session=self.session, size=self.size)


def manifest_message(files: tuple[FileInfo, ...], *, root: bytes, session: bytes, size: int) -> bytes:
    """What the service signs for these files, which are in the order of their names."""
    return canonical(_unsigned(files, root, session, size))


def parse_manifest(data: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        VerificationError: V1.B, not canonical, of another format or version, or with names not allowed or not in order.
    """
    try:
        return _read(Fields(parse_canonical(data, MANIFEST_NAME, MAX_MANIFEST_BYTES), MANIFEST_NAME))
    except EncodingError as error:
        raise VerificationError("V1.B", str(error), (MANIFEST_NAME,)) from error


def verify_manifest(manifest: Manifest, service_key: bytes) -> None:
    """Check the signature of the service.

    Raises:
        VerificationError: V1.B.
    """
    try:
        verify_signature(service_key, Tag.RECORD, manifest.message(), manifest.signature)
    except VerificationError as error:
        message = f"the manifest is not signed by the service: {error.message}"
        raise VerificationError("V1.B", message, (MANIFEST_NAME,)) from error


def _read(fields: Fields) -> Manifest:
    fields.choice("format", (FORMAT,))
    fields.choice("spec", (SPEC_VERSION,))
    files = tuple(_read_file(row) for row in fields.rows("files", max=MAX_MEMBERS))
    names = [file.name for file in files]
    if any(first >= second for first, second in pairwise(names)):
        raise EncodingError(fields.path("files"), "are not in ascending order of name, each once")
    manifest = Manifest(
        files=files,
        root=fields.hex("root", 32),
        session=fields.hex("session", 32),
        size=fields.integer("size", 1, MAX_ENTRIES),
        signature=fields.b64("signature", 64),
    )
    fields.done()
    return manifest


def _read_file(row: Fields) -> FileInfo:
    file = FileInfo(row.text("name", max=_LONGEST_NAME), row.hex("sha256", 32), row.integer("size", 0, MAX_INTEGER))
    if file.name == MANIFEST_NAME or size_limit(file.name) is None:
        raise EncodingError(row.path("name"), "is not a file of a record")
    row.done()
    return file


def _unsigned(files: tuple[FileInfo, ...], root: bytes, session: bytes, size: int) -> dict[str, JsonValue]:
    return {
        "files": [file.to_json() for file in files],
        "format": FORMAT,
        "root": root.hex(),
        "session": session.hex(),
        "size": size,
        "spec": SPEC_VERSION,
    }
