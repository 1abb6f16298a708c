"""Words of rule sets cover every value they are about."""

from ballots.contest import Kind
from tally.rules.common import MARKS
from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.questionnaire import QUESTIONNAIRE_MARKS
from tally.rules.ruleset import Certainty
from tally.rules.words import BODY_WORDS, CERTAINTY_WORDS, KIND_WORDS, MARK_WORDS, USE_WORDS


def test_every_certainty_kind_and_mark_has_words():
    assert set(CERTAINTY_WORDS) == set(Certainty)
    assert set(KIND_WORDS) == set(Kind)
    assert set(MARK_WORDS) == {*MARKS, *QUESTIONNAIRE_MARKS, "agree"}


def test_what_nobody_compared_with_a_text_is_called_unverified():
    unverified = {value for value, words in CERTAINTY_WORDS.items() if "待核实" in words.zh}
    assert unverified == {value for value in Certainty if value.unverified} == {"memory", "practice"}
    assert all(("unverified" in words.en) == ("待核实" in words.zh) for words in CERTAINTY_WORDS.values())


def test_both_languages_are_there():
    tables = (BODY_WORDS, CERTAINTY_WORDS, KIND_WORDS, MARK_WORDS, USE_WORDS)
    for words in (word for table in tables for word in table.values()):
        assert words.zh
        assert words.en.isascii()


def test_what_packaged_sets_are_for_has_words_and_no_others():
    assert {use for name in available_rule_sets() for use in load_rule_set(name).use_for} == set(USE_WORDS)
