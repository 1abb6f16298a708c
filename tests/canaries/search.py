"""Looking for secrets in everything that was written."""

import base64
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Canary:
    """A value that must not sing: its kind decides where it may be, `spellings` are the bytes that would betray it."""

    kind: str
    name: str
    spellings: tuple[bytes, ...]


def secret_bytes(kind: str, name: str, value: bytes) -> Canary:
    """A canary of 16 or more random bytes, in the ways in which programs write such."""
    base = (base64.b64encode(value), base64.urlsafe_b64encode(value))
    numbers = (str(int.from_bytes(value, "big")), str(int.from_bytes(value, "little")))
    written = (value, value[::-1], value.hex().encode(), value.hex().upper().encode(), repr(value)[2:-1].encode())
    short = (item.rstrip(b"=") for item in base)
    return Canary(kind, name, (*written, *short, *(number.encode() for number in numbers)))


def secret_text(kind: str, name: str, value: str) -> Canary:
    """A canary of text, plain and as JSON writes it in ASCII; a code also without its hyphens and in small letters."""
    forms = {value, json.dumps(value)[1:-1], value.replace("-", ""), value.lower()}
    return Canary(kind, name, tuple(form.encode() for form in forms))


def secret_marks(kind: str, name: str, marks: Iterable[int], words: Mapping[str, str]) -> Canary:
    """The marks of a ballot as numbers and as words by row."""
    numbers = list(marks)
    texts = {
        json.dumps(numbers),
        json.dumps(numbers, separators=(",", ":")),
        repr(tuple(numbers)),
        "".join(map(str, numbers)),
        json.dumps(dict(words)),
        json.dumps(dict(words), separators=(",", ":")),
        json.dumps(list(words.values())),
        repr(dict(words)),
        ",".join(words.values()),
    }
    return Canary(kind, name, (bytes(numbers), *(text.encode() for text in texts)))


def found(canaries: Iterable[Canary], written: Mapping[str, bytes]) -> Iterator[tuple[Canary, str]]:
    """Which canary is in which place."""
    for canary in canaries:
        for place, data in written.items():
            if any(spelling in data for spelling in canary.spellings):
                yield canary, place


def by_type(place: str, data: bytes) -> dict[str, bytes]:
    """Lines of a log, taken apart by the types of their entries, because they differ in what they may hold."""
    parts: dict[str, bytes] = {}
    for line in data.split(b"\n"):
        match = re.search(rb'"type":"([a-z.]+)"\}$', line)
        key = f"{place}: {match[1].decode() if match else 'other'}"
        parts[key] = parts.get(key, b"") + line + b"\n"
    return parts


def tables(path: Path) -> dict[str, bytes]:
    """Every row of every table of a database, as text of its values; entries by type."""
    parts: dict[str, bytes] = {}
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            for row in connection.execute(f"SELECT * FROM {name}"):  # noqa: S608 - names from the schema
                data = b"\x1f".join(_value(value) for value in row)
                rows = by_type(f"table {name}", _entry(row)) if _entry(row) else {f"table {name}": data}
                for place, part in rows.items():
                    parts[place] = parts.get(place, b"") + part + b"\n" + data
    finally:
        connection.close()
    return parts


def archive(place: str, data: bytes) -> dict[str, bytes]:
    """The members of a record."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(BytesIO(data)) as members:
        for name in members.namelist():
            parts.update(by_type(f"{place} {name}", members.read(name)))
    return parts


def _entry(row: tuple[Any, ...]) -> bytes:
    return next((value for value in row if isinstance(value, bytes) and value.startswith(b"{")), b"")


def _value(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
