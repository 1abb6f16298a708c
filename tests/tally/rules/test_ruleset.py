"""A rule set as a value: its articles, and its JSON with and without a quorum."""

from dataclasses import FrozenInstanceError

import pytest

from tally.rules.loader import load_rule_set
from tally.rules.ruleset import Article, Certainty

RULES = load_rule_set("ticket_2004")


def test_articles_are_found_by_their_point():
    article = RULES.article("recusal")

    assert isinstance(article, Article)
    assert article.certainty is Certainty.QUOTED
    assert "第5条" in article.zh
    assert RULES.article("nothing") is None


def test_what_is_only_remembered_says_so():
    article = RULES.article("pass")

    assert article is not None
    assert article.certainty is Certainty.MEMORY


def test_a_quorum_is_left_out_where_no_text_states_one():
    assert "quorum" in RULES.to_json()
    assert "quorum" not in load_rule_set("discipline_constitution").to_json()


def test_a_rule_set_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        RULES.version = "2"


def test_a_child_keeps_the_articles_that_it_does_not_replace():
    plenum, congress = load_rule_set("election_local_plenum_2020"), load_rule_set("election_local_2020")

    assert plenum.article("tie") == congress.article("tie")
    assert plenum.article("quorum") != congress.article("quorum")
