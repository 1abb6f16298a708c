"""Canonical JSON, bytes in JSON, and the strict reader of objects (SPEC §3.3, §3.5).

* :func:`parse_canonical` is the only door for JSON from outside: a total function from bytes to a value or
  :class:`~voting_core.errors.EncodingError`. What it accepts, :func:`canonical` writes back byte for byte.
* A value is built from objects with ASCII keys, arrays, NFC text, booleans and integers below 2^53. There is no null
  and no fraction.
* :class:`Fields` reads one object: every field is asked for by name and type, and :meth:`Fields.done` refuses what
  nobody asked for.

Nothing here knows what the fields mean.
"""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from voting_core.errors import EncodingError
from voting_core.params import MAX_TEXT

JsonValue: TypeAlias = "bool | int | str | Sequence[JsonValue] | Mapping[str, JsonValue]"
JsonObject: TypeAlias = Mapping[str, JsonValue]

MAX_INTEGER: Final = 2**53 - 1
"""The largest integer of canonical JSON; the smallest is its negative."""

MAX_DEPTH: Final = 16
"""Arrays and objects inside each other, the outermost counted."""

# General category Cc is exactly U+0000..U+001F and U+007F..U+009F; the surrogates are U+D800..U+DFFF.
_FORBIDDEN_TEXT: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_MAX_INTEGER_CHARACTERS: Final = len(str(-MAX_INTEGER))
_HEX: Final = re.compile("[0-9a-f]*")

# For the values of SPEC §3.5 this is RFC 8785: its order of keys (UTF-16) is that of code points where keys are ASCII,
# its numbers are plain where they are integers, and it escapes no more than quotation mark and backslash where text has
# no control character. Written in C, it takes a twentieth of the time; a test compares it with a full implementation.
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: JsonValue, where: str = "value") -> bytes:
    """Give the canonical bytes of a value (SPEC §3.5).

    Raises:
        EncodingError: the value has a null, a fraction, a large integer, text that is not NFC or holds control
            characters, a key that is not ASCII text, or is nested too deep.
    """
    _check_value(value, where)
    return _ENCODER.encode(value).encode("utf-8")


def parse_canonical(data: bytes, where: str, max_bytes: int) -> JsonValue:
    """Read canonical JSON: `data` must be exactly what :func:`canonical` writes for the value it holds (SPEC §3.5).

    Raises:
        EncodingError: too large, not UTF-8, not JSON, a key twice, a value outside SPEC §3.5, or another spelling of
            the value.
    """
    value = _parse(data, where, max_bytes)
    if canonical(value, where) != data:
        raise EncodingError(where, "is not written canonically (RFC 8785)")
    return value


def parse_json(data: bytes, where: str, max_bytes: int) -> JsonValue:
    """Read JSON in any layout, for files that people keep; its values are those of SPEC §3.5 all the same.

    Raises:
        EncodingError: too large, not UTF-8, not JSON, a key twice, or a value outside SPEC §3.5.
    """
    value = _parse(data, where, max_bytes)
    _check_value(value, where)
    return value


