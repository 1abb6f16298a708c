"""The tables of a draft: which key of `session.toml` names which file, and putting another file there.

A table is addressed by where it is named: `roll`, `roll_changes`, or `contest:` with the id of its contest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import tomlkit

from ballots.contest import Kind
from tally.drafting.session_text import Files, contest_tables, parse_session, section, with_session
from tally.plan.people import CAPACITY, CONTEST_LIMIT, NAME, NUMBER, ROLL_LIMIT, STATUS
from tally.plan.roll_changes import LIMIT as CHANGES_LIMIT
from tally.plan.roll_changes import REQUIRED as CHANGES_REQUIRED
from tally.plan.session_plan import contest_place
from tally.plan.source import SESSION_FILE
from tally.plan.table import TableLimit
from voting_core.errors import InputError

ROLL: Final = "roll"
CHANGES: Final = "roll_changes"
_CONTEST: Final = "contest:"
_CONTEST_KEYS: Final = ("candidates", "subjects", "options")


_REMEMBERED: Final = 8
"""Texts of `session.toml` whose names are remembered: one edit asks for them six times before and after it."""


@dataclass(frozen=True, slots=True)
class TableRef:
    """A table that `session.toml` names: its address, the key that names it, and the name of its file."""

    target: str
    key: str
    file: str

    @property
    def contest(self) -> str:
        """The id of its contest, empty for the roll and its changes."""
        return self.target.removeprefix(_CONTEST) if self.target.startswith(_CONTEST) else ""


def contest_target(contest_id: str) -> str:
    """The address of the table of a contest."""
    return _CONTEST + contest_id


def table_key(kind: str) -> str:
    """The key under which a contest of this kind names its table; empty for motions, which have none."""
    if kind in (Kind.ELECTION, Kind.TICKET_VOTE):
        return "candidates"
    if kind == Kind.MOTION:
        return ""
    return "options" if kind == Kind.QUESTIONNAIRE else "subjects"


def table_refs(files: Files) -> tuple[TableRef, ...]:
    """All tables that a draft names, in the order of the file.

    Raises:
        InputError: `session.toml` cannot be read.
    """
    return _names_in(files.get(SESSION_FILE)).refs


def contest_places(files: Files) -> tuple[tuple[str, str], ...]:
    """The place of each contest as problems name it, and its id, in the order of the file.

    Raises:
        InputError: `session.toml` cannot be read.
    """
    return _names_in(files.get(SESSION_FILE)).places


def find_table(files: Files, target: str) -> TableRef:
    """The table at an address.

    Raises:
        InputError: the draft names none there.
    """
    for ref in table_refs(files):
        if ref.target == target:
            return ref
    raise InputError("table", "is not in the draft any more", "Go back to the overview of the set-up")


def limit_of(target: str) -> TableLimit:
    """How many rows a table may have."""
    return {ROLL: ROLL_LIMIT, CHANGES: CHANGES_LIMIT}.get(target, CONTEST_LIMIT)


def required_columns(files: Files, target: str) -> tuple[str, ...]:
    """The columns that a table cannot do without."""
    if target == ROLL:
        plenum = _names_in(files.get(SESSION_FILE)).kind == "plenum"
        return (NUMBER, NAME, STATUS, CAPACITY) if plenum else (NUMBER, NAME, STATUS)
    return CHANGES_REQUIRED if target == CHANGES else (NUMBER, NAME)


def with_table(files: Files, target: str, suffix: str, data: bytes) -> tuple[Files, str]:
    """The draft with this content as the table at an address, and the name of its file.

    The name is that of the table which was there, with this suffix; a file that nothing names any more is left out.

    Raises:
        InputError: there is nothing at this address.
    """
    ref = find_table(files, target)
    document = parse_session(files)
    stem = ref.file.rpartition(".")[0] or ref.file
    others = {other.file for other in _refs(document) if other.target != target}
    taken = others | (set(files) - {ref.file})
    name = free_name(stem, suffix, taken)
    _table_of(document, ref)[ref.key] = name
    kept = {other: content for other, content in files.items() if other != ref.file or ref.file in others}
    return {**with_session(kept, document), name: data}, name


def free_name(stem: str, suffix: str, taken: set[str]) -> str:
    """``stem.csv``, or ``stem-2.csv`` where that is taken."""
    names = (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


@dataclass(frozen=True, slots=True)
class _Names:
    """What `session.toml` names: the kind of session, the tables, the contests."""

    kind: str
    refs: tuple[TableRef, ...]
    places: tuple[tuple[str, str], ...]


@lru_cache(maxsize=_REMEMBERED)
def _names_in(text: bytes | None) -> _Names:
    document = parse_session({} if text is None else {SESSION_FILE: text})
    session = document.get("session")
    kind = session.get("kind") if isinstance(session, dict) else ""
    places = tuple(
        (contest_place(number, table), str(table.get("id"))) for number, table in enumerate(contest_tables(document), 1)
    )
    return _Names(str(kind), tuple(_refs(document)), places)


def _refs(document: tomlkit.TOMLDocument) -> Iterator[TableRef]:
    session = document.get("session")
    for key in (ROLL, CHANGES):
        name = session.get(key) if isinstance(session, dict) else None
        if isinstance(name, str):
            yield TableRef(key, key, str(name))
    for table in contest_tables(document):
        for key in _CONTEST_KEYS:
            name, contest_id = table.get(key), table.get("id")
            if isinstance(name, str) and isinstance(contest_id, str):
                yield TableRef(contest_target(str(contest_id)), key, str(name))


def _table_of(document: tomlkit.TOMLDocument, ref: TableRef) -> Any:
    if not ref.contest:
        return section(document, "session")
    return next(table for table in contest_tables(document) if table.get("id") == ref.contest)
