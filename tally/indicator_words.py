"""The words of indicators, grades and the index, in one place for screens, tables and reports.

A rate is named by its marks: 信任和基本信任率. The index has names of its own, because a weighted mean that is called a
rate misleads: with a weight of 50 for the worst grade, universal dissatisfaction shows fifty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tally.rules.words import Words

_GRADES: Final = {
    "信任": "trust",
    "基本信任": "basic trust",
    "不信任": "distrust",
    "弃权": "abstention",
    "满意": "satisfied",
    "基本满意": "basically satisfied",
    "不满意": "dissatisfied",
    "不了解": "no opinion",
    "优秀": "excellent",
    "称职": "competent",
    "基本称职": "basically competent",
    "不称职": "incompetent",
    "胜任": "able",
    "基本胜任": "basically able",
    "不胜任": "unable",
    "良好": "good",
    "一般": "fair",
    "较差": "poor",
    "好": "good",
    "较好": "fairly good",
    "差": "bad",
    "认同": "accepted",
    "基本认同": "basically accepted",
    "不认同": "not accepted",
}
_RATE_WORD: Final = re.compile(r"率|\brates?\b|\bpercent", re.IGNORECASE)


def grade_words(mark: str) -> Words:
    """A mark of a scale; one of a county's own scale has no English name and keeps its own."""
    return Words(mark, _GRADES.get(mark, mark))


def rate_words(marks: Sequence[str]) -> Words:
    """The rate of the ballots with one of these marks."""
    grades = [grade_words(mark) for mark in marks]
    zh = "和".join(("、".join(grade.zh for grade in grades[:-1]), grades[-1].zh)) if len(grades) > 1 else marks[0]
    return Words(f"{zh}率", f"rate of {' or '.join(grade.en for grade in grades)}")


def index_words(zh: str, en: str) -> Words:
    """A name of the weighted index.

    Raises:
        ValueError: it says 率, rate or percent, and an index is none.
    """
    for text in (zh, en):
        if _RATE_WORD.search(text):
            raise ValueError(f"the weighted index may not be called {text!r}: it is no rate")
    return Words(zh, en)


INDEX: Final = index_words("指数", "index")
"""What the weighted index is called."""

SCORE: Final = index_words("得分", "score")
"""What it is called in appraisals of departments."""


def label_to_refuse(marks: Sequence[str]) -> str:
    """The name that a score over these marks must not have: the rate of its favourable mark, empty without one."""
    word = next((mark for mark in ("满意", "信任", "称职", "认同", "优秀") if mark in marks), "")
    return f"{word}率" if word else ""
