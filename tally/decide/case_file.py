"""The parts of a file of cases that every kind of case reads: inputs, rule sets, and the strokes of names.

* Answers (``expected``, and the computed keys of rows) are never read; they may be absent.
* An unknown field of an ``input`` or of ``params`` is refused, because it might be meant to change the result. Remarks
  and numbers of people who count nowhere are let through.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tally.rules.loader import available_rule_sets, inherit, load_rule_set, packaged
from tally.rules.parse import rule_set_from_json
from tally.rules.ruleset import RuleSet
from tally.strokes.order import plain_name
from tally.strokes.table import Strokes, known_characters
from voting_core.codec import Fields, JsonObject, JsonValue
from voting_core.errors import EncodingError, InputError

MAX_PEOPLE: Final = 10**9
_COUNT_NOWHERE: Final = frozenset(
    {"alternates_present", "alternates_should_attend", "observers_present", "guests_present", "note", "comment"}
)

# What a rule set of the packaged files says besides its parameters; a file of cases need not say it.
_ATTESTATION: Final = ("name", "version", "effective_from", "certainty", "articles", "use_for", "decides")
_PRESENTATION: Final = ("list_order", "name_order", "stroke_table", "mark_legend", "blank_mark_means")
# Parameters on which every method is silent that does not state them.
_SILENT: Final = (
    "effective_until",
    "adopted_by",
    "retention",
    "returned_must_be",
    "blank_ballot",
    "announce_numbers",
    "preselection_reports_to",
    "surplus",
    "surplus_single_seat",
    "recused_base",
    "categories",
    "empty_category",
    "scopes",
)


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its own fields, and what the file says for all of them."""

    id: str
    kind: str
    fields: JsonObject
    rule_sets: JsonObject
    names: Mapping[str, Mapping[int, Strokes]]

    def input(self) -> Fields:
        """The ``input`` without what counts nowhere; read it to its end."""
        return open_fields(self.fields.get("input"), "input")

    def params(self) -> Fields:
        """The ``params``; an absent object is an empty one."""
        return open_fields(self.fields.get("params", {}), "params")

    def rows(self) -> tuple[Fields, ...]:
        """The rows; what a row says beyond its inputs is an answer and not read."""
        return Fields(dict(self.fields), self.id).rows("rows")

    def row_objects(self) -> tuple[JsonObject, ...]:
        """The rows as objects, where the names of their fields are data."""
        rows = Fields(dict(self.fields), self.id).array("rows")
        return tuple(row if isinstance(row, dict) else {} for row in rows)

    def text(self, key: str, default: str) -> str:
        """An optional text of the case itself."""
        return Fields(dict(self.fields), self.id).text(key) if key in self.fields else default

    def rules(self) -> RuleSet:
        """The rule set that the case names: the file's own definition, or the packaged one.

        Raises:
            EncodingError: no rule set is named, or the file's definition is wrong.
            InputError: there is no such rule set.
        """
        name = Fields(dict(self.fields), self.id).text("rule_set")
        if name not in self.rule_sets:
            return load_rule_set(name)
        return rule_set_from_json(_completed(name, _resolved(name, self.rule_sets)), f"rule_sets.{name}")


def open_fields(value: JsonValue | None, where: str) -> Fields:
    """The fields of an object without what counts nowhere."""
    if not isinstance(value, dict):
        raise EncodingError(where, "is missing or is not an object")
    return Fields({key: item for key, item in value.items() if key not in _COUNT_NOWHERE}, where)


def number(fields: Fields, key: str) -> int:
    """A number of people, ballots or votes."""
    return fields.integer(key, 0, MAX_PEOPLE)


def number_or(fields: Fields, key: str, default: int) -> int:
    """The same where it may be left out."""
    return number(fields, key) if fields.has(key) else default


def counts_of(value: JsonValue, where: str) -> dict[str, int]:
    """An object of numbers by mark, in its own order."""
    fields = open_fields(value, where)
    marks = value if isinstance(value, dict) else {}
    return {mark: number(fields, mark) for mark in marks}


def read_names(value: JsonValue) -> dict[str, dict[int, Strokes]]:
    """``names``: the strokes of the first character of each name."""
    names: dict[str, dict[int, Strokes]] = {}
    if not isinstance(value, dict):
        raise EncodingError("names", "is not an object")
    for name, item in value.items():
        fields = Fields(item, f'names "{name}"')
        count = fields.integer("strokes", 1, 100)
        sequence = fields.text("stroke_seq", max=100)
        fields.done()
        names[name] = {0: _given(plain_name(name)[:1], count, sequence)}
    return names


def _given(character: str, count: int, sequence: str) -> Strokes:
    """Given strokes; the place in the official list still decides between characters of equal strokes."""
    own = known_characters().get(character)
    same = own is not None and (own.count, own.sequence) == (count, sequence)
    return own if own is not None and same else Strokes(count, sequence)


def _resolved(name: str, rule_sets: JsonObject, children: tuple[str, ...] = ()) -> JsonObject:
    """The fields of a rule set of the file, over those of its parent, which may be a packaged one."""
    if name in children:
        raise InputError("rule_sets", f'"{name}" inherits from itself', "Let one of them stand alone")
    if name not in rule_sets:
        return packaged(name)
    own = rule_sets[name]
    if not isinstance(own, dict):
        raise EncodingError(f"rule_sets.{name}", "is not an object")
    fields = {key: item for key, item in own.items() if key != "inherits"}
    if "inherits" not in own:
        return fields
    parent = Fields(own, f"rule_sets.{name}").text("inherits")
    return inherit(_resolved(parent, rule_sets, (*children, name)), fields)


def _completed(name: str, fields: JsonObject) -> JsonObject:
    """A rule set of a file with what such files leave out, from the packaged set of the same name or family."""
    family = "election_local_2020" if "elect" in fields else "ticket_2004" if "options" in fields else ""
    family = family or ("trust_default" if "scale" in fields else "resolution_default")
    template = packaged(name if name in available_rule_sets() else family)
    silent = (*_ATTESTATION, *_PRESENTATION, *_SILENT)
    missing = {key: template[key] for key in silent if key in template and key not in fields}
    return {**missing, **fields, "id": name}
