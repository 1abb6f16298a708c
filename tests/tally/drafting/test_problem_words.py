"""Everything that officials can do wrong in tables is said in Chinese."""

import re
from pathlib import Path

import pytest

from tally.drafting.problem_words import is_translated, words_of
from voting_core.errors import InputError

PAGE = Path(__file__).parents[3] / "docs" / "bad-input.md"


def documented() -> list[str]:
    """The sentences about tables and session.toml on the page of bad input."""
    section = PAGE.read_text(encoding="utf-8").partition("## Tables and")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (table|session|ticket|threshold|roll changes)[^|]*\| `(.*)` \| ", section, re.MULTILINE)
    return [sentence for _, sentence in rows]


@pytest.mark.parametrize("sentence", documented())
def test_every_documented_sentence_is_translated(sentence: str) -> None:
    place, _, rest = sentence.partition(": ")
    splits = [(rest[: point.start()], rest[point.end() :]) for point in re.finditer(r"\. ", rest)]
    assert any(is_translated(InputError(place, problem, remedy)) for problem, remedy in splits), sentence


def test_there_are_such_sentences() -> None:
    assert len(documented()) > 20


def test_place_problem_and_remedy_are_said_apart() -> None:
    words = words_of(
        InputError(
            'session.toml, [[contest]] 2 ("trust"), key seats',
            "5 seats for 4 candidates",
            "Correct the number or complete the table",
        )
    )
    assert words.place.zh == "第 2 项表决（trust），应选名额"
    assert words.problem.zh == "应选 5 名，候选人只有 4 名"
    assert words.problem.en == "5 seats for 4 candidates"
    assert words.remedy.zh == "改正名额，或补全名单"
    assert words_of(InputError("roll.csv, line 14, column 状态", "x", "y")).place.zh == "roll.csv，第 14 行，列 状态"


def test_braces_in_a_value_are_text() -> None:
    assert words_of(InputError("a", 'holds the formula "={0}"', "")).problem.zh == "是公式“={0}”"


def test_a_chinese_sentence_has_the_marks_of_that_language() -> None:
    words = words_of(InputError("roll.csv, line 3", '"休假" is not a status', "Write one of 正常, 请假, 暂停"))
    assert words.problem.zh == "“休假”不是规定的状态"
    assert words.remedy.zh == "可填：正常、请假、暂停"
    # What is copied into a file keeps the marks of the file.
    assert '"' in words_of(InputError("a", "x", 'Write scale = "trust4" or another rule set')).remedy.zh


def test_another_sentence_is_given_as_it_is() -> None:
    problem = InputError("a", "is strange", "Ask")
    assert not is_translated(problem)
    assert words_of(problem).problem.zh == "（原文）is strange"
