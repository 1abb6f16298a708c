"""A snapshot is an embedded database with every row, and knows the revision of its tables."""

from pathlib import Path

import pytest

from api.keeping.snapshot import copy_tables, take_snapshot
from api.store.connection import Database
from api.store.database import create_schema
from api.store.desk_operations import Person, replace_roll
from api.store.migrate import revisions
from api.store.operations import PendingBallot, add_pending
from api.store.reader import Reader
from api.store.sqlite import SqliteDatabase
from api.store.writer import Writer
from tests.api.store.old_databases import ENTRIES, version_1
from voting_core.errors import InputError


def test_every_row_is_in_the_copy(database: Database, tmp_path: Path) -> None:
    writer = Writer(database.connect, database)
    people = [Person(str(number), "某", "", should_attend=True, on_leave=False) for number in range(1_200)]
    writer.submit(replace_roll(people)).result()
    writer.submit(add_pending([PendingBallot(bytes([9]) * 32, "c", b"{}")])).result()
    assert take_snapshot(database, tmp_path / "copy") == revisions()[-1]
    writer.close()
    copy = Reader(SqliteDatabase(tmp_path / "copy"))
    assert copy.attendance().should_attend == 1_200
    assert copy.pending() == Reader(database).pending()


def test_an_old_database_is_copied_as_it_is(tmp_path: Path) -> None:
    old = SqliteDatabase(version_1(tmp_path / "old"))
    assert take_snapshot(old, tmp_path / "copy") == "0001"
    assert Reader(SqliteDatabase(tmp_path / "copy")).size() == ENTRIES


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "db").write_bytes(b"this is no database" * 100)
    with pytest.raises(InputError, match="cannot be copied"):
        take_snapshot(SqliteDatabase(tmp_path / "db"), tmp_path / "copy")


def test_tables_of_another_revision_are_not_mixed(database: Database, tmp_path: Path) -> None:
    engine = database.engine()
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    target = SqliteDatabase(tmp_path / "new")
    create_schema(target)
    with pytest.raises(InputError, match="revision 9999"):
        copy_tables(database, target, moment=False)
