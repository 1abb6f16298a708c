"""Checkpoints of the log: C2SP tlog-checkpoint and tlog-cosignature (SPEC §8.6).

A checkpoint is a note of three lines — origin, size, root — signed by the log key and cosigned by the trustees as
witnesses. The origin names the session, so that a checkpoint says nothing about any other log.

* Parsing re-encodes and compares: there is one way to write a checkpoint.
* A signature of anybody else than the log and its witnesses 1 to MAX_TRUSTEES is refused, not ignored: a record holds
  nothing that nobody checks.
* Whether the root is the one of a log is for the caller to compare.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from voting_core.errors import EncodingError, VerificationError
from voting_core.log.merkle import HASH_BYTES
from voting_core.log.note import (
    COSIGNATURE_V1,
    Note,
    NoteSignature,
    check_key_id,
    format_note,
    format_signature,
    key_id,
    parse_note,
    parse_signature,
    sign_text,
    verify_text_signature,
)
from voting_core.params import MAX_TRUSTEES, PROTOCOL
from voting_core.signing import SIGNATURE_BYTES, verify_raw_signature

if TYPE_CHECKING:
    # Verifying code imports this module and shall not import what holds a private key.
    from voting_core.signing_key import SigningKey

SESSION_BYTES: Final = 32
MAX_SIZE: Final = 2**63 - 1
MAX_TIME: Final = 2**63 - 1
_TIME_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Size and root of the log of a session."""

    session: bytes
    size: int
    root: bytes

    def body(self) -> bytes:
        """Give the text that is signed: origin, size and root, one line each."""
        if len(self.root) != HASH_BYTES or not 0 <= self.size <= MAX_SIZE:
            raise ValueError("a checkpoint has a root of 32 bytes and a size from 0 to 2^63 - 1")
        root = base64.b64encode(self.root).decode("ascii")
        return f"{origin(self.session)}\n{self.size}\n{root}\n".encode("ascii")


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A witness's statement that at `time` (Unix seconds) this was the largest tree it had seen."""

    index: int
    time: int
    line: NoteSignature


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint with its signatures, none of them verified yet."""

    checkpoint: Checkpoint
    log_signature: NoteSignature
    cosignatures: tuple[Cosignature, ...]

    def note(self) -> bytes:
        """Give the note, with the log's signature first and the witnesses in their order."""
        lines = (self.log_signature, *(cosignature.line for cosignature in self.cosignatures))
        return format_note(Note(self.checkpoint.body(), lines))


def origin(session: bytes) -> str:
    """Give the origin of a session's checkpoints, which is also the name of its log key."""
    if len(session) != SESSION_BYTES:
        raise ValueError(f"a session id has {SESSION_BYTES} bytes")
    return f"{PROTOCOL}/{session.hex()}"


def witness_name(session: bytes, index: int) -> str:
    """Give the key name of the trustee with this index as a witness."""
    return f"{origin(session)}/witness/{index}"


def sign_checkpoint(checkpoint: Checkpoint, log_key: SigningKey) -> bytes:
    """Make the note of a checkpoint, signed by the log alone."""
    body = checkpoint.body()
    return format_note(Note(body, (sign_text(body, origin(checkpoint.session), log_key),)))


def cosign_checkpoint(checkpoint: Checkpoint, witness_key: SigningKey, index: int, time: int) -> bytes:
    """Make the signature line of a witness.

    The witness has verified the log's signature, and that this tree extends the last one it cosigned.
    """
    if not 0 <= time <= MAX_TIME:
        raise ValueError("the time of a cosignature is from 0 to 2^63 - 1")
    name = witness_name(checkpoint.session, index)
    signature = witness_key.sign_raw(_cosigned_message(checkpoint, time))
    content = time.to_bytes(_TIME_BYTES, "big") + signature
    return format_signature(NoteSignature(name, key_id(name, COSIGNATURE_V1, witness_key.public), content))


def add_cosignatures(note: bytes, lines: Iterable[bytes]) -> bytes:
    """Put signature lines of witnesses into the note of a checkpoint, in the order of the witnesses.

    A witness that has cosigned this checkpoint already keeps its first line. The caller has verified the lines.

    Raises:
        EncodingError: note or lines are not of this form, or of another session.
    """
    signed = parse_signed_checkpoint(note)
    by_index = {cosignature.index: cosignature for cosignature in signed.cosignatures}
    for line in lines:
        cosignature = _cosignature(signed.checkpoint.session, parse_signature(line))
        by_index.setdefault(cosignature.index, cosignature)
    ordered = tuple(by_index[index] for index in sorted(by_index))
    return SignedCheckpoint(signed.checkpoint, signed.log_signature, ordered).note()


