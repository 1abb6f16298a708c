"""Problems of files in both languages of the screens: where, what, and how to mend it."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from tally.drafting.problem_table import PLACES, PROBLEMS, REMEDIES
from tally.drafting.rule_problem_table import RULE_PROBLEMS, RULE_REMEDIES
from voting_core.errors import InputError

ALL_PROBLEMS: Final = (*PROBLEMS, *RULE_PROBLEMS)
ALL_REMEDIES: Final = (*REMEDIES, *RULE_REMEDIES)

_QUOTED: Final = re.compile(r' ?"([^"]*)" ?')
_WORDS: Final = re.compile(r"[\u4e00-\u9fff]+(, [\u4e00-\u9fff]+)+")

UNTRANSLATED: Final = "（原文）"
"""What stands before a sentence that has no Chinese."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ProblemWords:
    """A problem for a page: three texts, each in both languages."""

    place: Phrase
    problem: Phrase
    remedy: Phrase


def words_of(problem: InputError) -> ProblemWords:
    """The words of one problem."""
    return ProblemWords(
        Phrase(_place(problem.place), problem.place),
        Phrase(_quoted(_said(problem.problem, ALL_PROBLEMS)), problem.problem),
        Phrase(_said(problem.remedy, ALL_REMEDIES), problem.remedy),
    )


def is_translated(problem: InputError) -> bool:
    """Whether problem and remedy have Chinese words of their own."""
    words = words_of(problem)
    return UNTRANSLATED not in words.problem.zh + words.remedy.zh


def _place(text: str) -> str:
    for pattern, said in PLACES:
        text = re.sub(pattern, said, text)
    return text


def _said(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for pattern, said in _compiled(table):
        if found := pattern.fullmatch(text):
            return said.format(*(_listed(value) for value in found.groups()))
    return f"{UNTRANSLATED}{text}"


def _quoted(text: str) -> str:
    """A Chinese sentence with the marks of that language. Remedies keep theirs: they are copied into files."""
    return text if text.startswith(UNTRANSLATED) else _QUOTED.sub(r"“\1”", text)


def _listed(value: str) -> str:
    """A value in a Chinese sentence: words in a row have the pause of that language between them."""
    return value.replace(", ", "、") if _WORDS.fullmatch(value) else value


@cache
def _compiled(table: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    # Values may hold anything, so that several sentences may fit: the one with most words of its own is meant.
    ordered = sorted(table, key=lambda row: -len(row[0].replace("{}", "")))
    return tuple((re.compile(re.escape(english).replace(r"\{\}", "(.*?)"), re.DOTALL), zh) for english, zh in ordered)
