"""Checkpoints as people read them: size, root, and which scrutineers have cosigned them, and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

from tally.state import State
from voting_core.log.checkpoint import parse_signed_checkpoint

BEIJING: Final = timezone(timedelta(hours=8))
"""The time of the whole country."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST: Final = 253_402_300_799
"""The last second of the year 9999."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A scrutineer's cosignature."""

    name: str
    time: str


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint. `text` is the whole note, `agrees` whether its root is that of the replayed log."""

    size: int
    root: str
    witnesses: tuple[Witness, ...]
    text: str
    agrees: bool


def notes_of(state: State, checkpoints: Iterable[tuple[int, bytes]]) -> tuple[Note, ...]:
    """The checkpoints, the latest first."""
    return tuple(sorted((_note(state, content) for _, content in checkpoints), key=lambda note: -note.size))


def clock_text(seconds: int) -> str:
    """A moment in Beijing time, as documents write it."""
    if not 0 <= seconds <= _LAST:
        return str(seconds)
    return (_EPOCH + timedelta(seconds=seconds)).astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")


def _note(state: State, content: bytes) -> Note:
    signed = parse_signed_checkpoint(content)
    size, root = signed.checkpoint.size, signed.checkpoint.root
    witnesses = []
    for cosignature in signed.cosignatures:
        trustee = state.trustees.get(cosignature.index)
        witnesses.append(Witness(trustee.name if trustee else str(cosignature.index), clock_text(cosignature.time)))
    return Note(size, root.hex(), tuple(witnesses), content.decode("utf-8"), state.roots.get(size) == root)
