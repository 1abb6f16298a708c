"""The rows of a contest in the order of the ballot, and the order of their names (SPEC §13.6).

Where the rule set orders by strokes, the order is worked out here, once, and fixed in the contest. A column 排序 gives
a place by hand: for names with characters that the table does not have, and where the printed list says otherwise.
"""

from ballots.contest import Detail, Row
from tally.plan.contest_plan import ContestPlan
from tally.plan.people import POSITION, PlanRow
from tally.plan.problems import Problems
from tally.rules.common import ListOrder, Naming
from tally.rules.election import ElectionRules, Order
from tally.rules.families import Family
from tally.rules.ticket_vote import TicketRules
from tally.strokes.lawful_order import AtPosition, NameOrderError, lawful_order

ALTERNATE_BODY = "alternate_member"


def ordered_rows(plan: ContestPlan, family: Family, problems: Problems) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows in the order of the ballot, and their ids in the order of names.

    A name that has no place is noted as a problem; the order is then that of the table.
    """
    rows = {row.number: _row(row) for row in plan.rows}
    naming = _naming(family)
    if naming is None:
        return tuple(rows.values()), tuple(rows)
    if _keeps_approved_order(plan, family):
        # The superior approved the list in this order; strokes have no part in it.
        return tuple(rows.values()), tuple(rows)
    people = [(row.number, row.name) for row in plan.rows]
    by_hand = [AtPosition(row.number, row.position) for row in plan.rows if row.position]
    try:
        order = lawful_order(people, naming.name_order, by_hand).ids
    except NameOrderError as error:
        for problem in error.problems:
            remedy = f"Write the place of the name in the printed list into a column {POSITION}"
            problems.add(f"{plan.place}, {problem.place}", problem.problem, remedy)
        return tuple(rows.values()), tuple(rows)
    if naming.list_order is ListOrder.AS_GIVEN:
        return tuple(rows.values()), order
    return tuple(rows[identity] for identity in order), order


def _naming(family: Family) -> Naming | None:
    return family.naming if isinstance(family, ElectionRules | TicketRules) else None


def _keeps_approved_order(plan: ContestPlan, family: Family) -> bool:
    if not isinstance(family, ElectionRules):
        return False
    order = family.order_alternates if plan.body == ALTERNATE_BODY else family.order_members
    return order is Order.SUPERIOR_APPROVED


def _row(row: PlanRow) -> Row:
    return Row(row.number, row.name, tuple(Detail(label, text) for label, text in row.details))
