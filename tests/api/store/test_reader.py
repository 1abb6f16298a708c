import sqlite3
from pathlib import Path

import pytest

from api.store.database import create_schema, open_connection
from api.store.reader import Reader


def test_an_empty_database_has_nothing(tmp_path: Path) -> None:
    create_schema(tmp_path / "db")
    reader = Reader(tmp_path / "db")
    reader.check()
    assert (reader.size(), reader.pending(), reader.checkpoint(), reader.cosigned_sizes()) == (0, (), None, ())
    assert list(reader.entries(0, 0)) == []
    assert reader.proposals() == ()


def test_entries_come_in_order_over_many_pages(tmp_path: Path) -> None:
    create_schema(tmp_path / "db")
    connection = open_connection(tmp_path / "db")
    for number in range(250):
        row = (number, number.to_bytes(2, "big"), number.to_bytes(3, "big"))
        connection.execute("INSERT INTO entries (idx, raw, leaf) VALUES (?, ?, ?)", row)
    connection.close()
    found = list(Reader(tmp_path / "db").entries(3, 240))
    assert found == [number.to_bytes(2, "big") for number in range(3, 240)]


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    create_schema(tmp_path / "db")
    with Reader(tmp_path / "db")._open() as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("UPDATE commits SET number = 7")
