"""Rule sets in words."""

import json

import pytest

from tally.rules.explain import explain, other_articles, value_at, value_words
from tally.rules.loader import available_rule_sets, load_rule_set, rule_set_from_json
from tally.rules.parameters import all_parameters


def said(rules, key):
    (line,) = (line for line in explain(rules) if line.parameter.key == key)
    return line.value.zh, line.value.en


def with_changes(name, **changes):
    return rule_set_from_json({**json.loads(json.dumps(load_rule_set(name).to_json())), **changes})


@pytest.mark.parametrize("name", available_rule_sets())
def test_every_parameter_has_words_in_both_languages(name):
    for line in explain(load_rule_set(name)):
        assert line.value.zh
        assert line.value.en
        for word in ("should_attend", "{", "None", "True", "[("):
            assert word not in line.value.zh + line.value.en


LOCAL = load_rule_set("election_local_2020")


@pytest.mark.parametrize(
    ("rules", "key", "zh", "en"),
    [
        (LOCAL, "decides", "选举", "elections"),
        (LOCAL, "elect", "超过半数（以应到会有表决权人数为基数）", "more than 1/2 of those who should attend"),
        (LOCAL, "blank_mark_means", "弃权", "abstain"),
        (LOCAL, "write_in.allowed", "是", "yes"),
        (LOCAL, "write_in.requires", "投了不赞成票的", "who disapproves of a candidate"),
        (LOCAL, "mark_legend", "“O”赞成；“X”不赞成", '"O" approve; "X" disapprove'),
        (LOCAL, "retention.days", "无文规定，由县里定", "no text says; for the county"),
        (load_rule_set("discipline_constitution"), "quorum", "不设", "none is asked for"),
        (load_rule_set("ticket_2004"), "options", "同意；不赞成；弃权", "agree; disapprove; abstain"),
        (
            load_rule_set("excellence_quota"),
            "blank_mark_means",
            "不可不填，每行必填",
            "nothing: every line must be marked",
        ),
        (load_rule_set("excellence_quota"), "bands", "无", "none"),
        (
            load_rule_set("excellence_quota"),
            "selection",
            "按 rate_excellent 取，不超过 1/5（只舍不入）",
            "by rate_excellent, at most 1/5, rounded down",
        ),
        (
            load_rule_set("trust_default"),
            "weights",
            "信任 100；基本信任 60；不信任 0",
            "信任 100; 基本信任 60; 不信任 0",
        ),
        (
            load_rule_set("election_local_plenum_2020"),
            "surplus",
            "常委：至少多 1 名，至多多 2 名；书记：等额；副书记：等额",
            "standing committee members: at least 1 more, at most 2 more; the secretary: as many candidates as seats; "
            "deputy secretaries: as many candidates as seats",
        ),
    ],
)
def test_values(rules, key, zh, en):
    assert said(rules, key) == (zh, en)


def test_values_that_no_packaged_set_has():
    trust = with_changes(
        "trust_default",
        flags=[{"id": "talk", "marks": ["不信任"], "op": "gt", "frac": [1, 3]}],
        categories=[{"id": "a", "weight": 40}, {"id": "b", "weight": 60}],
        bands={
            "indicator": "rate_trust",
            "list": [{"name": "好", "op": "ge", "frac": [2, 3]}, {"name": "差", "otherwise": True}],
        },
        scopes=[
            {"item": "rate_trust", "scopes": ["self", "committee"], "delay_days": 3},
            {"item": "flags", "scopes": [], "delay_days": 0},
        ],
        selection={
            "indicator": "rate_trust",
            "quota": [1, 5],
            "turnout": {"base": "issued", "op": "ge", "frac": [4, 5]},
            "least": {"op": "ge", "frac": [1, 2]},
        },
        retention={"days": 30, "destroy_needs_two_roles": False},
    )
    assert said(trust, "flags") == ("talk = 不信任 超过三分之一", "talk = 不信任 more than 1/3")
    assert said(trust, "categories")[0] == "a 40%；b 60%"
    assert said(trust, "bands")[0] == "按 rate_trust：三分之二以上（含本数）为好；其余为差"
    assert said(trust, "scopes") == (
        "rate_trust：本人、委员会（3 天后）；flags：无人",
        "rate_trust: the person, the committee after 3 days; flags: nobody",
    )
    assert said(trust, "selection")[0].endswith(
        "收回票须五分之四以上（含本数）（以发出票数为基数），比率须半数以上（含本数）"
    )
    assert said(trust, "retention.days") == ("30 天", "30 days")
    assert said(trust, "retention.destroy_needs_two_roles") == ("否", "no")


def test_who_cannot_be_written_in_has_no_lines_about_how():
    keys = {line.parameter.key for line in explain(with_changes("election_local_2020", write_in={"allowed": False}))}
    assert {key for key in keys if key.startswith("write_in")} == {"write_in.allowed"}


def test_an_article_goes_with_its_parameter():
    lines = {line.parameter.key: line.article for line in explain(LOCAL)}
    quorum = lines["quorum"]
    assert quorum is not None
    assert "第24条" in quorum.zh
    assert lines["decides"] is None


def test_a_value_that_is_not_there():
    assert value_at({"a": {"b": 1}}, "a.b") == 1
    assert value_at({"a": 1}, "a.b") is None
    (surplus,) = (one for one in all_parameters() if one.key == "surplus")
    assert value_words(surplus, []).en == value_words(surplus, None).en == "none"


def test_articles_of_single_flags_stand_apart():
    assert other_articles(LOCAL) == ()
    points = [article.point for article in other_articles(load_rule_set("annual_assessment"))]
    assert points
    assert not {line.parameter.point for line in explain(load_rule_set("annual_assessment"))} & set(points)
