"""Cosignatures of trustees under checkpoints (SPEC §8.6)."""

from collections.abc import Iterator

from api.store.reader import Reader, StoredCheckpoint
from tally.state import State
from voting_core.errors import StateError
from voting_core.log.checkpoint import add_cosignatures, parse_signed_checkpoint, verify_cosignature
from voting_core.log.note import format_signature


def check_cosignature(log: State, stored: StoredCheckpoint, line: bytes) -> tuple[int, bytes]:
    """Check the line with which a trustee cosigns a stored checkpoint; gives the trustee's index and the line.

    Raises:
        EncodingError: it is not one line of this form.
        StateError: no trustee of that index has joined.
        VerificationError: V3.C, it does not verify.
    """
    signed = parse_signed_checkpoint(add_cosignatures(stored.note, [line]))
    (cosignature,) = signed.cosignatures
    trustee = log.trustees.get(cosignature.index)
    if trustee is None:
        raise StateError(f"no trustee with the index {cosignature.index} has joined this session")
    verify_cosignature(signed, cosignature.index, trustee.witness_key)
    return cosignature.index, format_signature(cosignature.line)


def full_note(stored: StoredCheckpoint) -> bytes:
    """The checkpoint with all its signatures."""
    return add_cosignatures(stored.note, [line for _, line in stored.cosignatures])


def notes_of_record(reader: Reader, size: int) -> Iterator[tuple[int, bytes]]:
    """The checkpoints that a record of this size holds: the cosigned ones, and that of its own size in any case."""
    for wanted in sorted({*reader.cosigned_sizes(), size}):
        stored = reader.checkpoint(wanted) if wanted <= size else None
        if stored is not None:
            yield wanted, full_note(stored)
