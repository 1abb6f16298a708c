"""Quorum, ballots and thresholds in words, and whether a sitting decides at all."""

import pytest

from tally.decide.attendance import Attendance
from tally.decide.steps import exact_step, has_quorum, open_sitting, step, threshold_step
from tally.rules.loader import load_rule_set
from tally.rules.threshold import Base, Op, Ratio, Threshold
from voting_core.errors import VerificationError

LOCAL = load_rule_set("election_local_2020")


@pytest.mark.parametrize(
    ("rule_set_id", "should_attend", "needed"),
    [
        ("election_local_2020", 300, 151),
        ("election_local_plenum_2020", 33, 23),
        ("election_grassroots_2020", 80, 64),
        ("election_grassroots_1990", 80, 65),
        ("ticket_2004", 33, 22),
        ("resolution_default", 300, 151),
        ("trust_default", 296, 149),
    ],
)
def test_quorum_at_the_number_below_and_above(rule_set_id, should_attend, needed):
    rules = load_rule_set(rule_set_id)

    assert not has_quorum(should_attend, needed - 1, rules)
    assert has_quorum(should_attend, needed, rules)
    assert has_quorum(should_attend, needed + 1, rules)


def test_a_rule_set_without_a_quorum_asks_for_none():
    rules = load_rule_set("discipline_constitution")
    sitting = open_sitting(Attendance(33, 1, 1, 1), rules)

    assert sitting.can_hold
    assert "未规定" in sitting.steps[0].zh


@pytest.mark.parametrize(
    ("attendance", "outcome"),
    [
        (Attendance(300, 151, 151, 151), "decided"),
        (Attendance(300, 150, 150, 150), "no_quorum"),
        (Attendance(300, 291, 291, 292), "void_revote"),
        (Attendance(300, 150, 150, 151), "no_quorum"),
    ],
)
def test_outcomes_of_a_sitting(attendance, outcome):
    sitting = open_sitting(attendance, LOCAL)

    assert sitting.outcome == outcome
    assert sitting.decides is (outcome == "decided")


def test_steps_name_numbers_rule_and_article():
    quorum, ballots = open_sitting(Attendance(300, 291, 291, 290, 1), LOCAL).steps

    assert "应到会 300 人，实到会 291 人，须超过半数到会，可以表决" in quorum.zh
    assert "第24条" in quorum.zh
    assert "Art. 24" in quorum.en
    assert "发出 291 票，收回 290 票，有效 289 票，无效 1 票" in ballots.zh
    assert "the vote is valid" in ballots.en


def test_issued_and_present_that_differ_are_pointed_out():
    steps = open_sitting(Attendance(300, 291, 290, 290), LOCAL).steps

    assert steps[-1].point == "issued"
    assert "290 ballots were issued to 291 present" in steps[-1].en


def test_contradictions_come_first():
    with pytest.raises(VerificationError):
        open_sitting(Attendance(300, 301, 300, 300), LOCAL)


def test_a_threshold_step_names_the_base_and_its_number():
    threshold = Threshold(Base.SHOULD_ATTEND, Ratio(Op.GT, 1, 2))
    words = threshold_step(LOCAL, "elect", threshold, Attendance(300, 291, 291, 291), 151)

    assert "须得赞成 151 票：超过半数，应到会有表决权人数 300" in words.zh
    assert "151 votes are needed: more than 1/2 of those who should attend, 300" in words.en


@pytest.mark.parametrize(("passed", "zh"), [(True, "，达到"), (False, "未达到")])
def test_exactly_the_fraction_is_a_warning(passed, zh):
    words = exact_step("王海", 150, Ratio(Op.GT, 1, 2), passed)

    assert zh in words.zh
    assert "check the text" in words.en


def test_a_point_without_an_article_stands_alone():
    assert step(LOCAL, "nothing", "甲", "one").zh == "甲"
