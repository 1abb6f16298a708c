"""The schema says what the code promises."""

import sqlite3
from pathlib import Path

import pytest

from api.store.database import create_schema, open_connection
from voting_core.errors import InputError


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    create_schema(tmp_path / "db")
    create_schema(tmp_path / "db")
    return open_connection(tmp_path / "db")


def test_settings_that_durability_and_secrecy_need(connection: sqlite3.Connection) -> None:
    def pragma(name: str) -> object:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2
    assert pragma("foreign_keys") == 1
    assert pragma("secure_delete") == 1
    assert pragma("busy_timeout") == 5_000
    connection.close()


def test_the_log_is_append_only(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO entries (idx, raw, leaf) VALUES (0, x'00', x'01')")
    for sql in ("UPDATE entries SET raw = x'02'", "DELETE FROM entries"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(sql)
    connection.close()


def test_waiting_ballots_have_no_order_no_time_and_no_kiosk(connection: sqlite3.Connection) -> None:
    columns = [row[1] for row in connection.execute("PRAGMA table_info(pending_ballots)")]
    assert columns == ["ballot_id", "contest", "raw"]
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("SELECT rowid FROM pending_ballots")
    connection.close()


def test_people_and_ballots_share_no_column(connection: sqlite3.Connection) -> None:
    def columns(table: str) -> set[str]:
        return {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}

    people = columns("people") | columns("checkins")
    ballots = columns("pending_ballots") | columns("entries") | columns("checkpoints") | columns("cosignatures")
    assert people & ballots == set()
    references = [row[2] for row in connection.execute("PRAGMA foreign_key_list(checkins)")]
    assert references == ["people"]
    connection.close()


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
