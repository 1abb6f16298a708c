"""Quorum, ballots and thresholds in words, and whether a sitting decides at all."""

import pytest

from tally.decide.attendance import Attendance
from tally.decide.steps import Step, checks_steps, exact_steps, has_quorum, open_sitting, step, threshold_step
from tally.rules.loader import load_rule_set
from tally.rules.threshold import Base, Op, Ratio, Threshold
from tests.tally.decide.contests import changed_rules
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

    assert "应到会 300 人，实到会 291 人，须超过半数（151 人）到会，可以表决" in quorum.zh
    assert "第24条" in quorum.article_zh
    assert "Art. 24" in quorum.article_en
    assert quorum.certainty == "quoted"
    assert quorum.cited_zh == f"{quorum.zh}〔{quorum.article_zh}〕"
    assert quorum.cited_en == f"{quorum.en} [{quorum.article_en}]"
    assert "发出 291 票，收回 290 票，有效 289 票，无效 1 票" in ballots.zh
    assert "the vote is valid" in ballots.en


def test_too_many_ballots_of_one_class_are_more_than_issued_whatever_is_compared_otherwise():
    rules = changed_rules("election_local_2020", returned_must_be="le_present")
    sitting = open_sitting(Attendance(300, 291, 291, 290, over_issued=1), rules)

    assert not sitting.ballots_in_order
    assert sitting.steps[1].zh == (
        "发出 291 票，收回 290 票，有效 290 票，无效 0 票，收回多于发出，本次投票无效，应重新投票"
    )
    assert sitting.steps[1].en == (
        "291 ballots issued, 290 returned, 290 valid, 0 invalid: more than issued, void, to be held again"
    )


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


@pytest.mark.parametrize(("reached", "zh"), [(True, "，达到"), (False, "未达到")])
def test_exactly_the_fraction_is_a_warning(reached, zh):
    (words,) = exact_steps("王海", "王海 has", 150, Ratio(Op.GT, 1, 2), 300, reached=reached)

    assert zh in words.zh
    assert "王海 has 150 votes, exactly the fraction" in words.en


@pytest.mark.parametrize("votes", [149, 151, 199, 201])
def test_beside_the_fraction_there_is_no_warning(votes):
    assert exact_steps("王海", "王海 has", votes, Ratio(Op.GE, 2, 3), 300, reached=True) == ()


def test_exactly_half_is_a_warning_whatever_the_fraction_is():
    (words,) = exact_steps("王海", "王海 has", 150, Ratio(Op.GE, 2, 3), 300, reached=False)

    assert "exactly half" in words.en


@pytest.mark.parametrize(("present", "warned"), [(149, False), (150, True), (151, False)])
def test_exactly_half_present_is_a_warning(present, warned):
    steps = open_sitting(Attendance(300, present, present, present), LOCAL).steps

    assert any(step.point == "exact" and f"恰为 {present} 人" in step.zh for step in steps) is warned


def test_an_article_from_memory_is_marked_as_unverified():
    words = step(LOCAL, "write_in", "甲", "one")

    assert words.unverified
    assert "原文未核对" in words.cited_zh
    assert "unverified" in words.cited_en
    assert not step(LOCAL, "quorum", "甲", "one").unverified


def test_the_checks_that_remain_are_named():
    (words,) = checks_steps(("same_name_identity", "tie_decided_by_presidium"))

    assert "是否同名" in words.zh
    assert "the presidium decides" in words.en
    assert checks_steps(()) == ()


def test_a_point_without_an_article_stands_alone():
    assert step(LOCAL, "nothing", "甲", "one") == Step("nothing", "甲", "one")
    assert Step("nothing", "甲", "one").cited_zh == "甲"
    assert Step("nothing", "甲", "one").cited_en == "one"
