"""Questionnaires report and never decide."""

import pytest

from tally.decide.attendance import Attendance
from tally.decide.questionnaire import Option, count_questionnaire
from tally.rules.questionnaire import QuestionnaireRules
from tests.tally.decide.contests import changed_rules, meeting
from voting_core.errors import VerificationError

SITTING = meeting(12, 10)
OPTIONS = (Option("a", "道路", 3, 7), Option("b", "学校", 8, 2), Option("c", "医院", 3, 6, 1))


def count(attendance: Attendance = SITTING, options=OPTIONS, **changes):
    rules = changed_rules("questionnaire_default", **changes)
    assert isinstance(rules.family, QuestionnaireRules)
    return count_questionnaire(options, attendance, rules, rules.family)


def test_options_stand_by_how_often_they_were_chosen_and_then_as_listed():
    assert [(option.row, option.chosen) for option in count().options] == [("b", 8), ("a", 3), ("c", 3)]


def test_options_may_stand_as_listed():
    assert [option.row for option in count(option_order="as_listed").options] == ["a", "b", "c"]


def test_nothing_is_reported_when_more_came_back_than_went_out():
    outcome = count(Attendance(12, 10, 9, 10))
    assert (outcome.options, outcome.to_log_json()["outcome"]) == ((), "void_revote")


def test_a_line_that_does_not_add_up_is_refused():
    with pytest.raises(VerificationError, match="道路"):
        count(options=(Option("a", "道路", 3, 6),))


def test_the_steps_say_how_often_in_both_languages():
    said = [(step.point, step.zh, step.en) for step in count().steps]
    assert said[-3:] == [
        ("option", "学校：选择 8 人", "学校: chosen by 8"),
        ("option", "道路：选择 3 人", "道路: chosen by 3"),
        ("option", "医院：选择 3 人", "医院: chosen by 3"),
    ]
