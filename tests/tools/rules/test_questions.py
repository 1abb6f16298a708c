"""What a county must answer: each question names parameters that there are, and blocks what it is about."""

import re

from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.parameters import all_parameters
from tally.rules.words import KIND_WORDS
from tools.rules.questions import QUESTIONS

FIELDS = {
    *(one.field for one in all_parameters()),
    *("instrument", "adopted_by", "effective_from", "articles"),
    *("capture", "write_ins", "kiosk", "hand", "session.toml", "[scrutineers]", "recall_default", "排序", "罢免"),
    'body = "alternate_member"',
}


def test_a_question_says_where_its_answer_goes():
    for question in QUESTIONS:
        for where in (question.where.zh, question.where.en):
            assert set(re.findall(r"`([^`]+)`", where)) <= FIELDS
        assert set(question.kinds) <= set(KIND_WORDS)
        assert set(question.sets) <= set(available_rule_sets())


def test_every_set_has_questions_and_recall_its_own():
    for name in available_rule_sets():
        assert any(question.blocks(load_rule_set(name)) for question in QUESTIONS)
    (recall,) = (question for question in QUESTIONS if question.sets == ("recall_default",))
    assert recall.blocks(load_rule_set("recall_default"))
    assert not recall.blocks(load_rule_set("resolution_default"))
    assert not recall.blocks(load_rule_set("ticket_2004"))