def parse_checkpoint(body: bytes) -> Checkpoint:
    """Read the text of a checkpoint.

    Raises:
        EncodingError: it is not exactly what :meth:`Checkpoint.body` writes.
    """
    lines = body.split(b"\n")
    try:
        first, second, third, rest = (line.decode("ascii") for line in lines)
        session = bytes.fromhex(first.removeprefix(f"{PROTOCOL}/"))
        # More digits than the largest size has are not turned into a number.
        size = int(second) if len(second) <= len(str(MAX_SIZE)) else -1
        checkpoint = Checkpoint(session, size, base64.b64decode(third, validate=True))
        written = checkpoint.body()
    except ValueError:  # also the number of lines, UnicodeDecodeError and binascii.Error
        raise EncodingError("checkpoint", "is not origin, size and root") from None
    if rest or written != body:
        raise EncodingError("checkpoint", "is not written as origin, size and root")
    return checkpoint


def parse_signed_checkpoint(note: bytes) -> SignedCheckpoint:
    """Read the note of a checkpoint. The log's signature is the first; then come witnesses, each once, in any order.

    Raises:
        EncodingError: it is not of this form, or signed by others than the log and its witnesses.
    """
    parsed = parse_note(note)
    checkpoint = parse_checkpoint(parsed.text)
    log_signature, *others = parsed.signatures
    if log_signature.name != origin(checkpoint.session) or len(log_signature.signature) != SIGNATURE_BYTES:
        raise EncodingError("checkpoint", "does not begin its signatures with the one of the log")
    cosignatures = tuple(_cosignature(checkpoint.session, line) for line in others)
    if len({cosignature.index for cosignature in cosignatures}) != len(cosignatures):
        raise EncodingError("checkpoint", "is cosigned twice by one witness")
    return SignedCheckpoint(checkpoint, log_signature, cosignatures)


def verify_checkpoint(note: bytes, session: bytes, log_key: bytes) -> SignedCheckpoint:
    """Read a note and check that it is a checkpoint of this session, signed by its log. Cosignatures stay unchecked.

    Raises:
        VerificationError: V3.B.
    """
    try:
        signed = parse_signed_checkpoint(note)
    except EncodingError as error:
        raise VerificationError("V3.B", str(error)) from error
    if signed.checkpoint.session != session:
        other = signed.checkpoint.session.hex()[:16]
        raise VerificationError("V3.B", f"the checkpoint is of session {other}, not of {session.hex()[:16]}")
    verify_log_signature(signed, log_key)
    return signed


def verify_log_signature(signed: SignedCheckpoint, log_key: bytes) -> None:
    """Check the log's signature.

    Raises:
        VerificationError: V3.B.
    """
    verify_text_signature(signed.checkpoint.body(), signed.log_signature, log_key, "V3.B")


def verify_cosignature(signed: SignedCheckpoint, index: int, witness_key: bytes) -> None:
    """Check the cosignature of one witness.

    Raises:
        VerificationError: V3.C, also where this witness has not cosigned.
    """
    for cosignature in signed.cosignatures:
        if cosignature.index == index:
            check_key_id(cosignature.line, COSIGNATURE_V1, witness_key, "V3.C")
            message = _cosigned_message(signed.checkpoint, cosignature.time)
            verify_raw_signature(witness_key, message, cosignature.line.signature[_TIME_BYTES:], "V3.C")
            return
    raise VerificationError("V3.C", f"witness {index} has not cosigned the checkpoint", (str(index),))


def _cosigned_message(checkpoint: Checkpoint, time: int) -> bytes:
    return b"cosignature/v1\ntime %d\n" % time + checkpoint.body()


def _cosignature(session: bytes, line: NoteSignature) -> Cosignature:
    # The names of all possible witnesses are written out, so that an index has one spelling.
    for index in range(1, MAX_TRUSTEES + 1):
        if line.name == witness_name(session, index):
            break
    else:
        raise EncodingError("checkpoint", "is signed by a key that is neither the log's nor a witness's")
    time = int.from_bytes(line.signature[:_TIME_BYTES], "big")
    if len(line.signature) != _TIME_BYTES + SIGNATURE_BYTES or time > MAX_TIME:
        raise EncodingError("checkpoint", f"has a cosignature of witness {index} that is no time and signature")
    return Cosignature(index, time, line)
