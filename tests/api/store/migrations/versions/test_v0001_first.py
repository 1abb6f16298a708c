"""The first revision: the log cannot be changed, on either database, by any statement."""

from pathlib import Path

import pytest

from api.store.connection import Database
from api.store.migrate import migrate
from api.store.sqlite import SqliteDatabase
from tests.api.store.old_databases import version_1
from tests.api.store.schemas import shape

CHANGES = ("UPDATE entries SET raw = leaf", "DELETE FROM entries", "TRUNCATE entries")


def test_the_log_is_append_only(database: Database) -> None:
    connection = database.connect()
    connection.execute("INSERT INTO entries (idx, raw, leaf) VALUES (?, ?, ?)", (0, b"0", b"1"))
    for statement in CHANGES[: 3 if database.begin == "BEGIN" else 2]:
        with pytest.raises(database.errors, match="append-only"):
            connection.execute(statement)
    assert connection.execute("SELECT raw FROM entries").fetchall() == [(b"0",)]
    connection.close()


def test_its_tables_are_those_of_the_program_before_migrations(tmp_path: Path) -> None:
    migrate(SqliteDatabase(tmp_path / "new"), upto="0001")
    assert shape(tmp_path / "new") == shape(version_1(tmp_path / "old"))
