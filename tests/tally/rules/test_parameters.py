"""The tables of parameters are those of the rule set object, and their values those that readers accept."""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum

import pytest

from tally.rules import common, election, evaluation, questionnaire, ticket_vote
from tally.rules.county import IDENTITY
from tally.rules.loader import available_rule_sets, load_rule_set, rule_set_from_json
from tally.rules.parameters import Parameter, all_parameters, nearest_parameter, parameters_of
from voting_core.codec import JsonObject
from voting_core.errors import EncodingError

ENUMS = [
    kind
    for module in (common, election, evaluation, questionnaire, ticket_vote)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind.__module__ == module.__name__
]
NOT_CHOSEN_BY_A_COUNTY = {"Scope"}
NO_PARAMETERS = {*IDENTITY, "certainty", "articles", "use_for"}


def leaves(document: JsonObject, above: str = "") -> Iterator[str]:
    for key, value in document.items():
        whole = key in ("quorum", "elect", "preselect", "pass", "scale", "bands", "selection")
        if isinstance(value, Mapping) and not whole:
            yield from leaves(value, f"{above}{key}.")
        else:
            yield above + key


@pytest.mark.parametrize("name", available_rule_sets())
def test_every_field_of_a_rule_set_is_a_parameter(name):
    rules = load_rule_set(name)
    fields = {leaf for leaf in leaves(rules.to_json()) if leaf.partition(".")[0] not in NO_PARAMETERS}
    assert fields <= {one.key for one in parameters_of(rules.family)}


@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_every_value_that_a_county_may_choose_has_words(kind):
    if kind.__name__ not in NOT_CHOSEN_BY_A_COUNTY:
        assert any(set(one.values) == set(kind) for one in all_parameters())


def with_value(document: JsonObject, key: str, value: str) -> JsonObject:
    changed = json.loads(json.dumps(document))
    at = changed
    *above, last = key.split(".")
    for step in above:
        at = at[step]
    at[last] = [value] if isinstance(at[last], list) else value
    return changed


@pytest.mark.parametrize("name", available_rule_sets())
def test_the_values_with_words_are_those_that_are_read(name):
    rules = load_rule_set(name)
    for one in parameters_of(rules.family):
        values = () if one.field == "write_in" and not rules.to_json()["write_in"]["allowed"] else one.values
        for value in values:
            assert rule_set_from_json(with_value(rules.to_json(), one.key, value))
        if values:
            with pytest.raises(EncodingError):
                rule_set_from_json(with_value(rules.to_json(), one.key, "another"))


def test_keys_are_distinct_and_texts_are_there():
    keys = [one.key for one in all_parameters()]
    assert len(keys) == len(set(keys))
    for words in (words for one in all_parameters() for words in (one.label, *one.values.values())):
        assert words.zh
        assert words.en.isascii()


def nearest(path: str) -> str:
    found = nearest_parameter(path)
    return found.key if isinstance(found, Parameter) else ""


def test_the_nearest_parameter():
    assert nearest("write_in.requires") == "write_in.requires"
    assert nearest("elect.frac") == "elect"
    assert nearest("shortfall.options") == "shortfall.options"
    assert nearest("shortfall") == nearest("") == nearest("name.zh") == ""
