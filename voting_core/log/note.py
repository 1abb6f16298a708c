"""Signed notes as C2SP defines them (c2sp.org/signed-note), the form of checkpoints (SPEC §8.6).

A note is a text and the signatures under it::

    text, one or more lines, each terminated
    <empty line>
    — <key name> base64(4-byte key id ‖ signature)

* :func:`parse_note` is total, and what it accepts :func:`format_note` writes back byte for byte.
* Stricter than C2SP where C2SP leaves it open: no key signs twice, and there is a limit to size and signatures.
* Whose keys count, and what the text means, is decided by the caller.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from voting_core.errors import EncodingError, VerificationError
from voting_core.signing import verify_raw_signature

if TYPE_CHECKING:
    # Verifying code imports this module and shall not import what holds a private key.
    from voting_core.signing_key import SigningKey

ED25519: Final = 1
"""Signature type: Ed25519 over the text."""

COSIGNATURE_V1: Final = 4
"""Signature type: Ed25519 cosignature with a time (c2sp.org/tlog-cosignature)."""

MAX_NOTE_BYTES: Final = 65_536
"""Sixteen signatures and three lines take under 6,000 bytes; the rest is room for no good reason."""

MAX_SIGNATURES: Final = 16
"""The log and fifteen witnesses; also the number that C2SP asks every verifier to take."""

KEY_ID_BYTES: Final = 4
_LINE_START: Final = b"\xe2\x80\x94 "  # an em dash (U+2014) and a space


@dataclass(frozen=True, slots=True)
class NoteSignature:
    """One signature line: the name and 4-byte id of a key, and what it signed, in the form of its type."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A text, with its last newline, and its signatures in the order of the file."""

    text: bytes
    signatures: tuple[NoteSignature, ...]


def key_id(name: str, signature_type: int, public: bytes) -> bytes:
    """Give the id of a key: the first 4 bytes of SHA-256(name ‖ newline ‖ type ‖ key)."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([signature_type]) + public).digest()[:KEY_ID_BYTES]


def format_note(note: Note) -> bytes:
    """Write a note.

    Raises:
        EncodingError: the text or a name cannot be in a note.
    """
    _check_text(note.text)
    return note.text + b"\n" + b"".join(format_signature(signature) for signature in note.signatures)


def format_signature(signature: NoteSignature) -> bytes:
    """Write one signature line with its newline."""
    _check_name(signature.name)
    encoded = base64.b64encode(signature.key_id + signature.signature)
    return _LINE_START + signature.name.encode() + b" " + encoded + b"\n"


def parse_note(data: bytes) -> Note:
    """Read a note.

    Raises:
        EncodingError: it is not exactly what :func:`format_note` writes, has no signature, or a key signs twice.
    """
    if len(data) > MAX_NOTE_BYTES:
        raise EncodingError("note", f"has {len(data)} bytes, at most {MAX_NOTE_BYTES} are allowed")
    text, blank, lines = data.rpartition(b"\n\n")
    if not blank:
        raise EncodingError("note", "has no empty line between text and signatures")
    if not lines.endswith(b"\n"):
        raise EncodingError("note", "does not end with a signature line")
    signatures = tuple(parse_signature(line + b"\n") for line in lines[:-1].split(b"\n"))
    if len(signatures) > MAX_SIGNATURES:
        raise EncodingError("note", f"has {len(signatures)} signatures, at most {MAX_SIGNATURES} are allowed")
    if len({(signature.name, signature.key_id) for signature in signatures}) != len(signatures):
        raise EncodingError("note", "is signed twice by one key")
    note = Note(text + b"\n", signatures)
    if format_note(note) != data:
        raise EncodingError("note", "is not written as a signed note")
    return note


def parse_signature(line: bytes) -> NoteSignature:
    """Read one signature line with its newline.

    Raises:
        EncodingError: it is not exactly what :func:`format_signature` writes.
    """
    if len(line) > MAX_NOTE_BYTES:
        raise EncodingError("signature line", "is too long")
    try:
        name, _, encoded = line.removeprefix(_LINE_START).removesuffix(b"\n").decode().partition(" ")
        content = base64.b64decode(encoded, validate=True)
    except ValueError:  # UnicodeDecodeError and binascii.Error are ValueErrors
        raise EncodingError("signature line", "is not an em dash, a key name and base64") from None
    if len(content) <= KEY_ID_BYTES:
        raise EncodingError("signature line", "has no signature")
    signature = NoteSignature(name, content[:KEY_ID_BYTES], content[KEY_ID_BYTES:])
    if format_signature(signature) != line:
        raise EncodingError("signature line", "is not an em dash, a key name and base64")
    return signature


def sign_text(text: bytes, name: str, key: SigningKey) -> NoteSignature:
    """Sign the text of a note as type :data:`ED25519`."""
    _check_text(text)
    return NoteSignature(name, key_id(name, ED25519, key.public), key.sign_raw(text))


def verify_text_signature(text: bytes, signature: NoteSignature, public: bytes, code: str) -> None:
    """Check a signature of type :data:`ED25519` strictly (SPEC §3.6).

    Raises:
        VerificationError: with this code: the signature is not by this key, or not over this text.
    """
    check_key_id(signature, ED25519, public, code)
    verify_raw_signature(public, text, signature.signature, code)


def check_key_id(signature: NoteSignature, signature_type: int, public: bytes, code: str) -> None:
    """Check that a signature line names this key.

    Raises:
        VerificationError: with this code.
    """
    if signature.key_id != key_id(signature.name, signature_type, public):
        raise VerificationError(code, f"the signature of {signature.name} is by another key", (signature.name,))


def _check_text(text: bytes) -> None:
    try:
        characters = text.decode()
    except UnicodeDecodeError:
        raise EncodingError("note", "is not UTF-8") from None
    if not characters.endswith("\n"):
        raise EncodingError("note", "has text whose last line is not terminated")
    if any(character < " " and character != "\n" for character in characters):
        raise EncodingError("note", "has text with a control character")


def _check_name(name: str) -> None:
    if not name or any(character.isspace() or character < " " or character == "+" for character in name):
        raise EncodingError("signature line", "has a key name that is empty or has a space or plus in it")
