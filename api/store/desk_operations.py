"""What the desks write: the roll, and what is true of a person. Every statement names its columns."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.store.database import Connection
from api.store.desk_status import Change, DeskError, DeskStatus
from api.store.writer import Work
from ballots.screen.words import Said
from voting_core.errors import StateError


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the roll. `should_attend` counts towards the quorum's base, also when the person is on leave.

    `category` is the class of cards where evaluators have classes.
    """

    id: str
    name: str
    delegation: str
    should_attend: bool
    on_leave: bool
    category: str = ""


def replace_roll(people: Sequence[Person]) -> Work[None]:
    """Put a new roll in place of the old one, with a blank line at the desk for everybody.

    Raises (through the future):
        StateError: somebody has checked in already, or a number is there twice.
    """

    def work(connection: Connection) -> None:
        if _somebody_was_here(connection):
            raise StateError("people have checked in under the present roll; undo their check-ins before replacing it")
        numbers = Counter(person.id for person in people)
        twice = sorted(number for number, times in numbers.items() if times > 1)
        if twice:
            raise StateError(f"the roll has the number {twice[0]} more than once; every person needs one of their own")
        connection.execute("DELETE FROM checkins")
        connection.execute("DELETE FROM people")
        for person in sorted(people, key=lambda one: one.id):
            connection.execute(
                "INSERT INTO people (id, name, delegation, should_attend, on_leave, category) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (person.id, person.name, person.delegation, person.should_attend, person.on_leave, person.category),
            )
            _put(connection, person.id, DeskStatus(on_leave=person.on_leave))

    return work


def change_status(delegate: str, step: Callable[[DeskStatus, bool], DeskStatus]) -> Work[Change]:
    """Change what is true of a person at the desk; `step` gets the present status and the roll's word on leave.

    Raises (through the future):
        DeskError: the number is not on the roll, that person does not attend this session, or `step` refuses.
    """

    def work(connection: Connection) -> Change:
        row = connection.execute("SELECT should_attend, on_leave FROM people WHERE id = ?", (delegate,)).fetchone()
        if row is None:
            raise DeskError(
                Said(
                    f"名册上没有编号 {delegate}，请按姓名查找",
                    f"number {delegate} is not on the roll; look the person up by name",
                )
            )
        if not row[0]:
            raise DeskError(
                Said(
                    f"编号 {delegate} 按名册不计入应到会，不能报到",
                    f"number {delegate} does not attend this session according to the roll",
                )
            )
        roll_leave = bool(row[1])
        before = _status(connection, delegate, roll_leave)
        after = step(before, roll_leave)
        if after != before:
            _put(connection, delegate, after)
        return Change(before, after)

    return work


def _status(connection: Connection, delegate: str, roll_leave: bool) -> DeskStatus:
    row = connection.execute(
        "SELECT present, departed, on_leave, late, card_drawn, cards_back FROM checkins WHERE delegate = ?", (delegate,)
    ).fetchone()
    return DeskStatus(on_leave=roll_leave) if row is None else DeskStatus.of_row(*row)


def _put(connection: Connection, delegate: str, status: DeskStatus) -> None:
    connection.execute(
        "INSERT INTO checkins (delegate, present, departed, on_leave, late, card_drawn, cards_back) "
        "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (delegate) DO UPDATE SET present = excluded.present, "
        "departed = excluded.departed, on_leave = excluded.on_leave, late = excluded.late, "
        "card_drawn = excluded.card_drawn, cards_back = excluded.cards_back",
        (
            delegate,
            status.present,
            status.departed,
            status.on_leave,
            status.late,
            status.card_drawn,
            status.cards_back,
        ),
    )


def _somebody_was_here(connection: Connection) -> bool:
    found = connection.execute(
        "SELECT count(*) FROM checkins JOIN people ON people.id = checkins.delegate "
        "WHERE checkins.present OR checkins.departed OR checkins.late OR checkins.card_drawn "
        "OR checkins.cards_back > 0 OR checkins.on_leave <> people.on_leave"
    ).fetchone()
    return bool(found[0])
