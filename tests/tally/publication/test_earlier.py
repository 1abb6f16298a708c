"""The earlier result beside a new one: the same items for the same people, and nothing of few ballots."""

import pytest

from tally.publication.earlier import publish_earlier
from tests.tally.decide.contests import changed_rules
from tests.tally.report.evaluations import earlier, scopes, told, trust

ROW = told(trust((200, 60, 30, 10))).rows[0].shown


def test_the_same_items_are_shown_as_now():
    found = publish_earlier(ROW, "committee", (earlier("000", "甲", 200),), 8)
    assert found.session == "qinglan-13-2"
    assert [rate.fraction for rate in found.rates] == ["200/250", "200/250", "0/250"]
    assert found.rate("rate_trust").text == "80.00"
    assert found.rate("other") is None
    assert found.index == "80.00"


def test_what_is_kept_back_now_is_kept_back_of_then():
    rules = changed_rules("trust_default", scopes=scopes("public", items=("rate_distrust",)))
    shown = told(trust((200, 60, 30, 10), rules=rules), "public").rows[0].shown
    found = publish_earlier(shown, "committee", (earlier("000", "甲", 200),), 8)
    assert [rate.id for rate in found.rates] == ["rate_distrust"]
    assert found.index is None


@pytest.mark.parametrize(("ballots", "shown"), [(7, False), (8, True), (9, True)])
def test_few_earlier_ballots_show_nothing(ballots, shown):
    assert bool(publish_earlier(ROW, "committee", (earlier("000", "甲", 5, of=ballots),), 8)) is shown


def test_the_contest_of_the_same_id_counts_else_the_only_one():
    other, same = earlier("000", "甲", 100, contest="other"), earlier("000", "甲", 200)
    assert publish_earlier(ROW, "committee", (other, same), 8).rate("rate_trust").numerator == 200
    assert publish_earlier(ROW, "committee", (other,), 8).rate("rate_trust").numerator == 100
    assert publish_earlier(ROW, "third", (other, same), 8) is None
    assert publish_earlier(ROW, "committee", (), 8) is None