def b64encode(data: bytes) -> str:
    """Write bytes as base64url without padding (SPEC §3.3)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def b64decode(text: object, length: int | None, where: str) -> bytes:
    """Read base64url without padding that is exactly how :func:`b64encode` writes those bytes (SPEC §3.3).

    `length` is the number of bytes that the context fixes, None where the caller checks it.

    Raises:
        EncodingError: not text, not base64url, trailing bits set, or another length.
    """
    if not isinstance(text, str):
        raise EncodingError(where, "is not text")
    if length is not None and len(text) != (length * 4 + 2) // 3:
        raise EncodingError(
            where, f"has {len(text)} characters; {length} bytes take {(length * 4 + 2) // 3} of base64url"
        )
    try:
        data = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except ValueError:  # binascii.Error and UnicodeEncodeError are ValueErrors
        raise EncodingError(where, "is not base64url") from None
    # The standard library skips foreign characters and ignores trailing bits; writing it again shows both.
    if b64encode(data) != text:
        raise EncodingError(where, "is not canonical base64url without padding")
    return data


def hex32(data: bytes) -> str:
    """Write a 32-byte hash, key or identifier as lower-case hexadecimal (SPEC §3.3)."""
    if len(data) != 32:
        raise ValueError(f"32 bytes expected, got {len(data)}")
    return data.hex()


def unhex(text: object, length: int, where: str) -> bytes:
    """Read exactly `length` bytes from lower-case hexadecimal (SPEC §3.3).

    Raises:
        EncodingError: not text, another length, or other characters than 0-9 and a-f.
    """
    if not isinstance(text, str):
        raise EncodingError(where, "is not text")
    if len(text) != 2 * length:
        raise EncodingError(where, f"has {len(text)} characters, {length} bytes take {2 * length} hexadecimal digits")
    if not _HEX.fullmatch(text):
        raise EncodingError(where, "is not lower-case hexadecimal")
    return bytes.fromhex(text)


class Fields:
    """One JSON object that is read field by field and must then be used up.

    Every reader raises :class:`~voting_core.errors.EncodingError` that names the path of the field. Reading leaves the
    object as it was. Call :meth:`done` last: it refuses the fields that were not read.

    >>> fields = Fields({"size": 3}, "checkpoint")
    >>> fields.integer("size", 0, 10)
    3
    >>> fields.done()
    """

    __slots__ = ("_read", "_value", "where")

    def __init__(self, value: JsonValue, where: str) -> None:
        if not isinstance(value, dict):
            raise EncodingError(where, "is not an object")
        self._value: JsonObject = value
        self._read: set[str] = set()
        self.where = where

    def path(self, key: str) -> str:
        """Name a field of this object as errors name it."""
        return f"{self.where}.{key}"

    def has(self, key: str) -> bool:
        """Say whether an optional field is there."""
        return key in self._value

    def value(self, key: str) -> JsonValue:
        """Read a field of any type; its content is the caller's to check."""
        if key not in self._value:
            raise EncodingError(self.path(key), "is missing")
        self._read.add(key)
        return self._value[key]

    def text(self, key: str, *, max: int = MAX_TEXT, pattern: re.Pattern[str] | None = None) -> str:
        """Read text of at most `max` characters that matches all of `pattern`."""
        value = self.value(key)
        if not isinstance(value, str):
            raise EncodingError(self.path(key), "is not text")
        if len(value) > max:
            raise EncodingError(self.path(key), f"has {len(value)} characters, at most {max} are allowed")
        _check_value(value, self.path(key))
        if pattern is not None and not pattern.fullmatch(value):
            raise EncodingError(self.path(key), f"does not have the form {pattern.pattern}")
        return value

    def choice(self, key: str, allowed: Iterable[str]) -> str:
        """Read text that is one of `allowed`."""
        value = self.value(key)
        choices = tuple(allowed)
        if not isinstance(value, str) or value not in choices:
            raise EncodingError(self.path(key), f"is none of {', '.join(repr(str(choice)) for choice in choices)}")
        return value

    def integer(self, key: str, lo: int, hi: int) -> int:
        """Read an integer in lo..hi, both included."""
        return read_integer(self.value(key), lo, hi, self.path(key))

    def boolean(self, key: str) -> bool:
        """Read true or false."""
        value = self.value(key)
        if not isinstance(value, bool):
            raise EncodingError(self.path(key), "is neither true nor false")
        return value

    def hex(self, key: str, length: int) -> bytes:
        """Read `length` bytes of hexadecimal."""
        return unhex(self.value(key), length, self.path(key))

    def b64(self, key: str, length: int | None) -> bytes:
        """Read base64url of `length` bytes, of any length where it is None."""
        return b64decode(self.value(key), length, self.path(key))

    def array(self, key: str, *, max: int | None = None) -> tuple[JsonValue, ...]:
        """Read an array of at most `max` values."""
        value = self.value(key)
        if not isinstance(value, (list, tuple)):
            raise EncodingError(self.path(key), "is not an array")
        if max is not None and len(value) > max:
            raise EncodingError(self.path(key), f"has {len(value)} values, at most {max} are allowed")
        return tuple(value)

    def object(self, key: str) -> JsonObject:
        """Read an object whose fields the caller reads."""
        value = self.value(key)
        if not isinstance(value, dict):
            raise EncodingError(self.path(key), "is not an object")
        return value

    def fields(self, key: str) -> Fields:
        """Read an object as :class:`Fields`; it has its own :meth:`done`."""
        return Fields(self.value(key), self.path(key))

    def rows(self, key: str, *, max: int | None = None) -> tuple[Fields, ...]:
        """Read an array of objects; each has its own :meth:`done`."""
        return tuple(Fields(row, f"{self.path(key)}[{number}]") for number, row in enumerate(self.array(key, max=max)))

    def done(self) -> None:
        """Refuse fields that were not read."""
        unknown = sorted(str(key) for key in self._value if key not in self._read)
        if unknown:
            raise EncodingError(self.where, f"has a field {_shown(unknown[0])} that is not part of the format")


