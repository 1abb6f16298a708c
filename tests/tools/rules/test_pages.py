"""What a page of a rule set has."""

import pytest

from tally.rules.explain import explain
from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.ruleset import Certainty
from tools.rules.pages import index_page, questions_page, set_page
from tools.rules.questions import QUESTIONS


@pytest.mark.parametrize("name", available_rule_sets())
def test_parameters_articles_doubts_and_questions_are_on_it(name):
    rules = load_rule_set(name)
    text = set_page(rules, "")
    for line in explain(rules):
        assert f"{line.parameter.label.zh} `{line.parameter.key}` | {line.value.zh} |" in text
        assert f"{line.parameter.label.en} `{line.parameter.key}` | {line.value.en} |" in text
    doubts = text.partition("## 不确定之处")[2].partition("## 使用前县里须答")[0]
    for article in rules.articles:
        assert article.zh in text
        assert article.en in text
        assert (article.zh in doubts) == (article.certainty is not Certainty.QUOTED)
    for question in QUESTIONS:
        assert (question.text.zh in text) == question.blocks(rules)


def test_the_index_has_both_languages():
    text = index_page([load_rule_set("ticket_2004")], "中文", "English text")
    assert text.index("中文") < text.index("全委会票决乡镇党政正职人选") < text.index("English text")
    assert "a plenum's ticket votes on heads of townships" in text


def test_questions_are_listed_under_every_kind_that_they_block():
    text = questions_page()
    for question in QUESTIONS:
        assert text.count(f"- [ ] {question.text.zh}") == len(question.kinds)
        assert text.count(f"- [ ] {question.text.en}") == len(question.kinds)
