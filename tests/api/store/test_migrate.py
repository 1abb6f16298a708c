"""The tables that migrations make are those of the code, on both databases, and old databases come along."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine

from api.store.connection import Database
from api.store.database import create_schema
from api.store.migrate import config, migrate, revisions
from api.store.reader import Reader
from api.store.sqlite import SqliteDatabase
from api.tables.registry import metadata
from tests.api.hall import running_hall
from tests.api.store.old_databases import ENTRIES, ROOT, version_1
from tests.api.store.schemas import shape
from tests.api.world import World
from voting_core.errors import InputError

pytestmark = pytest.mark.usefixtures("tables_of_the_revisions")


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata()))


def test_migrations_make_the_tables_of_the_code(database: Database) -> None:
    """A new table or column without a revision fails here: `make migration NAME=…` writes one."""
    engine = database.engine()
    found = differences(engine)
    engine.dispose()
    assert found == []


def test_a_table_without_a_revision_is_found(database: Database) -> None:
    engine = database.engine()
    with engine.begin() as connection:
        metadata().tables["proposals"].drop(connection)
    found = differences(engine)
    engine.dispose()
    assert [item[0] for item in found if isinstance(item, tuple)] == ["add_table"]


def test_keys_references_and_rowids_are_those_of_the_code(tmp_path: Path) -> None:
    """What Alembic does not compare; a rowid would tell in which order ballots came."""
    create_schema(tmp_path / "migrated")
    engine = create_engine(f"sqlite:///{tmp_path / 'made'}")
    metadata().create_all(engine)
    engine.dispose()
    assert shape(tmp_path / "migrated") == shape(tmp_path / "made")


def test_an_old_database_becomes_one_of_today(tmp_path: Path) -> None:
    create_schema(version_1(tmp_path / "old"))
    create_schema(tmp_path / "new")
    assert shape(tmp_path / "old") == shape(tmp_path / "new")
    reader = Reader(tmp_path / "old")
    assert (reader.size(), len(reader.pending())) == (ENTRIES, 3)
    attendance = reader.attendance()
    assert (attendance.should_attend, attendance.present) == (2, 1)
    create_schema(tmp_path / "old")


def test_a_server_goes_on_with_an_old_database(tmp_path: Path) -> None:
    """Everything is replayed: log, checkpoint and waiting ballots of the old program are valid under this one."""
    with running_hall(tmp_path / "keys") as other:
        keys = other.settings.keys_file.read_bytes()
    (tmp_path / "data").mkdir()
    version_1(tmp_path / "data" / "session.sqlite3")
    (tmp_path / "data" / "service_keys.json").write_bytes(keys)
    (tmp_path / "data" / "service_keys.json").chmod(0o600)
    with running_hall(tmp_path / "data", world=World(bytes(32), bytes(32), False)) as hall:
        status = hall.client.get("/v1/status").json()
        assert (status["size"], status["root"]) == (ENTRIES, ROOT)
        assert hall.service.sequencer.view.intake.contest("report").cast == 3
        assert hall.client.get("/v1/attendance", headers=hall.token).json()["present"] == 1


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = version_1(tmp_path / "old")
    before = shape(path)

    def fail(made: Config, upto: str) -> None:
        command.upgrade(made, upto)
        made.attributes["connection"].exec_driver_sql("CREATE TABLE half (x)")
        raise OSError("the power is gone")

    with pytest.raises(OSError, match="power"):
        migrate(SqliteDatabase(path), revise=fail)
    assert shape(path) == before
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()


def test_a_newer_database_is_refused_and_left_alone(database: Database) -> None:
    engine = database.engine()
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(InputError, match=r"newer program \(revision 9999\)"):
        create_schema(database)


def test_tables_of_others_are_refused(database: Database) -> None:
    engine = database.engine()
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    engine.dispose()
    with pytest.raises(InputError, match=r"another program|version 2"):
        create_schema(database)


def test_revisions_are_one_line_and_numbered() -> None:
    assert list(revisions()) == [f"{number:04}" for number in range(1, len(revisions()) + 1)]
    assert config().get_main_option("script_location", "").endswith("migrations")