def read_integer(value: JsonValue, lo: int, hi: int, where: str) -> int:
    """Read an integer in lo..hi, both included, from an array's value or a field.

    Raises:
        EncodingError: not an integer (true and false are none), or out of range.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise EncodingError(where, "is not an integer")
    if not lo <= value <= hi:
        raise EncodingError(where, f"is not in {lo}..{hi}")
    return value


class _Refused(Exception):
    """What is wrong with a value, and on the way out the path to it, innermost step first."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.steps: list[str] = []


def _parse(data: bytes, where: str, max_bytes: int) -> JsonValue:
    if len(data) > max_bytes:
        raise EncodingError(where, f"has {len(data)} bytes, at most {max_bytes} are allowed")
    try:
        parsed: JsonValue = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_object_without_duplicates,
            parse_int=_small_integer,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except _Refused as refusal:
        raise EncodingError(where, refusal.problem) from None
    except UnicodeDecodeError:
        raise EncodingError(where, "is not UTF-8") from None
    except RecursionError:
        raise EncodingError(where, f"is nested more than {MAX_DEPTH} deep") from None
    except ValueError:
        raise EncodingError(where, "is not JSON") from None
    return parsed


def _check_value(value: JsonValue, where: str) -> None:
    try:
        _check(value, 0)
    except _Refused as refusal:
        raise EncodingError(where + "".join(reversed(refusal.steps)), refusal.problem) from None


def _check(value: object, depth: int) -> None:
    # The path is put together only on the way out of a refusal, because this runs over every ballot.
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int):  # true and false among them
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise _Refused("is an integer beyond 2^53 - 1")
    elif isinstance(value, dict):
        _check_depth(depth)
        for key, item in value.items():
            if not isinstance(key, str) or not key.isascii() or not key.isprintable():
                raise _Refused("has a key that is not printable ASCII text")
            try:
                _check(item, depth + 1)
            except _Refused as refusal:
                refusal.steps.append(f".{_shown(key)}")
                raise
    elif isinstance(value, (list, tuple)):
        _check_depth(depth)
        for number, item in enumerate(value):
            try:
                _check(item, depth + 1)
            except _Refused as refusal:
                refusal.steps.append(f"[{number}]")
                raise
    else:
        raise _Refused("is neither object, array, text, boolean nor integer")


def _check_depth(depth: int) -> None:
    if depth >= MAX_DEPTH:
        raise _Refused(f"is nested more than {MAX_DEPTH} deep")


def _check_text(text: str) -> None:
    if text.isascii() and text.isprintable():  # printable ASCII is NFC and has no control characters
        return
    if _FORBIDDEN_TEXT.search(text):
        raise _Refused("is text with a control character or an unpaired surrogate")
    if not unicodedata.is_normalized("NFC", text):
        raise _Refused("is text that is not in Unicode normal form C")


def _shown(key: str) -> str:
    # A key comes from outside: errors show its beginning, escaped.
    return key if key.isidentifier() and len(key) <= 40 else ascii(key[:40])


def _object_without_duplicates(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise _Refused("has an object with a key twice")
    return value


def _small_integer(digits: str) -> int:
    # Long runs of digits are refused unread: turning them into a number takes quadratic time.
    if len(digits) > _MAX_INTEGER_CHARACTERS:
        raise _Refused("holds an integer beyond 2^53 - 1")
    return int(digits)


def _refuse_number(text: str) -> JsonValue:
    raise _Refused(f"holds {text[:20]}, a number that is not an integer")
