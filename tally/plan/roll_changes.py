"""The table of changes of a roll: everything that was ever recorded about delegates' rights, a line for each change."""

from typing import Final

from tally.plan.people import NAME
from tally.plan.problems import Problems, shown
from tally.plan.source import PlanFiles
from tally.plan.table import Table, TableLimit, TableRow
from tally.roll.change import (
    CHANGE,
    COLUMNS,
    CORRECTS,
    DECIDED_BY,
    EFFECTIVE,
    EVENT,
    EVIDENCE,
    FILED_WITH,
    LAST,
    NUMBER,
    RECORDED,
    RollChange,
)
from tally.roll.events import DECIDERS, EVENTS, SUPERIOR_WORD
from tally.roll.history import History, read_history
from tally.roll.person import Roll

REQUIRED: Final = (CHANGE, NUMBER, EVENT, EFFECTIVE, DECIDED_BY, EVIDENCE, RECORDED)
LIMIT: Final = TableLimit(20_000, "A roll of some hundred delegates has not so many changes in a term")


def read_roll_changes(files: PlanFiles, place: str, name: str, roll: Roll, problems: Problems) -> History | None:
    """Read the changes of a roll; None, with problems noted, where one of them cannot be used."""
    table = files.table(place, name, REQUIRED, LIMIT)
    if table is None:
        return None
    before = problems.count
    names = {person.number: person.name for person in roll.people}
    changes = [_read_change(table, row, names, problems) for row in table.rows]
    if problems.count > before:
        return None
    history, wrong = read_history(change for change in changes if change is not None)
    for problem in wrong:
        problems.add(problem.place, problem.problem, problem.remedy)
    return None if wrong else history


def _read_change(table: Table, row: TableRow, names: dict[str, str], problems: Problems) -> RollChange | None:
    event, decider = EVENTS.get(row.get(EVENT)), DECIDERS.get(row.get(DECIDED_BY))
    if event is None:
        words = ", ".join(EVENTS)
        problems.add(table.place(row, EVENT), f"{shown(row.get(EVENT))} is not an event", f"Write one of {words}")
    if decider is None:
        words = ", ".join(DECIDERS)
        problem = f"{shown(row.get(DECIDED_BY))} is nobody who decides"
        problems.add(table.place(row, DECIDED_BY), problem, f"Write one of {words}")
    number, name = row.get(NUMBER), row.get(NAME)
    if number not in names:
        remedy = "Correct the number; who was ever a delegate stays on the roll"
        problems.add(table.place(row, NUMBER), f"there is no {shown(number)} on the roll", remedy)
    elif name and name != names[number]:
        problem = f"{shown(name)} is not the name of {number} on the roll, {shown(names[number])}"
        problems.add(table.place(row, NAME), problem, "Correct number or name")
    filed = row.get(FILED_WITH)
    if filed not in ("", SUPERIOR_WORD):
        remedy = f"Write {SUPERIOR_WORD} once it is filed, or leave the cell empty"
        problems.add(table.place(row, FILED_WITH), f"{shown(filed)} is nobody to file with", remedy)
    if event is None or decider is None:
        return None
    return RollChange(
        id=row.get(CHANGE),
        delegate=number,
        event=event,
        effective=row.get(EFFECTIVE),
        last=row.get(LAST),
        decided_by=decider,
        evidence=row.get(EVIDENCE),
        filed=filed == SUPERIOR_WORD,
        recorded=row.get(RECORDED),
        corrects=row.get(CORRECTS),
        place=f"{table.name}, line {row.line}",
        details=tuple((column, text) for column, text in row.cells if column not in COLUMNS),
    )
