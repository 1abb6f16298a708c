from pathlib import Path

import pytest

from api.store.connection import Database
from api.store.database import create_schema
from api.store.failures import StorageError
from api.store.reader import Reader, proposals_mark


def test_an_empty_database_has_nothing(database: Database) -> None:
    reader = Reader(database)
    reader.check()
    assert (reader.size(), reader.pending(), reader.checkpoint(), reader.cosigned_sizes()) == (0, (), None, ())
    assert list(reader.entries(0, 0)) == []
    assert reader.proposals() == ()


def test_entries_come_in_order_over_many_pages(database: Database) -> None:
    connection = database.connect()
    for number in range(250):
        row = (number, number.to_bytes(2, "big"), number.to_bytes(3, "big"))
        connection.execute("INSERT INTO entries (idx, raw, leaf) VALUES (?, ?, ?)", row)
    connection.close()
    found = list(Reader(database).entries(3, 240))
    assert found == [number.to_bytes(2, "big") for number in range(3, 240)]


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(database.errors, match=r"read-?only"), database.reading() as connection:
        connection.execute("UPDATE commits SET number = 7")


def test_a_database_that_does_not_answer_is_said_so(tmp_path: Path) -> None:
    create_schema(tmp_path / "db")
    reader = Reader(tmp_path / "db")
    (tmp_path / "db").unlink()
    questions = (reader.check, reader.size, reader.pending, reader.checkpoint, lambda: list(reader.entries(0, 1)))
    for question in questions:
        with pytest.raises(StorageError, match="cannot read"):
            question()


def test_a_proposal_in_the_place_of_another_is_noticed(database: Database) -> None:
    reader, marks = Reader(database), []
    marks.append(reader.read(proposals_mark))
    connection = database.connect()
    for proposal, entry in ((b"a" * 32, b"1234"), (b"b" * 32, b"5678")):
        connection.execute("DELETE FROM proposals")
        connection.execute("INSERT INTO proposals (id, entry, known) VALUES (?, ?, ?)", (proposal, entry, False))
        marks.append(reader.read(proposals_mark))
    connection.execute("UPDATE proposals SET entry = ?", (b"with a signature",))
    marks.append(reader.read(proposals_mark))
    connection.close()
    assert len(set(marks)) == len(marks)
