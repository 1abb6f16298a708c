"""A county's rule set as a file: UTF-8, TOML, and only values that a rule set can have.

What is written by habit and counts nothing exactly, such as 0.5 or "50%" for a fraction, is refused here with the form
to write it in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from tally.rules.common import ID_FORM
from voting_core.codec import JsonObject, JsonValue
from voting_core.errors import InputError

MAX_FILE_BYTES: Final = 256 * 1024
"""A rule set with forty articles takes 20 kB."""

SUFFIX: Final = ".toml"
THRESHOLD_FORM: Final = (
    'Write it as { base = "should_attend", op = "gt", frac = [1, 2] }: gt is 超过 (more than), ge is 以上 (at least), '
    "and 50% is frac = [1, 2]"
)
_SAVE: Final = "Save it as UTF-8; an editor offers this under Save as"
_TEXTS: Final = frozenset({"id", "inherits", "name", "instrument", "version", "adopted_by", "articles", "use_for"})
_SHARE: Final = re.compile(r"\s*(\d+(\.\d+)?\s*[%％]|\d+\s*/\s*\d+|0?\.\d+)\s*")


@dataclass(frozen=True, slots=True)
class RulesFile:
    """One file, read but not yet completed by inheritance. `inherits` is "" where it stands alone."""

    name: str
    id: str
    inherits: str
    fields: JsonObject

    def place(self, field: str) -> str:
        """A field as messages name it."""
        return f"{self.name}, field {field}"


def read_rules_file(name: str, data: bytes) -> RulesFile:
    """Read the TOML of one file. Its id is what it says, or else its own name, with ``-`` as ``_``.

    Raises:
        InputError: too large, not UTF-8, not TOML, no id, or a value of a type that no field has.
    """
    document = _parse(name, data)
    fields = {key: _plain(name, key, value) for key, value in document.items()}
    given = fields.pop("id", own_id(name))
    if not isinstance(given, str) or not ID_FORM.fullmatch(given):
        raise InputError(
            f"{name}, field id", "is not an id", 'Write id = "…" with small letters, digits and _, at most 48'
        )
    parent = fields.pop("inherits", "")
    if not isinstance(parent, str) or ("inherits" in document and not ID_FORM.fullmatch(parent)):
        raise InputError(
            f"{name}, field inherits", "is not the id of a rule set", 'Write it as inherits = "election_local_2020"'
        )
    return RulesFile(name, given, parent, fields)


def own_id(name: str) -> str:
    """The id that the name of a file gives, "" where it gives none."""
    given = name.removesuffix(SUFFIX).replace("-", "_")
    return given if ID_FORM.fullmatch(given) else ""


def _parse(name: str, data: bytes) -> Mapping[str, object]:
    if len(data) > MAX_FILE_BYTES:
        raise InputError(
            name, f"has {len(data)} bytes", f"At most {MAX_FILE_BYTES} are read; keep only the rules in it"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(f"{name}, line {line}", f"is not UTF-8{_other_encoding(data)}", _SAVE) from error
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            name, f"is not TOML: {error}", "Correct this place; plenum rules copy shows the form"
        ) from error
    except RecursionError as error:
        raise InputError(name, "is nested too deep", "Write it as plenum rules copy does") from error


def _other_encoding(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return ", it may be GB18030"


def _plain(name: str, path: str, value: object) -> JsonValue:
    """A TOML value as a rule set can have it; days become text."""
    place = f"{name}, field {path}"
    if isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        if path.partition(".")[0].partition("[")[0] not in _TEXTS and _SHARE.fullmatch(value):
            raise InputError(place, f'"{value.strip()[:40]}" is no fraction of whole numbers', THRESHOLD_FORM)
        return value
    if isinstance(value, float):
        raise InputError(place, f"{value} is a decimal number, and counting needs whole numbers", THRESHOLD_FORM)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(name, f"{path}[{number}]", item) for number, item in enumerate(value)]
    if isinstance(value, dict):
        return {str(key): _plain(name, f"{path}.{key}", item) for key, item in value.items()}
    raise InputError(place, "is a time of day", "Write a day as 2026-12-01, or a text in quotation marks")
