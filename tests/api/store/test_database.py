"""Which database a setting names."""

import sys
from pathlib import Path

import pytest

from api.store.database import as_database, create_schema, database_at, open_connection
from api.store.sqlite import SqliteDatabase
from voting_core.errors import InputError

pytestmark = pytest.mark.usefixtures("tables_of_the_revisions")


def test_without_a_url_it_is_the_embedded_one(tmp_path: Path) -> None:
    database = database_at(tmp_path / "db")
    assert isinstance(database, SqliteDatabase)
    assert database.name == str(tmp_path / "db")
    assert as_database(database) is database
    assert isinstance(as_database(tmp_path / "db"), SqliteDatabase)


def test_a_path_is_enough(tmp_path: Path) -> None:
    create_schema(tmp_path / "db")
    connection = open_connection(tmp_path / "db")
    assert connection.execute("SELECT number FROM commits").fetchall() == [(0,)]
    connection.close()


@pytest.mark.parametrize("url", ["mysql://host/db", "session.db", "sqlite:///x"])
def test_a_url_of_another_kind_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(InputError, match="postgresql://user@host/name"):
        database_at(tmp_path / "db", url)


def test_a_missing_driver_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "api.store.postgres", None)
    with pytest.raises(InputError, match=r"plenum\[postgres\]"):
        database_at(tmp_path / "db", "postgresql://u@h/d")
