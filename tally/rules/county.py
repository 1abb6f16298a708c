"""A county's own rule sets: files that inherit from packaged ones or from each other, and say who adopted them.

* What identifies a set (id, name, instrument, version, dates, adopting resolution) is never inherited.
* Where a county changes a parameter without an article of its own, the article of the parent would explain what is no
  longer so; the adopting resolution takes its place.
* The result is complete and stands alone: the log carries all of it, and its hash.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tally.rules.county_file import SUFFIX, THRESHOLD_FORM, RulesFile, read_rules_file
from tally.rules.explain import value_at
from tally.rules.loader import available_rule_sets, inherit, load_rule_set
from tally.rules.parameters import all_parameters, nearest_parameter
from tally.rules.parse import rule_set_from_json
from tally.rules.ruleset import Certainty, RuleSet
from voting_core.codec import JsonObject, JsonValue
from voting_core.errors import EncodingError, InputError
from voting_core.params import MAX_TEXT

IDENTITY: Final = ("id", "name", "instrument", "version", "effective_from", "effective_until", "adopted_by")
"""What a county's own set says for itself."""

_ROOT: Final = "rules"
_DEFAULTS: Final[JsonObject] = {"version": "1", "effective_from": "", "effective_until": ""}
_THRESHOLDS: Final = frozenset({"quorum", "elect", "preselect", "pass"})
_COPY: Final = "plenum rules copy writes a file with every field and its allowed values"
_TOML_WORDS: Final = {"is not an object": "is not a table { … }", "is not an array": "is not a list [ … ]"}
_REQUIRED: Final[Mapping[str, str]] = {
    "name": 'Write it as name = { zh = "…", en = "…" }',
    "instrument": 'Write the title of the county\'s own method, as instrument = "《青岚县选举办法》"',
    "adopted_by": "Write the resolution that adopted these rules, with its date or number",
}


@dataclass(frozen=True, slots=True)
class CountyRules:
    """A county's rule set, complete, and the set that it inherits from; None where it stands alone."""

    rules: RuleSet
    parent: RuleSet | None


def read_county_rules(files: Mapping[str, bytes], name: str) -> CountyRules:
    """The rule set of the file `name`, completed from packaged sets and from the other files beside it.

    Raises:
        InputError: naming file, field, problem and remedy.
    """
    return _read(read_rules_file(name, files[name]), files, ())


def _read(file: RulesFile, files: Mapping[str, bytes], children: tuple[str, ...]) -> CountyRules:
    _check_identity(file)
    own = {**_DEFAULTS, **file.fields, "id": file.id}
    if not file.inherits:
        return CountyRules(_from_json(file, own), None)
    parent = _parent(file, files, (*children, file.id))
    rules = _from_json(file, inherit(parent.to_json(), own))
    return CountyRules(_from_json(file, {**rules.to_json(), "articles": _articles(rules, parent, file)}), parent)


def _check_identity(file: RulesFile) -> None:
    if file.id in available_rule_sets():
        raise InputError(
            file.place("id"), f'"{file.id}" is that of a packaged rule set', "Give the county's own set another id"
        )
    for field, remedy in _REQUIRED.items():
        value = file.fields.get(field, "")
        if not value or (isinstance(value, str) and not value.strip()):
            raise InputError(file.place(field), "is missing or empty", remedy)


def _parent(file: RulesFile, files: Mapping[str, bytes], children: tuple[str, ...]) -> RuleSet:
    if file.inherits in available_rule_sets():
        return load_rule_set(file.inherits)
    if file.inherits in children:
        raise InputError(
            file.place("inherits"),
            f'"{file.inherits}" inherits from itself ({" → ".join((*children, file.inherits))})',
            "Let one of these files stand alone, or inherit from a packaged set",
        )
    found, unread = _with_id(file, files)
    if len(found) > 1:
        names = " and ".join(sorted(one.name for one in found))
        raise InputError(
            file.place("inherits"), f'"{file.inherits}" is the id of {names}', "Give each an id of its own"
        )
    if not found:
        near = difflib.get_close_matches(file.inherits, available_rule_sets(), 1)
        remedy = f'Did you mean "{near[0]}"' if near else "plenum rules list names those there are"
        beside = f", and {', '.join(unread)} cannot be read" if unread else ""
        raise InputError(file.place("inherits"), f'there is no rule set "{file.inherits}"{beside}', remedy)
    return _read(found[0], files, children).rules


def _with_id(file: RulesFile, files: Mapping[str, bytes]) -> tuple[list[RulesFile], list[str]]:
    """The files with the id that `file` inherits from, and those whose id cannot be told."""
    found, unread = [], []
    for name in sorted(files):
        if not name.endswith(SUFFIX) or name == file.name:
            continue
        try:
            other = read_rules_file(name, files[name])
        except InputError:
            unread.append(name)
            continue
        if other.id == file.inherits:
            found.append(other)
    return found, unread


def _from_json(file: RulesFile, document: JsonObject) -> RuleSet:
    try:
        return rule_set_from_json(document, _ROOT)
    except EncodingError as error:
        path = error.where.removeprefix(_ROOT).removeprefix(".")
        place = file.place(path) if path else file.name
        problem = _TOML_WORDS.get(error.problem, error.problem)
        raise InputError(place, problem, _remedy(path, error.problem)) from error


def _remedy(path: str, problem: str) -> str:
    if "not part of the format" in problem:
        return _unknown(path, problem)
    if path.partition(".")[0] in _THRESHOLDS or path.endswith((".frac", ".op")):
        return THRESHOLD_FORM
    one = nearest_parameter(path)
    if one is not None and one.values:
        return f"Write one of {', '.join(f'{value} ({words.zh})' for value, words in one.values.items())}"
    return f"Correct it; {_COPY}"


def _unknown(path: str, problem: str) -> str:
    """Where a top-level field is mistyped, the nearest there is."""
    written = problem.removeprefix("has a field ").partition(" ")[0]
    known = sorted({*(one.field for one in all_parameters()), *IDENTITY, "certainty", "articles", "use_for"})
    near = [] if path else difflib.get_close_matches(written, [name for name in known if name != written], 1)
    return f'Did you mean "{near[0]}"' if near else f"Remove or correct it; {_COPY}"


def _articles(rules: RuleSet, parent: RuleSet, file: RulesFile) -> list[JsonObject]:
    """The articles, with the adopting resolution in place of those that explained what the county changed."""
    own = _points(file.fields.get("articles", []))
    mine, theirs = rules.to_json(), parent.to_json()
    changed = {
        one.point
        for one in all_parameters()
        if one.point not in own and value_at(mine, one.key) != value_at(theirs, one.key)
    }
    stand_in = {
        "zh": f"本县规定：{rules.adopted_by}"[:MAX_TEXT],
        "en": f"the county's own rule: {rules.adopted_by}"[:MAX_TEXT],
        "certainty": Certainty.PRACTICE.value,
    }
    kept = [article.to_json() for article in rules.articles if article.point not in changed]
    return [*kept, *({"point": point, **stand_in} for point in sorted(changed))]


def _points(articles: JsonValue) -> set[str]:
    rows = articles if isinstance(articles, Sequence) and not isinstance(articles, str) else ()
    return {str(row.get("point")) for row in rows if isinstance(row, Mapping)}
