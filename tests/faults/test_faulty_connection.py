import sqlite3
from pathlib import Path

import pytest

from api.store.database import create_schema
from tests.faults.faulty_connection import Faults, sqlite_error


def test_a_planned_fault_happens_once_and_only_there(tmp_path: Path) -> None:
    create_schema(tmp_path / "db")
    faults = Faults()
    connection = faults.connect(tmp_path / "db")
    faults.before["UPDATE"] = sqlite_error(sqlite3.SQLITE_FULL)
    connection.execute("SELECT number FROM commits")
    with pytest.raises(sqlite3.OperationalError) as caught:
        connection.execute("UPDATE commits SET number = 7")
    assert caught.value.sqlite_errorcode == sqlite3.SQLITE_FULL
    assert connection.execute("SELECT number FROM commits").fetchone() == (0,)
    connection.execute("UPDATE commits SET number = 7")
    assert connection.execute("SELECT number FROM commits").fetchone() == (7,)
    connection.close()


def test_a_fault_after_a_statement_leaves_its_effect(tmp_path: Path) -> None:
    create_schema(tmp_path / "db")
    faults = Faults()
    connection = faults.connect(tmp_path / "db")
    faults.after["UPDATE"] = sqlite_error(sqlite3.SQLITE_IOERR)
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("UPDATE commits SET number = 7")
    assert connection.execute("SELECT number FROM commits").fetchone() == (7,)
    connection.close()
