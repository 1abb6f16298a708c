"""Rows that name people or subjects: the roll of those who are entitled, and the rows of a contest.

编号 and 姓名 are required everywhere, 状态 in a roll, 身份 in the roll of a plenum. Numbers are unique within a
table; names may repeat, so that a name alone never decides anything. All other columns are kept as details, in the
order of the table.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tally.plan.problems import Problems, shown
from tally.plan.source import PlanFiles
from tally.plan.table import Table, TableLimit, TableRow
from voting_core.params import MAX_CREDENTIALS, MAX_ROWS

NUMBER: Final = "编号"
NAME: Final = "姓名"
STATUS: Final = "状态"
IDENTITY: Final = "身份"
MEMBER: Final = "委员"
MAX_NUMBER: Final = 32
"""Characters of a number: it is printed on ballots and typed at the desk."""

ROLL_LIMIT: Final = TableLimit(MAX_CREDENTIALS, f"One list of credentials holds {MAX_CREDENTIALS} keys")
CONTEST_LIMIT: Final = TableLimit(MAX_ROWS, f"A ballot of more than {MAX_ROWS} names cannot be read by a delegate")


class Status(StrEnum):
    """What the roll says of a delegate's right (状态)."""

    NORMAL = "正常"
    ON_LEAVE = "请假"
    SUSPENDED = "暂停"
    TERMINATED = "终止"


@dataclass(frozen=True, slots=True)
class RollPerson:
    """One line of the roll. `identity` is 身份, empty where the roll has no such column."""

    number: str
    name: str
    status: Status
    identity: str
    votes: bool
    details: tuple[tuple[str, str], ...]

    @property
    def should_attend(self) -> bool:
        """Leave keeps a delegate in the base; suspension and the end of the mandate do not."""
        return self.votes and self.status in (Status.NORMAL, Status.ON_LEAVE)

    @property
    def present(self) -> bool:
        """Present in `demo` and `simulate`: entitled and not on leave."""
        return self.votes and self.status is Status.NORMAL


@dataclass(frozen=True, slots=True)
class Roll:
    """The people of the roll, in its order; `notes` says which lines were left out and why."""

    people: tuple[RollPerson, ...]
    notes: tuple[str, ...] = ()

    @property
    def should_attend(self) -> int:
        """The base of quorum and majority (应到)."""
        return sum(person.should_attend for person in self.people)

    @property
    def present(self) -> int:
        """Those who draw a card in `demo` and `simulate` (实到)."""
        return sum(person.present for person in self.people)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One candidate, nominee, subject or option of a contest's table."""

    number: str
    name: str
    details: tuple[tuple[str, str], ...]


def read_roll(files: PlanFiles, place: str, name: str, *, plenum: bool, problems: Problems) -> Roll:
    """Read the roll; in a plenum only those whose 身份 is 委员 vote."""
    required = (NUMBER, NAME, STATUS, IDENTITY) if plenum else (NUMBER, NAME, STATUS)
    table = files.table(place, name, required, ROLL_LIMIT)
    if table is None:
        return Roll(())
    rows, notes = _without_former_lines(table) if plenum else (table.rows, ())
    _check_numbers(table, rows, problems)
    roll = Roll(tuple(_read_person(table, row, plenum, problems) for row in rows), notes)
    if problems.count == 0 and roll.present == 0:
        who = f"with {IDENTITY} {MEMBER} and {STATUS} {Status.NORMAL}" if plenum else f"with {STATUS} {Status.NORMAL}"
        problems.add(name, f"has nobody {who}", "Without a voter there is no session; check these columns")
    return roll


def read_rows(files: PlanFiles, place: str, name: str, problems: Problems) -> tuple[PlanRow, ...]:
    """Read the rows of a contest in the order of the file: lists come in the order in which they are printed."""
    table = files.table(place, name, (NUMBER, NAME), CONTEST_LIMIT)
    if table is None:
        return ()
    _check_numbers(table, table.rows, problems)
    return tuple(PlanRow(row.get(NUMBER), row.get(NAME), _details(row, (NUMBER, NAME))) for row in table.rows)


def _read_person(table: Table, row: TableRow, plenum: bool, problems: Problems) -> RollPerson:
    status = Status.TERMINATED
    try:
        status = Status(row.get(STATUS))
    except ValueError:
        words = ", ".join(Status)
        problems.add(table.place(row, STATUS), f"{shown(row.get(STATUS))} is not a status", f"Write one of {words}")
    identity = row.get(IDENTITY)
    if plenum and not identity:
        problems.add(
            table.place(row, IDENTITY), "is empty", f"Write {MEMBER} for those who vote, and what the others are"
        )
    details = _details(row, (NUMBER, NAME, STATUS, IDENTITY))
    return RollPerson(row.get(NUMBER), row.get(NAME), status, identity, not plenum or identity == MEMBER, details)


def _without_former_lines(table: Table) -> tuple[tuple[TableRow, ...], tuple[str, ...]]:
    """Leave out the line of an alternate who has become a member, where the roll of a plenum keeps both.

    Such a line has number and name of a line with 身份 委员 and cannot vote, so leaving it out changes no number.
    Any other repetition is refused like everywhere else.
    """
    members = {(row.get(NUMBER), row.get(NAME)): row.line for row in table.rows if row.get(IDENTITY) == MEMBER}
    rows: list[TableRow] = []
    notes: list[str] = []
    for row in table.rows:
        identity, line = row.get(IDENTITY), members.get((row.get(NUMBER), row.get(NAME)))
        if line is None or identity in ("", MEMBER) or not row.get(NUMBER):
            rows.append(row)
        else:
            person = f"{row.get(NUMBER)} {row.get(NAME)}"
            notes.append(
                f"{table.place(row, IDENTITY)}: {person} is {MEMBER} in line {line}; the line as {identity} is left out"
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
