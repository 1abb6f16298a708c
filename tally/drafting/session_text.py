"""`session.toml` as text that is edited: comments, order and unknown lines stay as they are.

Documents are those of tomlkit, which keeps what it does not change. What they mean is for :mod:`tally.plan` to say.
"""

import re
from collections.abc import Mapping
from typing import Any, Final, TypeAlias

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from tally.plan.problems import Problems
from tally.plan.session_plan import MAX_SESSION_FILE_BYTES
from tally.plan.source import SESSION_FILE
from tally.plan.text import decode_text
from voting_core.errors import InputError

Files: TypeAlias = Mapping[str, bytes]
"""A draft: the names of its files and what is in them."""

_GAPS: Final = re.compile(r"\n{3,}")
"""Moving tables leaves gaps behind. Texts of a session have no empty lines that this could touch."""

_CLOSE: Final = re.compile(r"^([^\n#].*)\n(\[\[contest\]\])", re.MULTILINE)
_REMEDY: Final = "Correct this place; examples/ shows the form"


def parse_session(files: Files) -> tomlkit.TOMLDocument:
    """The document of a draft.

    Raises:
        InputError: there is no such file, or it is not TOML.
    """
    data = files.get(SESSION_FILE)
    if data is None:
        raise InputError(SESSION_FILE, "is missing", "Write one as in examples/, beside the tables")
    if len(data) > MAX_SESSION_FILE_BYTES:
        remedy = f"At most {MAX_SESSION_FILE_BYTES} are read; names belong in tables"
        raise InputError(SESSION_FILE, f"has {len(data)} bytes", remedy)
    problems = Problems()
    text = decode_text(SESSION_FILE, data, problems)
    problems.refuse()
    try:
        return tomlkit.parse(text or "")
    except (TOMLKitError, ValueError, RecursionError) as error:
        # The library raises errors of its own and plain ones for the same mistake in different places.
        raise InputError(SESSION_FILE, f"is not TOML: {error}", _REMEDY) from error


def with_session(files: Files, document: tomlkit.TOMLDocument) -> Files:
    """The draft with this document in place of its own."""
    text = _GAPS.sub("\n\n", tomlkit.dumps(document))
    return {**files, SESSION_FILE: _CLOSE.sub(r"\1\n\n\2", text).encode("utf-8")}


def section(document: tomlkit.TOMLDocument, key: str) -> Any:
    """A table such as `[session]`, made where there is none."""
    found = document.get(key)
    if not isinstance(found, Table):
        document[key] = tomlkit.table()
        found = document[key]
    return found


def contest_tables(document: tomlkit.TOMLDocument) -> list[Any]:
    """The tables `[[contest]]` in the order of the file; they may be changed in place."""
    found = document.get("contest")
    return list(found.body) if isinstance(found, AoT) else []


def contest_table(document: tomlkit.TOMLDocument, contest_id: str) -> Any:
    """The table of one contest.

    Raises:
        InputError: there is no such contest.
    """
    for table in contest_tables(document):
        if table.get("id") == contest_id:
            return table
    raise InputError("contest", "is not in the draft any more", "Go back to the list of contests")


def put(table: Any, key: str, value: str | int | list[str] | None) -> None:
    """Set a key, or remove it with None; a key that has this value already keeps its line and its comment."""
    if value is None:
        if key in table:
            table.remove(key)
        return
    present = table.get(key)
    if present is not None and hasattr(present, "unwrap"):
        present = present.unwrap()
    if present != value or type(present) is not type(value):
        table[key] = value
