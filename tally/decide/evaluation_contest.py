"""A whole evaluation or assessment: its rows, the categories of its evaluators, and a selection under a quota.

Every parameter of the rule set has its effect here; what an outcome says of a person is a number or a word, never a
consequence (SPEC §13.9).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from ballots.contest import Contest
from tally.decide.attendance import Attendance, check_row, contradiction
from tally.decide.categories import Combined, Part, classes_by_cell, combine
from tally.decide.evaluation import RowEvaluation, evaluate
from tally.decide.evaluation_steps import evaluation_steps
from tally.decide.outcome import EvaluationOutcome
from tally.decide.quota import Ranked, Selection, select
from tally.decide.rates import rates_of, weigh
from tally.decide.steps import open_sitting
from tally.rules.evaluation import EvaluationRules
from tally.rules.ruleset import RuleSet

SMALL_CELL: Final = "small_cell"
EMPTY_CATEGORY: Final = "empty_category"
VERIFICATION: Final = "verification_by_organisation"
UNDECIDED: Final = "undecided_selection"


class CellCounts(Protocol):
    """The counts of one cell, as ``tally.counted`` has them."""

    @property
    def cell(self) -> str:
        """The id of the cell."""

    @property
    def ballots(self) -> int:
        """The ballots in it."""

    @property
    def counts(self) -> Sequence[Sequence[int]]:
        """For each row one count for each mark."""


def decide_evaluation(
    contest: Contest,
    by_mark: Sequence[Mapping[str, int]],
    unreadable: Sequence[int],
    attendance: Attendance,
    rules: RuleSet,
    family: EvaluationRules,
    cells: Sequence[CellCounts] = (),
) -> EvaluationOutcome:
    """Decide an evaluation. `cells` is needed where the rule set has categories, and not used otherwise.

    Raises:
        VerificationError: V11.D, numbers that contradict each other.
    """
    sitting = open_sitting(attendance, rules)
    combined = _combined(contest, by_mark, attendance, family, cells)
    rows = []
    lines = zip(contest.rows, by_mark, unreadable, combined, strict=True)  # pragma: no mutate: each has one item a row
    for row, marks, lost, own in lines:
        check_row(row.name, tuple(marks.values()), lost, attendance.valid)
        rows.append(evaluate(row.id, marks, attendance, family, own))
    listed = tuple(rows) if sitting.decides else ()
    selection = _selection(contest, rows, attendance, family, decides=sitting.decides)
    names = {row.id: row.name for row in contest.rows}
    return EvaluationOutcome(
        sitting=sitting,
        rows=listed,
        selection=selection,
        manual_checks=_checks(listed, selection, attendance, family),
        steps=(*sitting.steps, *evaluation_steps(listed, selection, names, attendance, rules, family)),
    )


def _checks(
    rows: Sequence[RowEvaluation], selection: Selection | None, attendance: Attendance, family: EvaluationRules
) -> tuple[str, ...]:
    """What people have to look at before anything follows."""
    asked = {
        SMALL_CELL: attendance.valid < family.smallest_cell,
        EMPTY_CATEGORY: any(row.empty_categories for row in rows),
        VERIFICATION: any(flag.tripped for row in rows for flag in row.flags),
        UNDECIDED: selection is not None and selection.undecided_seats > 0,
    }
    return tuple(check for check, needed in asked.items() if needed)


def _combined(
    contest: Contest,
    by_mark: Sequence[Mapping[str, int]],
    attendance: Attendance,
    family: EvaluationRules,
    cells: Sequence[CellCounts],
) -> Sequence[Combined | None]:
    """The categories of each row, None for all rows where the rule set has none."""
    if not family.categories:
        return (None,) * len(contest.rows)
    held = classes_by_cell(contest.cells, [cell.cell for cell in cells])
    tables = {cell.cell: _table(contest, cell) for cell in cells}
    for number, row in enumerate(contest.rows):
        summed = {mark: sum(table[number][mark] for table in tables.values()) for mark in contest.marks}
        if summed != dict(by_mark[number]):
            contradiction(f"the cells of {row.name} do not add up to its counts", row.id)
    return tuple(
        combine(
            (_part(cell, held[cell.cell], tables[cell.cell][number], attendance, family) for cell in cells),
            family.empty_category,
        )
        for number in range(len(contest.rows))
    )


def _table(contest: Contest, cell: CellCounts) -> Sequence[Mapping[str, int]]:
    if [len(row) for row in cell.counts] != [len(contest.marks)] * len(contest.rows):
        contradiction(f"{contest.id}: the counts of the cell {cell.cell} are not one number for each row and mark")
    return tuple(
        dict(zip(contest.marks, row, strict=True))  # pragma: no mutate: the lengths were compared above
        for row in cell.counts
    )


def _part(
    cell: CellCounts,
    classes: tuple[str, ...],
    counts: Mapping[str, int],
    attendance: Attendance,
    family: EvaluationRules,
) -> Part:
    weights = {category.id: category.weight for category in family.categories}
    weighted, weighing = weigh(counts, dict(family.weights))
    alone = len(classes) == 1
    rates = rates_of(counts, attendance.of_classes(classes, cell.ballots), family) if alone else ()
    return Part(cell.cell, classes, sum(weights[name] for name in classes), weighted, weighing, rates)


def _selection(
    contest: Contest,
    rows: Sequence[RowEvaluation],
    attendance: Attendance,
    family: EvaluationRules,
    *,
    decides: bool,
) -> Selection | None:
    rules = family.selection
    if rules is None:
        return None
    place = {identity: number for number, identity in enumerate(contest.order)}
    rates = [(row.row, row.rate(rules.indicator)) for row in rows]
    ranked = [Ranked(name, rate.numerator, rate.denominator, place[name]) for name, rate in rates]
    turnout = rules.turnout
    met = turnout is None or turnout.ratio.holds(attendance.returned, attendance.base(turnout.base))
    return select(ranked, rules, turnout_met=met, decides=decides)
