"""Whatever an official can do wrong while setting a session up is said in Chinese, in every package that judges it."""

import re

import pytest

from tally.drafting.problem_words import ALL_PROBLEMS, ALL_REMEDIES, is_translated, words_of
from tally.drafting.rule_problem_table import RULE_PROBLEMS, RULE_REMEDIES
from tests.tally.drafting.sentences import refusals
from voting_core.errors import InputError

FOLDERS = ("tally/plan", "tally/drafting", "tally/rules", "tally/roll", "tally/strokes", "api/services", "api/pages")
"""What the pages of the set-up and of the desk call."""

NOT_ON_SCREENS = ("tally/plan/ballots_file.py", "tally/plan/contests.py:100")
"""Of `plenum simulate` alone: the file of ballots, and contests on paper."""


def test_every_sentence_has_words_in_both_languages() -> None:
    found = [one for one in refusals(*FOLDERS) if not one.where.startswith(NOT_ON_SCREENS)]
    missing = [
        (one.where, sentence)
        for one in found
        for sentences, kind in ((one.problems, 0), (one.remedies, 1))
        for sentence in sentences
        if not is_translated(InputError("a", *(("is empty", sentence) if kind else (sentence, "Write the name"))))
    ]
    assert missing == []
    assert sum(len(one.problems) for one in found) > 100
    assert {one.where.partition(":")[0] for one in found} >= {
        "tally/rules/county.py",
        "tally/roll/history.py",
        "tally/strokes/lawful_order.py",
        "api/services/finding.py",
    }


def test_no_general_sentence_takes_the_place_of_a_special_one() -> None:
    """`Write {}` fits every sentence that begins so, and would leave the rest of it in English."""
    for one in (one for one in refusals(*FOLDERS) if not one.where.startswith(NOT_ON_SCREENS)):
        for sentence in one.remedies:
            chinese = words_of(InputError("a", "is empty", sentence)).remedy.zh.replace("plenum rules list", "")
            assert not re.search("[a-z]+ [a-z]+ [a-z]+", chinese), (one.where, sentence, chinese)


def test_values_of_a_sentence_may_be_said_and_no_other() -> None:
    for english, chinese in (*RULE_PROBLEMS, *RULE_REMEDIES):
        values = english.count("{}")
        assert {int(number) for number in re.findall(r"\{([0-9])\}", chinese)} <= set(range(values)), english
        assert re.search("[\u4e00-\u9fff]", chinese), english


def test_no_sentence_is_in_two_tables() -> None:
    for table in (ALL_PROBLEMS, ALL_REMEDIES):
        assert len({english for english, _ in table}) == len(table)


@pytest.mark.parametrize(
    ("problem", "remedy"),
    [
        ('"50%" is no fraction of whole numbers', 'Write it as { base = "should_attend", op = "gt", frac = [1, 2] }: '
         "gt is 超过 (more than), ge is 以上 (at least), and 50% is frac = [1, 2]"),
        ("is not a table { … }", 'Write it as name = { zh = "…", en = "…" }'),
        ("contest.title.zh: is empty", "Correct the contest or its table"),
    ],
)  # fmt: skip
def test_braces_are_text(problem: str, remedy: str) -> None:
    assert is_translated(InputError("county.toml, field elect", problem, remedy))
