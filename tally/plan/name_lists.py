"""The rows of a contest in the order of the ballot, and the order of their names (SPEC §13.6).

Where the rule set orders by strokes, the order is worked out here, once, and fixed in the contest. A column 排序 gives
a place by hand: for names with characters that the table does not have, and where the printed list says otherwise.
"""

from collections.abc import Mapping, Sequence

from ballots.contest import Detail, Row
from tally.plan.contest_plan import ContestPlan
from tally.plan.people import POSITION, PlanRow
from tally.plan.problems import Problems
from tally.rules.common import ListOrder, Naming
from tally.rules.families import Family, stroke_naming
from tally.rules.ruleset import RuleSet
from tally.strokes.lawful_order import AtPosition, NameOrderError, OrderedNames, lawful_order


def ordered_rows(plan: ContestPlan, family: Family, problems: Problems) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows in the order of the ballot, and their ids in the order of names.

    A name that has no place is noted as a problem; the order is then that of the table.
    """
    rows = {row.number: _row(row) for row in plan.rows}
    naming = stroke_naming(plan.body, family)
    if naming is None:
        return tuple(rows.values()), tuple(rows)
    try:
        order = _order(plan, naming).ids
    except NameOrderError as error:
        for problem in error.problems:
            remedy = f"Write the place of the name in the printed list into a column {POSITION}"
            problems.add(f"{plan.place}, {problem.place}", problem.problem, remedy)
        return tuple(rows.values()), tuple(rows)
    if naming.list_order is ListOrder.AS_GIVEN:
        return tuple(rows.values()), order
    return tuple(rows[identity] for identity in order), order


def order_notes(plans: Sequence[ContestPlan], rule_sets: Mapping[str, RuleSet]) -> tuple[str, ...]:
    """What officials should confirm about the order of names before they define a contest, in the order of the file.

    A name that has no place is not among the notes: :func:`ordered_rows` refuses it.
    """
    notes = []
    for plan in plans:
        rules = rule_sets.get(plan.rule_set)
        naming = stroke_naming(plan.body, rules.family) if rules is not None else None
        if naming is None:
            continue
        try:
            order = _order(plan, naming)
        except NameOrderError:
            continue
        if order.doubtful:
            characters = "、".join(order.doubtful)
            notes.append(
                f"{plan.title}：请核对这些字决定的姓名排序 {characters}  check the order that these characters decide"
            )
        if order.by_hand:
            names = {row.number: row.name for row in plan.rows}
            placed = "、".join(names[identity] for identity in order.by_hand)
            notes.append(f"{plan.title}：按“{POSITION}”列人工排定 {placed}  placed by hand in the column {POSITION}")
    return tuple(notes)


def _order(plan: ContestPlan, naming: Naming) -> OrderedNames:
    people = [(row.number, row.name) for row in plan.rows]
    by_hand = [AtPosition(row.number, row.position) for row in plan.rows if row.position]
    return lawful_order(people, naming.name_order, by_hand)


def _row(row: PlanRow) -> Row:
    return Row(row.number, row.name, tuple(Detail(label, text) for label, text in row.details))
