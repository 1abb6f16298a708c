"""What a small category thought, computed from what is published beside it (SPEC §13.1, §13.9).

Three leaders, twenty-two members and two hundred and fifty delegates evaluate a person by category; the county shows
categories of five and more. Leaders are not shown. Whoever subtracts the members and delegates from the whole has them
all the same; whoever has the index has a second equation, even where the members are kept back as well.
"""

from datetime import date
from itertools import product

import pytest

from tally.decide.attendance import Attendance
from tally.decide.outcome import EvaluationOutcome
from tally.entries.counting import CountedCell
from tally.publication import publish as publication
from tally.publication.publish import publish
from tally.publication.shown import ShownRow
from tally.rules.evaluation import EvaluationRules, Scope
from tests.tally.decide.contests import changed_rules
from tests.tally.decide.evaluations import together, weighed

LEADERS, MEMBERS, DELEGATES = (1, 1, 1, 0), (15, 5, 1, 1), (170, 56, 20, 4)
TABLES = (("a", LEADERS), ("b", MEMBERS), ("c", DELEGATES))
CELLS = tuple(CountedCell(name, sum(own), (own,)) for name, own in TABLES)
WHOLE = together(LEADERS, MEMBERS, DELEGATES)
ITEMS = ("rate_trust", "rate_trust_or_basic", "rate_distrust", "index")
RULES = changed_rules(
    "trust_categories",
    smallest_cell=5,
    scopes=[{"item": item, "scopes": ["public"], "delay_days": 0} for item in ITEMS],
)
DAY = date(2026, 12, 8)
WEIGHTS = (100, 60, 0)


def decided() -> EvaluationOutcome:
    attendance = Attendance(300, 290, 290, sum(WHOLE), drawn=(("a", 3), ("b", 22), ("c", 250)))
    return weighed(*TABLES, rules=RULES, attendance=attendance)


def seen() -> ShownRow:
    assert isinstance(RULES.family, EvaluationRules)
    return publish(decided(), RULES.family, CELLS, Scope.PUBLIC, published=DAY, today=DAY).rows[0]


def leaders_by_subtraction(row: ShownRow) -> int | None:
    """The leaders' votes of trust, where everybody else's are shown: the whole without the others."""
    shown = {category.categories: category.rates[0].rate.numerator for category in row.categories}
    if not {("b",), ("c",)} <= set(shown):
        return None
    return row.rates[0].rate.numerator - shown["b",] - shown["c",]


def leaders_by_index(row: ShownRow) -> set[tuple[int, ...]]:
    """Every way in which three leaders can have voted that gives the published index, or any index if none is."""
    both = together(LEADERS, MEMBERS)
    found = set()
    for own in product(range(4), repeat=4):
        rest = tuple(x - y for x, y in zip(both, own, strict=True))
        if sum(own) != 3 or min(rest) < 0 or not sum(own[:3]):
            continue
        score = weighed(("a", own), ("b", rest), ("c", DELEGATES), rules=RULES, attendance=_drawn()).rows[0].score
        if row.score is None or score == row.score:
            found.add(own)
    return found


def _drawn() -> Attendance:
    return Attendance(300, 290, 290, sum(WHOLE), drawn=(("a", 3), ("b", 22), ("c", 250)))


def test_a_category_that_is_kept_back_alone_is_found_by_subtraction(monkeypatch: pytest.MonkeyPatch) -> None:
    assert leaders_by_subtraction(seen()) is None

    monkeypatch.setattr(publication, "publishable", lambda *_: (("b", "c"), ("a",)))
    assert leaders_by_subtraction(seen()) == LEADERS[0]


def test_the_index_tells_what_two_categories_keep_back() -> None:
    weak = seen()
    with_index = ShownRow(
        weak.row, weak.rates, decided().rows[0].score, weak.flags, weak.band, weak.categories, weak.withheld
    )

    assert leaders_by_index(with_index) == {LEADERS}
    assert weak.score is None
    assert len(leaders_by_index(weak)) > 10
