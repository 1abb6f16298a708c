"""Rows that name people or subjects: the roll of those who are entitled, and the rows of a contest.

编号 and 姓名 are required everywhere, 状态 in a roll, 身份 in the roll of a plenum. Numbers are unique within a
table; names may repeat, so that a name alone never decides anything. All other columns are kept as details, in the
order of the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from tally.plan.problems import Problems, shown
from tally.plan.source import PlanFiles
from tally.plan.table import Table, TableLimit, TableRow
from tally.roll.history import Derived, History
from tally.roll.person import MEMBER, Roll, RollPerson
from tally.roll.standing import Standing, StatusWord, standing_of
from voting_core.params import MAX_CREDENTIALS, MAX_ROWS

NUMBER: Final = "编号"
NAME: Final = "姓名"
STATUS: Final = "状态"
CAPACITY: Final = "身份"
POSITION: Final = "排序"
"""The place of a name in the printed list, counted from 1, where officials fix it by hand."""

MAX_NUMBER: Final = 32
"""Characters of a number: it is printed on ballots and typed at the desk."""

ROLL_LIMIT: Final = TableLimit(MAX_CREDENTIALS, f"One list of credentials holds {MAX_CREDENTIALS} keys")
CONTEST_LIMIT: Final = TableLimit(MAX_ROWS, f"A ballot of more than {MAX_ROWS} names cannot be read by a delegate")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One candidate, nominee, subject or option of a contest's table; `position` is 0 where it is not given by hand."""

    number: str
    name: str
    details: tuple[tuple[str, str], ...]
    position: int = 0


def read_roll(files: PlanFiles, place: str, name: str, *, plenum: bool, problems: Problems, day: str = "") -> Roll:
    """Read the roll as it stands on `day`; in a plenum only those whose 身份 is 委员 vote."""
    required = (NUMBER, NAME, STATUS, CAPACITY) if plenum else (NUMBER, NAME, STATUS)
    table = files.table(place, name, required, ROLL_LIMIT)
    if table is None:
        return Roll((), day=day)
    rows, notes = _without_former_lines(table) if plenum else (table.rows, ())
    _check_numbers(table, rows, problems)
    people = tuple(_read_person(table, row, plenum, problems) for row in rows)
    return Roll(people, notes, day)


def with_history(roll: Roll, history: History, problems: Problems) -> Roll:
    """The roll with its history, which decides; 状态 must say the same, and leave of the day may stand there alone."""
    derived = history.on(roll.day)
    people = tuple(_judged(person, derived, roll.day, problems) for person in roll.people)
    return Roll(people, roll.notes, roll.day, history)


def refuse_empty_roll(roll: Roll, name: str, *, plenum: bool, problems: Problems) -> None:
    """Refuse a roll without a voter, where it is what is wrong and not the consequence of something else."""
    if problems.count == 0 and roll.present == 0:
        normal = StatusWord.NORMAL.value
        who = f"with {CAPACITY} {MEMBER} and {STATUS} {normal}" if plenum else f"with {STATUS} {normal}"
        problems.add(name, f"has nobody {who}", "Without a voter there is no session; check these columns")


def read_rows(files: PlanFiles, place: str, name: str, problems: Problems) -> tuple[PlanRow, ...]:
    """Read the rows of a contest in the order of the file: lists come in the order in which they are printed."""
    table = files.table(place, name, (NUMBER, NAME), CONTEST_LIMIT)
    if table is None:
        return ()
    _check_numbers(table, table.rows, problems)
    return tuple(_read_row(table, row, problems) for row in table.rows)


def _read_row(table: Table, row: TableRow, problems: Problems) -> PlanRow:
    text = row.get(POSITION)
    position = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(MAX_ROWS)) else 0
    if text and not 1 <= position <= len(table.rows):
        most = len(table.rows)
        problems.add(table.place(row, POSITION), f"{shown(text)} is no place in this list", f"Write 1 to {most}")
    return PlanRow(row.get(NUMBER), row.get(NAME), _details(row, (NUMBER, NAME, POSITION)), position)


def _read_person(table: Table, row: TableRow, plenum: bool, problems: Problems) -> RollPerson:
    standing = Standing()
    try:
        standing = standing_of(StatusWord(row.get(STATUS)))
    except ValueError:
        words = ", ".join(StatusWord)
        problems.add(table.place(row, STATUS), f"{shown(row.get(STATUS))} is not a status", f"Write one of {words}")
    capacity = row.get(CAPACITY)
    if plenum and not capacity:
        problems.add(
            table.place(row, CAPACITY), "is empty", f"Write {MEMBER} for those who vote, and what the others are"
        )
    details = _details(row, (NUMBER, NAME, STATUS, CAPACITY))
    votes = not plenum or capacity == MEMBER
    place = f"{table.name}, line {row.line}"
    return RollPerson(row.get(NUMBER), row.get(NAME), standing, capacity, votes, details, place)


def _judged(person: RollPerson, derived: Mapping[str, Derived], day: str, problems: Problems) -> RollPerson:
    """The person as the history says, or a problem where 状态 says something else."""
    found = derived.get(person.number, Derived(Standing()))
    written, standing = person.standing.word, found.standing
    if written is StatusWord.ON_LEAVE and standing.present:
        standing = replace(standing, on_leave=True)
    if standing.word is not written:
        if found.cause is not None:
            problem = f"{written} contradicts {found.cause.place}: {person.number} is {standing.word} on {day}"
        else:
            problem = f"{written} has no change behind it: by the history {person.number} is {standing.word} on {day}"
        remedy = f"Write {standing.word}, or record the change that is missing"
        problems.add(f"{person.place}, column {STATUS}", problem, remedy)
    return replace(person, standing=standing, cause=found.cause)


def _without_former_lines(table: Table) -> tuple[tuple[TableRow, ...], tuple[str, ...]]:
    """Leave out the line of an alternate who has become a member, where the roll of a plenum keeps both.

    Such a line has number and name of a line with 身份 委员 and cannot vote, so leaving it out changes no number.
    Any other repetition is refused like everywhere else.
    """
    members = {(row.get(NUMBER), row.get(NAME)): row.line for row in table.rows if row.get(CAPACITY) == MEMBER}
    rows: list[TableRow] = []
    notes: list[str] = []
    for row in table.rows:
        capacity, line = row.get(CAPACITY), members.get((row.get(NUMBER), row.get(NAME)))
        if line is None or capacity in ("", MEMBER) or not row.get(NUMBER):
            rows.append(row)
        else:
            person = f"{row.get(NUMBER)} {row.get(NAME)}"
            notes.append(
                f"{table.place(row, CAPACITY)}: {person} is {MEMBER} in line {line}; the line as {capacity} is left out"
            )
    return tuple(rows), tuple(notes)


def _check_numbers(table: Table, rows: tuple[TableRow, ...], problems: Problems) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        number, name = row.get(NUMBER), row.get(NAME)
        place = table.place(row, NUMBER)
        if not number:
            problems.add(place, f"is empty beside {shown(name)}", "Give the row a number of its own")
        elif len(number) > MAX_NUMBER:
            problems.add(place, f"{shown(number)} has {len(number)} characters", f"Use at most {MAX_NUMBER}")
        elif number in seen:
            problems.add(
                place,
                f"{shown(number)} stands in line {seen[number]} already",
                "Give one of the two rows another number",
            )
        else:
            seen[number] = row.line
        if not name:
            problems.add(table.place(row, NAME), f"is empty beside number {shown(number)}", "Write the name")


def _details(row: TableRow, without: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((label, text) for label, text in row.cells if label not in without)
