"""The members that a record may have, and how large they may be (SPEC §10.1)."""

import re
from typing import Final

MANIFEST_NAME: Final = "record.json"
ENTRIES_PER_PART: Final = 1000
MAX_MEMBERS: Final = 100_000
MAX_ENTRIES: Final = 2_000_000
MAX_NOTE_BYTES: Final = 4 * 1024 * 1024
MAX_LINE_BYTES: Final = 1_153_434
MAX_MANIFEST_BYTES: Final = 16 * 1024 * 1024
MAX_PART_BYTES: Final = ENTRIES_PER_PART * (MAX_LINE_BYTES + 1)

_PART: Final = re.compile(r"log/([0-9]{8})\.jsonl")
_NOTE: Final = re.compile(r"checkpoints/([0-9]{8})\.note")


def part_name(first: int) -> str:
    """The member that holds the entries from index `first` on."""
    return f"log/{first:08d}.jsonl"


def note_name(size: int) -> str:
    """The member that holds the checkpoint of this size."""
    return f"checkpoints/{size:08d}.note"


def part_index(name: str) -> int | None:
    """The index of the first entry of a log part, None for any other name."""
    found = _PART.fullmatch(name)
    if found is None or int(found[1]) % ENTRIES_PER_PART or int(found[1]) >= MAX_ENTRIES:
        return None
    return int(found[1])


def note_size(name: str) -> int | None:
    """The tree size of a checkpoint, None for any other name."""
    found = _NOTE.fullmatch(name)
    return int(found[1]) if found is not None and int(found[1]) <= MAX_ENTRIES else None


def size_limit(name: str) -> int | None:
    """The most bytes that an allowed member may have, None for a name that is not allowed."""
    if name == MANIFEST_NAME:
        return MAX_MANIFEST_BYTES
    if part_index(name) is not None:
        return MAX_PART_BYTES
    return MAX_NOTE_BYTES if note_size(name) is not None else None
