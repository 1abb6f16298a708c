"""How two rule sets differ, parameter by parameter, in words."""

from __future__ import annotations

from dataclasses import dataclass

from tally.rules.explain import value_at, value_words
from tally.rules.parameters import Parameter, all_parameters, parameters_of
from tally.rules.ruleset import RuleSet
from tally.rules.words import Words
from voting_core.codec import JsonObject


@dataclass(frozen=True, slots=True)
class Difference:
    """A parameter that two rule sets do not share the value of; None where a set has no such parameter."""

    parameter: Parameter
    first: Words | None
    second: Words | None


def differences(first: RuleSet, second: RuleSet) -> tuple[Difference, ...]:
    """The parameters in which two rule sets differ, in the order in which people read them."""
    documents = first.to_json(), second.to_json()
    known = {one.key for one in parameters_of(first.family)}, {one.key for one in parameters_of(second.family)}
    found = []
    for one in (*parameters_of(first.family), *_others(known)):
        values = [value_at(document, one.key) for document in documents]
        if values[0] != values[1] or (one.key in known[0]) != (one.key in known[1]):
            words = [_words(one, *pair) for pair in zip(documents, known, strict=True)]
            found.append(Difference(one, words[0], words[1]))
    return tuple(found)


def _others(known: tuple[set[str], set[str]]) -> tuple[Parameter, ...]:
    return tuple(one for one in all_parameters() if one.key in known[1] - known[0])


def _words(one: Parameter, document: JsonObject, known: set[str]) -> Words | None:
    return value_words(one, value_at(document, one.key)) if one.key in known else None
