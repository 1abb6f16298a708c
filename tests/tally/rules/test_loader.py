"""The packaged rule sets: complete, attested, and those of the worked cases."""

import json
from pathlib import Path

import pytest

from tally.rules import loader
from tally.rules.loader import available_rule_sets, inherit, load_rule_set, packaged
from voting_core.codec import canonical
from voting_core.errors import InputError

CASES = json.loads(Path("examples/cases/worked_cases.json").read_text(encoding="utf-8"))
PUBLISHED = CASES["rule_sets"]


def test_the_rule_sets_of_the_cases_and_the_trust_evaluation_are_packaged():
    assert set(available_rule_sets()) >= {*PUBLISHED, "trust_default"}


@pytest.mark.parametrize("rule_set_id", sorted(PUBLISHED))
def test_a_packaged_rule_set_has_the_parameters_of_the_cases_file(rule_set_id):
    published = PUBLISHED[rule_set_id]
    mine = load_rule_set(rule_set_id).to_json()
    parameters = {key: value for key, value in published.items() if key not in ("inherits", "use_for")}

    assert {key: mine.get(key) for key in parameters} == parameters
    if "quorum" not in published and "inherits" not in published:
        assert "quorum" not in mine


@pytest.mark.parametrize("rule_set_id", available_rule_sets())
def test_a_packaged_rule_set_is_named_and_attested(rule_set_id):
    rules = load_rule_set(rule_set_id)

    assert rules.id == rule_set_id
    assert rules.name_zh
    assert rules.name_en
    assert rules.instrument
    assert rules.version == "1"
    assert rules.decides
    assert rules.articles
    assert (rules.quorum is None) == (rules.article("quorum") is None)


@pytest.mark.parametrize("rule_set_id", available_rule_sets())
def test_a_packaged_rule_set_is_canonical_json(rule_set_id):
    value = load_rule_set(rule_set_id).to_json()

    assert json.loads(canonical(value)) == value


def test_trust_default_is_the_agreed_one():
    rules = load_rule_set("trust_default")
    family = rules.family.to_json()

    assert rules.decides == ("evaluation",)
    assert rules.blank_mark_means == "弃权"
    assert rules.quorum is not None
    assert rules.quorum.to_json() == {"base": "should_attend", "op": "gt", "frac": [1, 2]}
    assert family["scale"] == {"id": "trust4", "marks": ["信任", "基本信任", "不信任", "弃权"]}
    assert family["denominator"] == "valid"
    assert family["weights"] == [
        {"mark": "信任", "weight": 100},
        {"mark": "基本信任", "weight": 60},
        {"mark": "不信任", "weight": 0},
    ]
    assert family["excluded_from_index"] == ["弃权"]
    assert family["flags"] == []
    assert family["smallest_cell"] == 8


def test_an_unknown_rule_set_is_named_with_those_there_are():
    with pytest.raises(InputError, match="no_such_rules") as caught:
        load_rule_set("no_such_rules")

    assert "ticket_2004" in str(caught.value)


@pytest.mark.parametrize("rule_set_id", ["", "../rules/ticket_2004", "ticket_2004.toml"])
def test_an_id_is_never_a_path(rule_set_id):
    with pytest.raises(InputError):
        load_rule_set(rule_set_id)


def test_a_child_replaces_whole_fields_and_articles_by_point():
    parent = {"quorum": {"op": "gt"}, "elect": 1, "articles": [{"point": "a", "zh": "1"}, {"point": "b", "zh": "2"}]}
    child = {"quorum": {"op": "ge"}, "articles": [{"point": "b", "zh": "3"}]}

    assert inherit(parent, child) == {
        "quorum": {"op": "ge"},
        "elect": 1,
        "articles": [{"point": "b", "zh": "3"}, {"point": "a", "zh": "1"}],
    }


def test_articles_that_are_no_list_are_left_for_the_reader_to_refuse():
    assert inherit({"articles": []}, {"articles": "none"}) == {"articles": "none"}


def test_a_circle_of_parents_is_refused():
    with pytest.raises(InputError, match="inherits from itself"):
        packaged("ticket_2004", ("ticket_2004",))


def test_reading_again_gives_the_same_value():
    for rule_set_id in available_rule_sets():
        rules = load_rule_set(rule_set_id)
        assert loader.rule_set_from_json(rules.to_json()) == rules
