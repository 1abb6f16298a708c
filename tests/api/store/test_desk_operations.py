"""The roll and the check-ins as they are written, and what the disk tells of their order: nothing."""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from api.services.desk import note
from api.store.database import Database, as_database, create_schema
from api.store.desk_operations import Person, change_status, replace_roll
from api.store.desk_queries import AttendanceCounts
from api.store.desk_status import Act, DeskStatus
from api.store.failures import StorageError
from api.store.reader import Reader
from api.store.writer import Writer
from tests.faults.faulty_connection import Faults, sqlite_error
from tests.support.patience import PATIENCE
from voting_core.errors import FatalError, StateError

ROLL = [
    Person("1", "甲", "", should_attend=True, on_leave=False),
    Person("2", "乙", "", should_attend=True, on_leave=True),
    Person("3", "丙", "", should_attend=False, on_leave=False),
]


class Desk:
    """A database with a writer that can fail, and a reader."""

    def __init__(self, database: Database, people: Sequence[Person] = ROLL) -> None:
        self.faults = Faults()
        self.writer = Writer(lambda: self.faults.connect(database), database)
        self.reader = Reader(database)
        self.write(replace_roll(people))

    def write(self, work: Any) -> Any:
        return self.writer.submit(work, tidy=True).result(PATIENCE)

    def note(self, delegate: str, act: Act, seen: int | None = None) -> Any:
        return note(self.writer, delegate, act, seen).result(PATIENCE)


@pytest.fixture
def desk(database: Database) -> Iterator[Desk]:
    made = Desk(database)
    yield made
    made.writer.close()


def test_roll_and_check_ins(desk: Desk) -> None:
    desk.note("1", Act.DRAW_CARD)
    desk.note("2", Act.ARRIVE)
    assert desk.note("1", Act.LEAVE).after == DeskStatus(departed=True, card_drawn=True)
    assert desk.reader.attendance() == AttendanceCounts(
        on_roll=3, should_attend=2, present=1, departed=1, cards_drawn=1
    )
    desk.note("2", Act.UNDO)
    assert desk.reader.attendance().on_leave == 1


def test_a_second_press_changes_nothing_and_says_so(desk: Desk) -> None:
    assert desk.note("1", Act.DRAW_CARD).is_new
    assert not desk.note("1", Act.DRAW_CARD).is_new
    assert desk.note("1", Act.REPLACE_CARD, 0).is_new
    assert not desk.note("1", Act.REPLACE_CARD, 0).is_new
    assert desk.reader.attendance().cards_back == 1


@pytest.mark.parametrize(("number", "reason"), [("9", "not on the roll"), ("3", "does not attend")])
def test_who_does_not_attend_is_not_noted(desk: Desk, number: str, reason: str) -> None:
    with pytest.raises(StateError, match=reason):
        desk.note(number, Act.ARRIVE)


@pytest.mark.parametrize("act", [Act.ARRIVE, Act.EXCUSE])
def test_a_roll_is_replaced_only_while_nobody_was_at_the_desk(desk: Desk, act: Act) -> None:
    desk.write(replace_roll(ROLL[:2]))
    desk.note("1", act)
    with pytest.raises(StateError, match="have checked in"):
        desk.write(replace_roll(ROLL))
    desk.note("1", Act.UNDO)
    desk.write(replace_roll(ROLL))
    assert desk.reader.attendance() == AttendanceCounts(on_roll=3, should_attend=2, on_leave=1)


def test_a_number_twice_changes_nothing(desk: Desk) -> None:
    with pytest.raises(StateError, match="more than once"):
        desk.write(replace_roll([ROLL[0], ROLL[0]]))
    assert desk.reader.attendance().on_roll == 3


def test_a_person_without_a_line_gets_one(desk: Desk) -> None:
    """As in a database of an older version, which made lines when people came."""
    desk.write(lambda connection: connection.execute("DELETE FROM checkins"))
    assert desk.reader.attendance().on_leave == 1
    assert desk.note("2", Act.ARRIVE).before == DeskStatus(on_leave=True)


@pytest.mark.parametrize(
    ("moment", "statement"),
    [
        (moment, statement)
        for statement in ("BEGIN", "SAVEPOINT", "SELECT should_attend", "INSERT INTO checkins", "RELEASE", "COMMIT")
        for moment in ("before", "after")
    ],
)
def test_an_act_is_noted_or_not_and_can_be_sent_again(database: Database, moment: str, statement: str) -> None:
    desk = Desk(database)
    desk.note("1", Act.DRAW_CARD)
    getattr(desk.faults, moment)[statement] = sqlite_error(sqlite3.SQLITE_IOERR)
    is_stored = (moment, statement) == ("after", "COMMIT")
    if is_stored and database.settles_doubt:
        desk.note("1", Act.REPLACE_CARD, 0)
    else:
        with pytest.raises((StorageError, FatalError)):
            desk.note("1", Act.REPLACE_CARD, 0)
    desk.writer.close()
    stored = desk.reader.attendance().cards_back
    assert stored == (1 if is_stored else 0)
    writer = Writer(database.connect, database)
    note(writer, "1", Act.REPLACE_CARD, 0).result(PATIENCE)
    writer.close()
    assert desk.reader.attendance().cards_back == 1


@pytest.mark.parametrize("statement", ["DELETE FROM people", "INSERT INTO people", "INSERT INTO checkins", "COMMIT"])
def test_a_roll_is_replaced_whole_or_not_at_all(desk: Desk, statement: str) -> None:
    desk.faults.before[statement] = sqlite_error(sqlite3.SQLITE_FULL)
    with pytest.raises(StorageError):
        desk.write(replace_roll(ROLL[:1]))
    assert desk.reader.attendance().on_roll == 3
    desk.write(replace_roll(ROLL[:1]))
    assert desk.reader.attendance().on_roll == 1


def test_no_step_is_told_by_the_write_ahead_log(tmp_path: Path) -> None:
    create_schema(tmp_path / "session.sqlite3")
    desk = Desk(as_database(tmp_path / "session.sqlite3"))
    desk.note("1", Act.DRAW_CARD)
    assert desk.writer.submit(lambda _: None).result(PATIENCE) is None
    assert (tmp_path / "session.sqlite3-wal").stat().st_size <= 4096 * 2 + 100
    desk.writer.close()


def test_a_step_that_refuses_changes_nothing(desk: Desk) -> None:
    def refuse(_: DeskStatus, __: bool) -> DeskStatus:
        raise StateError("no")

    with pytest.raises(StateError, match="no"):
        desk.write(change_status("1", refuse))
    assert desk.reader.attendance().present == 0
