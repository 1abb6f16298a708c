"""What the desks read: the roll with what is true of each person, and the numbers by delegation.

The functions take a connection, so that one page can take several answers from one moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, Final, Self

from api.store.database import Connection
from api.store.desk_operations import Person
from api.store.desk_status import DeskStatus

_PAGE: Final = 500
"""People asked for in one statement; databases limit the parameters of one."""


@dataclass(frozen=True, slots=True)
class AttendanceCounts:
    """People by what is true of them. Only those who should attend are counted, save in `on_roll`.

    `present` are in the hall now, `departed` were and left, `expected` have neither come nor are on leave; these and
    `on_leave` add up to `should_attend`. `late` came after the beginning. `cards_drawn` hold a card now, `cards_back`
    is how many cards were given back.
    """

    on_roll: int = 0
    should_attend: int = 0
    present: int = 0
    departed: int = 0
    on_leave: int = 0
    late: int = 0
    cards_drawn: int = 0
    cards_back: int = 0

    @property
    def expected(self) -> int:
        """Those who have not come and are not on leave."""
        return self.should_attend - self.present - self.departed - self.on_leave

    def __add__(self, other: Self) -> "AttendanceCounts":
        """The numbers of two groups together."""
        return AttendanceCounts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True, slots=True)
class PersonAtDesk:
    """A person with what is true of them."""

    person: Person
    status: DeskStatus


_COUNTS: Final = """
count(*),
count(*) FILTER (WHERE p.should_attend),
count(*) FILTER (WHERE p.should_attend AND c.present),
count(*) FILTER (WHERE p.should_attend AND c.departed),
count(*) FILTER (WHERE p.should_attend AND COALESCE(c.on_leave, p.on_leave)),
count(*) FILTER (WHERE p.should_attend AND c.late AND (c.present OR c.departed)),
count(*) FILTER (WHERE p.should_attend AND c.card_drawn),
COALESCE(SUM(c.cards_back), 0)
FROM people p LEFT JOIN checkins c ON c.delegate = p.id
"""


def counts(connection: Connection) -> AttendanceCounts:
    """The numbers of the whole roll."""
    row = connection.execute(f"SELECT {_COUNTS}").fetchone()
    return AttendanceCounts(*(int(value) for value in row))


def counts_by_delegation(connection: Connection) -> tuple[tuple[str, AttendanceCounts], ...]:
    """The numbers of each delegation, in the order in which the roll first names them; "" is for those in none."""
    statement = f"SELECT p.delegation, {_COUNTS} GROUP BY p.delegation ORDER BY min(p.id)"
    rows = connection.execute(statement).fetchall()
    return tuple((row[0], AttendanceCounts(*(int(value) for value in row[1:]))) for row in rows)


def counts_by_category(connection: Connection) -> tuple[tuple[str, AttendanceCounts], ...]:
    """The numbers of each class of cards; "" where the roll has no classes."""
    statement = f"SELECT p.category, {_COUNTS} GROUP BY p.category ORDER BY p.category"
    rows = connection.execute(statement).fetchall()
    return tuple((row[0], AttendanceCounts(*(int(value) for value in row[1:]))) for row in rows)


def roll_names(connection: Connection) -> tuple[tuple[str, str, str], ...]:
    """Number, name and delegation of everybody, by number."""
    rows = connection.execute("SELECT id, name, delegation FROM people ORDER BY id").fetchall()
    return tuple((row[0], row[1], row[2]) for row in rows)


_PEOPLE: Final = """
SELECT p.id, p.name, p.delegation, p.should_attend, p.on_leave, p.category,
COALESCE(c.present, FALSE), COALESCE(c.departed, FALSE), COALESCE(c.on_leave, p.on_leave), COALESCE(c.late, FALSE),
COALESCE(c.card_drawn, FALSE), COALESCE(c.cards_back, 0)
FROM people p LEFT JOIN checkins c ON c.delegate = p.id
"""


def everybody(connection: Connection) -> tuple[PersonAtDesk, ...]:
    """Everybody on the roll, by number."""
    return tuple(_at_desk(row) for row in connection.execute(f"{_PEOPLE} ORDER BY p.id").fetchall())


def people_at_desk(connection: Connection, numbers: Iterable[str]) -> dict[str, PersonAtDesk]:
    """The people with these numbers, as far as the roll has them."""
    wanted = list(numbers)
    found: dict[str, PersonAtDesk] = {}
    for start in range(0, len(wanted), _PAGE):
        some = wanted[start : start + _PAGE]
        places = ", ".join("?" for _ in some)
        for row in connection.execute(f"{_PEOPLE} WHERE p.id IN ({places})", some).fetchall():
            found[row[0]] = _at_desk(row)
    return found


def _at_desk(row: Any) -> PersonAtDesk:
    number, name, delegation, should_attend, on_leave, category = row[:6]
    person = Person(number, name, delegation, bool(should_attend), bool(on_leave), category)
    return PersonAtDesk(person, DeskStatus.of_row(*row[6:]))
