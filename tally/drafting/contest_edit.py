"""Edits of the contests of a draft: each has the keys of its kind and no other."""

from collections.abc import Mapping
from typing import Any, Final

import tomlkit
from tomlkit.items import AoT

from ballots.contest import Kind
from tally.drafting.session_edit import refuse_at
from tally.drafting.session_text import Files, contest_table, contest_tables, parse_session, put, with_session
from tally.drafting.sheet import SUFFIX, Sheet
from tally.drafting.survey import survey
from tally.drafting.tables import free_name, table_key
from tally.plan.people import NAME, NUMBER
from tally.plan.problems import Problems
from tally.plan.session_plan import contest_place
from voting_core.errors import InputError

TEXTS: Final = ("id", "kind", "title", "title_en", "rule_set", "capture")
_OWN_TEXTS: Final[Mapping[str, tuple[str, ...]]] = {
    Kind.ELECTION: ("stage", "body", "write_ins", "write_in_decision"),
    Kind.TICKET_VOTE: ("purpose",),
    Kind.EVALUATION: ("scale",),
    Kind.ASSESSMENT: ("scale",),
}
_OWN_NUMBERS: Final[Mapping[str, tuple[str, ...]]] = {
    Kind.ELECTION: ("seats",),
    Kind.ASSESSMENT: ("quota_percent",),
    Kind.QUESTIONNAIRE: ("at_most", "at_least"),
}
_MAX_DIGITS: Final = 6


def text_keys(kind: str) -> tuple[str, ...]:
    """The keys with texts that a contest of a kind may have."""
    return (*TEXTS, *_OWN_TEXTS.get(kind, ()))


def number_keys(kind: str) -> tuple[str, ...]:
    """The keys with numbers that a contest of a kind may have."""
    return _OWN_NUMBERS.get(kind, ())


def add_contest(files: Files, values: Mapping[str, str]) -> Files:
    """The draft with one more contest at the end, and an empty table for its names.

    Raises:
        InputErrors: it is not accepted.
    """
    document = parse_session(files)
    tables = document.get("contest")
    if not isinstance(tables, AoT):
        tables = tomlkit.aot()
        document["contest"] = tables
    if any(table.get("id") == values.get("id", "").strip() for table in contest_tables(document)):
        raise InputError("id", "is that of an earlier contest", "Give it an id of its own")
    table = tomlkit.table()
    _fill(table, values)
    tables.append(table)
    edited = dict(with_session(files, document))
    return _accepted(*_with_own_table(edited, values.get("id", "").strip(), values.get("kind", "")))


def change_contest(files: Files, contest_id: str, values: Mapping[str, str]) -> Files:
    """The draft with other values of a contest; what `values` leaves empty is removed.

    Raises:
        InputErrors: it is not accepted.
    """
    document = parse_session(files)
    table = contest_table(document, contest_id)
    new_id = values.get("id", "").strip()
    if new_id != contest_id and any(other.get("id") == new_id for other in contest_tables(document)):
        raise InputError("id", "is that of another contest", "Give it an id of its own")
    _fill(table, values)
    return _accepted(*_with_own_table(dict(with_session(files, document)), new_id, values.get("kind", "")))


def remove_contest(files: Files, contest_id: str) -> Files:
    """The draft without a contest and without the table that only this contest names.

    Raises:
        InputError: there is no such contest.
    """
    document = parse_session(files)
    tables = contest_tables(document)
    gone = contest_table(document, contest_id)
    name = _table_name(gone)
    place = next(number for number, table in enumerate(tables) if table is gone)
    document["contest"].pop(place)
    still = {_table_name(table) for table in contest_tables(document)}
    edited = with_session(files, document)
    return {key: data for key, data in edited.items() if key != name or name in still}


def move_contest(files: Files, contest_id: str, up: bool) -> Files:
    """The draft with a contest one place earlier or later, as far as there is one.

    Raises:
        InputError: there is no such contest.
    """
    document = parse_session(files)
    tables = contest_tables(document)
    place = tables.index(contest_table(document, contest_id))
    other = place + (-1 if up else 1)
    if not 0 <= other < len(tables):
        return files
    tables[place], tables[other] = tables[other], tables[place]
    moved = tomlkit.aot()
    for table in tables:
        moved.append(table)
    document["contest"] = moved
    return with_session(files, document)


def _fill(table: Any, values: Mapping[str, str]) -> None:
    kind = values.get("kind", "").strip()
    known = (*text_keys(kind), *number_keys(kind))
    for key in {key for keys in (*_OWN_TEXTS.values(), *_OWN_NUMBERS.values()) for key in keys} - set(known):
        put(table, key, None)
    for key in text_keys(kind):
        text = values.get(key, "").strip()
        # What is required stays with an empty text, so that the reader names it.
        put(table, key, text if text or key in ("id", "kind", "title", "rule_set") else None)
    for key in number_keys(kind):
        text = values.get(key, "").strip()
        put(table, key, _number(key, text) if text else None)


def _number(key: str, text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > _MAX_DIGITS:
        raise InputError(key, "is not a whole number", "Write it with the digits 0 to 9")
    return int(text)


def _with_own_table(files: dict[str, bytes], contest_id: str, kind: str) -> tuple[Files, str]:
    """The draft in which the contest names its table under the key of its kind; an empty one is made for a new one."""
    document = parse_session(files)
    table = contest_table(document, contest_id)
    name, key = _table_name(table), table_key(kind.strip())
    for other in ("candidates", "subjects", "options"):
        put(table, other, name if name and other == key else None)
    if key and not name:
        name = free_name(contest_id or "table", SUFFIX, set(files))
        put(table, key, name)
        files[name] = Sheet((NUMBER, NAME), ()).to_csv()
    return with_session(files, document), contest_id


def _table_name(table: Any) -> str:
    keys = ("candidates", "subjects", "options")
    return next((str(table[key]) for key in keys if isinstance(table.get(key), str)), "")


def _accepted(files: Files, contest_id: str) -> Files:
    """Refuse a contest for what is wrong with its own keys; what its table still lacks is shown."""
    document = parse_session(files)
    tables = contest_tables(document)
    number, table = next((n, t) for n, t in enumerate(tables, 1) if t.get("id") == contest_id)
    refuse_at(files, contest_place(number, table))
    # The rule set is compared with the contest only where its table is complete; its name and its kinds always are.
    found = survey(files)
    rules = found.plan.rule_sets.get(str(table.get("rule_set", ""))) if found.plan is not None else None
    problems = Problems()
    if found.plan is not None and rules is None:
        problems.add("rule_set", "is not known", "Choose one of the list")
    elif rules is not None and table.get("kind") not in rules.decides:
        problems.add("rule_set", f"decides {', '.join(rules.decides)} only", "Choose a rule set for this kind")
    problems.refuse()
    return files
