"""The embedded database: its settings, and what its errors mean."""

import sqlite3
from pathlib import Path

import pytest

from api.store.database import create_schema
from api.store.sqlite import SqliteDatabase
from tests.faults.faulty_connection import sqlite_error
from voting_core.errors import InputError

pytestmark = pytest.mark.usefixtures("tables_of_the_revisions")


def test_settings_that_durability_and_secrecy_need(tmp_path: Path) -> None:
    create_schema(tmp_path / "db")
    connection = SqliteDatabase(tmp_path / "db").connect()

    def pragma(name: str) -> object:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2
    assert pragma("foreign_keys") == 1
    assert pragma("secure_delete") == 1
    assert pragma("busy_timeout") == 5_000
    connection.close()


def test_waiting_ballots_have_no_order(tmp_path: Path) -> None:
    create_schema(tmp_path / "db")
    connection = SqliteDatabase(tmp_path / "db").connect()
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("SELECT rowid FROM pending_ballots")
    connection.close()


@pytest.mark.parametrize(
    ("code", "full", "undone"),
    [(sqlite3.SQLITE_FULL, True, True), (sqlite3.SQLITE_BUSY, False, True), (sqlite3.SQLITE_IOERR, False, False)],
)
def test_what_errors_mean(tmp_path: Path, code: int, full: bool, undone: bool) -> None:
    database, error = SqliteDatabase(tmp_path / "db"), sqlite_error(code)
    assert (database.concerns_all(error), database.is_full(error), database.is_undone(error)) == (True, full, undone)
    assert not database.concerns_all(sqlite3.IntegrityError("x"))


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "db")
    other.execute("CREATE TABLE mine (x)")
    other.close()
    with pytest.raises(InputError, match="version 0"):
        create_schema(tmp_path / "db")
    other = sqlite3.connect(tmp_path / "db")
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("mine",)]
    other.close()


def test_a_database_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    with pytest.raises(InputError, match="cannot be opened"):
        create_schema(tmp_path / "db")
