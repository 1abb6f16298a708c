"""Names of indicators; the index is never called a rate."""

import pytest

from tally.indicator_words import INDEX, SCORE, grade_words, index_words, label_to_refuse, rate_words
from tally.plan.scales import SCALES
from tally.rules.words import Words


@pytest.mark.parametrize(
    ("marks", "zh", "en"),
    [
        (("信任",), "信任率", "rate of trust"),
        (("信任", "基本信任"), "信任和基本信任率", "rate of trust or basic trust"),
        (
            ("优秀", "称职", "基本称职"),
            "优秀、称职和基本称职率",
            "rate of excellent or competent or basically competent",
        ),
        (("很好",), "很好率", "rate of 很好"),
    ],
)
def test_a_rate_is_named_by_its_marks(marks, zh, en):
    assert rate_words(marks) == Words(zh, en)


@pytest.mark.parametrize("scale", SCALES)
def test_every_grade_of_the_known_scales_has_an_english_word(scale):
    for mark in SCALES[scale]:
        assert grade_words(mark).en.isascii(), mark


def test_names_of_the_index():
    assert index_words("指数", "index") == INDEX
    assert index_words("得分", "score") == SCORE


@pytest.mark.parametrize(
    ("zh", "en"), [("满意率", "index"), ("指数", "satisfaction rate"), ("指数", "Rates"), ("指数", "percentage")]
)
def test_an_index_is_never_called_a_rate(zh, en):
    with pytest.raises(ValueError, match="is no rate"):
        index_words(zh, en)


@pytest.mark.parametrize("word", ["separate", "operate"])
def test_other_words_with_the_same_letters_are_let_through(word):
    assert index_words("指数", word).en == word


def test_the_name_that_a_score_must_not_have():
    assert label_to_refuse(("非常满意", "满意", "不满意")) == "满意率"
    assert label_to_refuse(("好", "差")) == ""
