"""Numbers by delegation and by class, and people with what is true of them."""

from collections.abc import Iterator

import pytest

from api.services.desk import note
from api.store import desk_queries
from api.store.database import Database
from api.store.desk_operations import Person, replace_roll
from api.store.desk_queries import AttendanceCounts
from api.store.desk_status import Act, DeskStatus
from api.store.reader import Reader
from api.store.writer import Writer
from tests.support.patience import PATIENCE

ROLL = [
    Person("1", "甲", "城关镇", should_attend=True, on_leave=False, category="a"),
    Person("2", "乙", "河口乡", should_attend=True, on_leave=True, category="b"),
    Person("3", "丙", "城关镇", should_attend=False, on_leave=False, category="b"),
    Person("4", "丁", "城关镇", should_attend=True, on_leave=False, category="b"),
    Person("5", "戊", "河口乡", should_attend=True, on_leave=False, category="a"),
]


@pytest.fixture
def reader(database: Database) -> Iterator[Reader]:
    writer = Writer(database.connect, database)
    writer.submit(replace_roll(ROLL)).result(PATIENCE)
    for number, act in (
        ("1", Act.ARRIVE_LATE),
        ("1", Act.DRAW_CARD),
        ("4", Act.DRAW_CARD),
        ("4", Act.LEAVE),
        ("5", Act.DRAW_CARD),
    ):
        note(writer, number, act).result(PATIENCE)
    note(writer, "5", Act.RETURN_CARD, 0).result(PATIENCE)
    yield Reader(database)
    writer.close()


def test_numbers_by_delegation_add_up(reader: Reader) -> None:
    found = dict(reader.read(desk_queries.counts_by_delegation))
    assert list(found) == ["城关镇", "河口乡"]
    assert found["城关镇"] == AttendanceCounts(on_roll=3, should_attend=2, present=1, departed=1, late=1, cards_drawn=2)
    assert found["河口乡"] == AttendanceCounts(on_roll=2, should_attend=2, present=1, on_leave=1, cards_back=1)
    assert found["城关镇"] + found["河口乡"] == reader.attendance() == reader.read(desk_queries.counts)
    assert reader.attendance().expected == 0


def test_numbers_by_class(reader: Reader) -> None:
    found = dict(reader.read(desk_queries.counts_by_category))
    assert {name: one.cards_drawn for name, one in found.items()} == {"a": 1, "b": 1}


def test_an_empty_roll_has_no_numbers(database: Database) -> None:
    empty = Reader(database)
    assert empty.attendance() == AttendanceCounts()
    assert empty.read(desk_queries.counts_by_delegation) == ()


def test_people_with_what_is_true_of_them(reader: Reader) -> None:
    found = reader.read(lambda connection: desk_queries.people_at_desk(connection, ["2", "4", "99"]))
    assert set(found) == {"2", "4"}
    assert found["2"].person == ROLL[1]
    assert found["2"].status == DeskStatus(on_leave=True)
    assert found["4"].status == DeskStatus(departed=True, card_drawn=True)
    assert [one.person.id for one in reader.read(desk_queries.everybody)] == ["1", "2", "3", "4", "5"]
    assert reader.read(desk_queries.roll_names)[0] == ("1", "甲", "城关镇")


def test_any_number_of_people_is_asked_for(reader: Reader) -> None:
    wanted = [str(number) for number in range(2_000)]
    found = reader.read(lambda connection: desk_queries.people_at_desk(connection, wanted))
    assert len(found) == 5
