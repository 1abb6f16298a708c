"""The file that a county starts from."""

import re
import tomllib

import pytest

from tally.rules.county import IDENTITY, read_county_rules
from tally.rules.explain import explain
from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.template import template, toml_value
from voting_core.errors import InputError

UNUSED = re.compile(r"^#(?=[a-z\]])|^#  (?=\{)", re.MULTILINE)


@pytest.mark.parametrize("name", available_rule_sets())
def test_as_it_is_only_the_adopting_resolution_is_missing(name):
    text = template(load_rule_set(name), "own")
    with pytest.raises(InputError, match="adopted_by"):
        read_county_rules({"own.toml": text.encode()}, "own.toml")
    filled = text.replace('adopted_by = ""', 'adopted_by = "决议"')
    county = read_county_rules({"own.toml": filled.encode()}, "own.toml")
    assert county.rules.id == "own"
    assert county.rules.family == load_rule_set(name).family
    assert county.rules.articles == load_rule_set(name).articles


@pytest.mark.parametrize("name", available_rule_sets())
def test_every_setting_can_be_put_in_use_and_is_what_the_set_has(name):
    rules = load_rule_set(name)
    settings = template(rules, "own").partition("# 本县条文")[0]
    document = tomllib.loads(UNUSED.sub("", settings))
    own = rules.to_json()
    assert {key: value for key, value in document.items() if key not in (*IDENTITY, "inherits")} == {
        key: value for key, value in own.items() if key not in (*IDENTITY, "articles", "use_for")
    }


def test_articles_can_be_put_in_use():
    text = template(load_rule_set("ticket_2004"), "own").replace('adopted_by = ""', 'adopted_by = "决议"')
    head, mark, articles = text.partition("# 本县条文")
    county = read_county_rules({"own.toml": (head + mark + UNUSED.sub("", articles)).encode()}, "own.toml")
    assert county.rules.articles[0].zh == "《本县办法》第…条：…"


def test_labels_values_and_articles_are_in_it():
    rules = load_rule_set("election_local_2020")
    text = template(rules, "own")
    for line in explain(rules):
        assert f"# {line.parameter.label.zh} {line.parameter.label.en}" in text
        for value, words in line.parameter.values.items():
            assert f'"{value}" {words.zh} {words.en}' in text
        assert line.article is None or line.article.zh in text


@pytest.mark.parametrize("value", ['引号 " 和 \\ 以及\u2028', True, 12, [1, 2], {"a": [{"b": "c"}], "d": False}, []])
def test_a_value_reads_back(value):
    assert tomllib.loads(f"x = {toml_value(value)}") == {"x": value}
