"""Evaluations by category and selections in one line each, for the tests of the rule engine."""

from ballots.contest import Cell, Contest, Kind
from tally.decide.attendance import Attendance
from tally.decide.engine import decide
from tally.decide.outcome import EvaluationOutcome
from tally.entries.counting import CountedCell
from tally.rules.loader import load_rule_set
from tally.rules.ruleset import RuleSet
from tests.tally.decide.contests import a_contest

CATEGORIES = load_rule_set("trust_categories")
CELLS = (Cell("a", ("a",), "b"), Cell("b", ("b",), "c"), Cell("c", ("c",), ""))
A, B, C = (9, 2, 0, 0), (15, 5, 2, 1), (170, 60, 20, 4)
"""The published case of three categories."""

ATTENDANCE = Attendance(300, 290, 290, 288, drawn=(("a", 12), ("b", 23), ("c", 255)))
Marks = tuple[int, ...]


def by_category() -> Contest:
    """One row, evaluated by three classes in three cells."""
    return a_contest(Kind.EVALUATION, "王海", classes=("a", "b", "c"), cells=CELLS, minimum=8)


def together(*cells: Marks) -> Marks:
    """The sum of some cells."""
    return tuple(map(sum, zip(*cells, strict=True)))


def weighed(
    *cells: tuple[str, Marks], rules: RuleSet = CATEGORIES, attendance: Attendance = ATTENDANCE
) -> EvaluationOutcome:
    """The outcome of these cells for the one row."""
    counted = tuple(CountedCell(name, sum(own), (own,)) for name, own in cells)
    totals = (together(*(own for _, own in cells)),)
    outcome = decide(by_category(), attendance, totals, rules, cells=counted)
    assert isinstance(outcome, EvaluationOutcome)
    return outcome


def assessed(rules: RuleSet, *excellent: int, attendance: Attendance | None = None) -> EvaluationOutcome:
    """The outcome of rows 甲0, 甲1, … with so many 优秀 of a hundred ballots."""
    contest = a_contest(Kind.ASSESSMENT, " ".join(f"甲{n}" for n in range(len(excellent))))
    counts = tuple((n, 100 - n, 0, 0) for n in excellent)
    outcome = decide(contest, attendance or Attendance(130, 120, 110, 100), counts, rules)
    assert isinstance(outcome, EvaluationOutcome)
    return outcome
