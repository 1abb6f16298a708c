"""How bodies are read: the boundary between EncodingError and the checks V2.B and V2.D (SPEC §11).

What is missing, superfluous or of the wrong type fails V2.B. A run of bytes that is there as text, but is not canonical
base64url of the right length or does not hold points and scalars, fails V2.D.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol, Self

from voting_core.codec import Fields, JsonObject, JsonValue, b64decode, read_integer, unhex
from voting_core.errors import EncodingError, VerificationError
from voting_core.params import MAX_BALLOTS, MAX_ENTRY_BYTES, MAX_MARKS, MAX_ROWS, MAX_TEXT

CONTEST_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
"""The id of a contest (SPEC §4.1)."""

CLASS_ID: Final = re.compile(r"[a-z0-9_]{1,16}")
"""The id of a credential class or of a cell (SPEC §4.1)."""

Counts = tuple[tuple[int, ...], ...]
"""One tuple for each row, holding one integer for each mark in the order of the contest's marks (SPEC §8.4)."""


class Body(Protocol):
    """The body of an entry: read from JSON fields, written as JSON."""

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body; raises EncodingError (V2.B) or VerificationError V2.D."""

    def to_json(self) -> JsonObject:
        """Write the body as :meth:`parse` reads it."""


@contextmanager
def failing(code: str) -> Iterator[None]:
    """Turn an EncodingError of the block into the refusal of the check with this code."""
    try:
        yield
    except EncodingError as error:
        raise VerificationError(code, str(error)) from error


def read_run(fields: Fields, key: str, length: int | None) -> bytes:
    """Read a run of bytes in base64url; `length` in bytes, None where the caller checks it.

    Raises:
        EncodingError: the field is missing or not text.
        VerificationError: V2.D, it is not the canonical base64url of so many bytes.
    """
    text = fields.text(key, max=MAX_ENTRY_BYTES)
    with failing("V2.D"):
        return b64decode(text, length, fields.path(key))


def read_text(fields: Fields, key: str, *, empty: bool = False) -> str:
    """Read text of at most MAX_TEXT characters, which only with `empty` may have none."""
    text = fields.text(key, max=MAX_TEXT)
    if not text and not empty:
        raise EncodingError(fields.path(key), "is empty")
    return text


def read_contest_id(fields: Fields) -> str:
    """Read the field `contest` as the id of a contest."""
    return fields.text("contest", max=32, pattern=CONTEST_ID)


def read_class(fields: Fields, key: str = "class") -> str:
    """Read the id of a credential class or of a cell."""
    return fields.text(key, max=16, pattern=CLASS_ID)


def read_counter(fields: Fields, key: str) -> int:
    """Read a number of ballots or people."""
    return fields.integer(key, 0, MAX_BALLOTS)


def read_hexes(fields: Fields, key: str, length: int, *, max: int) -> tuple[bytes, ...]:
    """Read an array of hexadecimal values of `length` bytes each."""
    return tuple(
        unhex(value, length, f"{fields.path(key)}[{number}]") for number, value in enumerate(fields.array(key, max=max))
    )


def read_integers(value: JsonValue, where: str, *, hi: int, max: int) -> tuple[int, ...]:
    """Read an array of at most `max` integers in 0..`hi`."""
    if isinstance(value, str) or not isinstance(value, (list, tuple)):
        raise EncodingError(where, "is not an array")
    if len(value) > max:
        raise EncodingError(where, f"has {len(value)} values, at most {max} are allowed")
    return tuple(read_integer(item, 0, hi, f"{where}[{number}]") for number, item in enumerate(value))


def read_counts(fields: Fields) -> Counts:
    """Read the field `counts`; its shape is compared with the contest by replay."""
    rows = fields.array("counts", max=MAX_ROWS)
    return tuple(
        read_integers(row, f"{fields.path('counts')}[{number}]", hi=MAX_BALLOTS, max=MAX_MARKS)
        for number, row in enumerate(rows)
    )


def counts_json(counts: Counts) -> JsonValue:
    """Write counts as :func:`read_counts` reads them."""
    return [list(row) for row in counts]
