"""The packaged rule sets against the instruments: every point attested, and marked as sure as it is."""

import re
import tomllib
from pathlib import Path

import pytest

from tally.rules import loader
from tally.rules.evaluation import EvaluationRules
from tally.rules.explain import explain
from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.parameters import parameters_of
from tally.rules.ruleset import Certainty
from tally.rules.threshold import Base, Op

SETS = [load_rule_set(name) for name in available_rule_sets()]
ON_THE_LIST = {
    "preselection_by_delegation",
    "recall_default",
    "resolution_confirmation",
    "resolution_standing_committee",
    "resolution_succession",
}
SUPERSEDED = {"election_grassroots_1990"}
DAY = "2026-12-08"


def test_the_kinds_of_decisions_that_a_county_takes_have_a_set():
    assert set(available_rule_sets()) >= ON_THE_LIST


@pytest.mark.parametrize("rules", SETS, ids=lambda rules: rules.id)
def test_every_parameter_has_an_article(rules):
    assert [line.parameter.key for line in explain(rules) if line.unattested] == []


@pytest.mark.parametrize("rules", SETS, ids=lambda rules: rules.id)
def test_no_article_is_about_a_point_that_there_is_not(rules):
    points = {one.point for one in parameters_of(rules.family)}
    # A flag has words of its own behind it.
    points |= {flag.id for flag in rules.family.flags} if isinstance(rules.family, EvaluationRules) else set()
    assert {article.point for article in rules.articles} <= points


@pytest.mark.parametrize("rules", SETS, ids=lambda rules: rules.id)
def test_who_says_that_nothing_was_found_does_not_quote_it(rules):
    for article in rules.articles:
        if re.search("未见|未对照|默认", article.zh):
            assert article.certainty is not Certainty.QUOTED, article.zh


@pytest.mark.parametrize("rules", SETS, ids=lambda rules: rules.id)
def test_in_force_today_unless_superseded(rules):
    assert rules.in_force(DAY) == (rules.id not in SUPERSEDED)


def test_the_superseded_one_ends_when_the_new_one_begins():
    old, new = load_rule_set("election_grassroots_1990"), load_rule_set("election_grassroots_2020")
    assert old.effective_until == new.effective_from == "2020"
    assert old.in_force("2019-12-31")
    assert not old.in_force("2021-01-01")


def test_a_recall_says_that_the_county_must_be_asked():
    recall = load_rule_set("recall_default")
    assert recall.certainty is Certainty.DESIGN
    for point in ("pass", "quorum"):
        article = recall.article(point)
        assert article is not None
        assert "使用前必须由县里确定" in article.zh


def test_the_standing_committee_votes_as_hainan_rules():
    rules = load_rule_set("resolution_standing_committee")
    assert rules.quorum is not None
    assert rules.passing is not None
    assert (rules.quorum.base, rules.quorum.ratio.needed(9)) == (Base.SHOULD_ATTEND, 6)
    assert (rules.passing.base, rules.passing.ratio.op, rules.passing.ratio.needed(10)) == (
        Base.SHOULD_ATTEND,
        Op.GT,
        6,
    )


def test_files_name_a_set_once_and_begin_with_a_remark():
    folder = Path(str(loader.__file__)).parent
    for name in available_rule_sets():
        text = (folder / f"{name}.toml").read_text(encoding="utf-8")
        assert text.startswith("# ")
        own = tomllib.loads(text)
        points = [article["point"] for article in own.get("articles", [])]
        assert len(points) == len(set(points))
