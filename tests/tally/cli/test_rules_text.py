"""Rule sets as lines for people and as JSON."""

import json

import pytest

from tally.cli.rules_text import difference_lines, list_lines, rules_json, rules_lines, words_json
from tally.entries.contests import rules_hash
from tally.rules.county import read_county_rules
from tally.rules.difference import differences
from tally.rules.explain import explain
from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.words import Words
from tests.tally.rules.county_files import NAME, county_files

OWN = read_county_rules(county_files(), NAME).rules
LOCAL = load_rule_set("election_local_2020")


def test_the_list_has_every_set() -> None:
    text = "\n".join(list_lines([load_rule_set(name) for name in available_rule_sets()]))
    for name in available_rule_sets():
        rules = load_rule_set(name)
        assert all(word in text for word in (name, rules.name_zh, rules.name_en, rules.instrument))


@pytest.mark.parametrize("name", available_rule_sets())
def test_a_set_is_shown_whole(name: str) -> None:
    rules = load_rule_set(name)
    text = "\n".join(rules_lines(rules))
    assert rules_hash(rules.to_json()).hex() in text
    for line in explain(rules):
        for word in (line.parameter.label.zh, line.parameter.label.en, line.value.zh, line.value.en):
            assert word in text
    for article in rules.articles:
        assert f"〔{article.point}〕{article.zh}" in text
        assert article.en in text


def test_what_is_unverified_is_marked() -> None:
    lines = rules_lines(LOCAL)
    unverified = [line for line in lines if "待核实" in line]
    assert unverified
    assert all(line.strip().startswith("⚠") for line in unverified)


def test_who_adopted_it() -> None:
    assert f"  通过 adopted by: {OWN.adopted_by}" in rules_lines(OWN)
    assert not any("adopted by" in line for line in rules_lines(LOCAL))


def test_json_has_the_object_and_its_words() -> None:
    value = json.loads(json.dumps(rules_json(OWN)))
    assert value["rules"] == json.loads(json.dumps(OWN.to_json()))
    assert value["hash"] == rules_hash(OWN.to_json()).hex()
    assert [one["key"] for one in value["parameters"]] == [line.parameter.key for line in explain(OWN)]
    (elect,) = (one for one in value["parameters"] if one["key"] == "elect")
    assert elect["article"]["certainty"] == "practice"
    assert elect["value"]["en"] == "more than 1/2 of those present"


def test_differences_and_none() -> None:
    text = difference_lines(LOCAL, OWN, differences(LOCAL, OWN))
    assert text[0].startswith("1 项不同")
    assert text[2].startswith("    election_local_2020: 超过半数（以应到会")
    assert text[3].startswith("    qinglan_election: 超过半数（以实到会")
    assert "各项相同" in difference_lines(LOCAL, LOCAL, ())[0]
    ticket = load_rule_set("ticket_2004")
    assert "    ticket_2004: 无此项  no such parameter" in difference_lines(LOCAL, ticket, differences(LOCAL, ticket))


def test_words_that_are_the_same_in_both_languages_stand_once() -> None:
    lines = rules_lines(load_rule_set("trust_default"))
    assert sum("信任 / 基本信任" in line for line in lines) == 1
    assert words_json(None) == {}
    assert words_json(Words("甲", "a")) == {"zh": "甲", "en": "a"}
