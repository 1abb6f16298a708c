"""The packaged rule sets: one TOML file each, with inheritance resolved when read.

* A file may say ``inherits = "…"``. Its top-level fields then replace those of the parent one by one; ``articles``
  replace each other by their ``point``. The result is complete: nothing is inherited at the time of a decision.
* ``id`` and ``decides`` are never inherited silently: the id is the file's name, and the reader checks the rest.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

from tally.rules.parse import rule_set_from_json
from tally.rules.ruleset import RuleSet
from voting_core.codec import JsonObject, JsonValue
from voting_core.errors import InputError

__all__ = ["available_rule_sets", "inherit", "load_rule_set", "rule_set_from_json"]

_SUFFIX: Final = ".toml"


def available_rule_sets() -> tuple[str, ...]:
    """The ids of the packaged rule sets, sorted."""
    names = (entry.name for entry in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


@lru_cache(maxsize=64)
def load_rule_set(rule_set_id: str) -> RuleSet:
    """The packaged rule set with this id.

    Raises:
        InputError: there is none.
        EncodingError: the packaged file is damaged.
    """
    return rule_set_from_json(packaged(rule_set_id), rule_set_id)


def packaged(rule_set_id: str, children: tuple[str, ...] = ()) -> JsonObject:
    """The fields of a packaged rule set with inheritance resolved.

    Raises:
        InputError: no such rule set, or rule sets that inherit from each other in a circle.
    """
    if rule_set_id not in available_rule_sets():
        known = ", ".join(available_rule_sets())
        raise InputError("rule_set", f'there is no rule set "{rule_set_id[:60]}"', f"Use one of {known}")
    if rule_set_id in children:
        raise InputError("rule_set", f'"{rule_set_id}" inherits from itself', "Let one of the files stand alone")
    own = tomllib.loads((files(__package__) / f"{rule_set_id}{_SUFFIX}").read_text(encoding="utf-8"))
    parent = own.pop("inherits", None)
    own["id"] = rule_set_id
    return own if parent is None else inherit(packaged(parent, (*children, rule_set_id)), own)


def inherit(parent: JsonObject, child: JsonObject) -> JsonObject:
    """The parent's fields with those of the child in their place; articles replace each other by their point."""
    merged = {**parent, **child}
    if "articles" in parent and "articles" in child:
        merged["articles"] = _inherit_articles(parent["articles"], child["articles"])
    return merged


def _inherit_articles(parent: JsonValue, child: JsonValue) -> JsonValue:
    if not isinstance(parent, list) or not isinstance(child, list):
        return child  # the reader refuses it and names the field
    replaced = {article.get("point") for article in child if isinstance(article, Mapping)}
    kept = [article for article in parent if isinstance(article, Mapping) and article.get("point") not in replaced]
    return [*child, *kept]
