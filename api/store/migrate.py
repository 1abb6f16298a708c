"""Bringing the tables up to date, by the revisions of `api/store/migrations` (Alembic).

Every start does this before anything is read, while the lock is held. All revisions that are missing run in one
transaction on both databases: a power failure in between leaves the old tables as they were.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection as SqlConnection
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from api.store.connection import Database
from api.store.sqlite import FIRST_SCHEMA, MIGRATED_SCHEMA
from voting_core.errors import InputError

FIRST_REVISION: Final = "0001"
"""The revision whose tables the databases of `user_version` 1 have."""

_MIGRATIONS: Final = Path(__file__).parent / "migrations"


def revisions() -> tuple[str, ...]:
    """All revisions of this program, the oldest first."""
    script = ScriptDirectory.from_config(config())
    return tuple(reversed([item.revision for item in script.walk_revisions()]))


def revision_of(database: Database) -> str:
    """The revision of a database's tables; that of the first program for one from before there were migrations."""
    engine = database.engine()
    try:
        with engine.connect() as connection:
            return _current(connection) or (FIRST_REVISION if _user_version(connection) == FIRST_SCHEMA else "")
    finally:
        engine.dispose()


def config(connection: SqlConnection | None = None) -> Config:
    """What Alembic needs to know; there is no alembic.ini, so that nothing but this program decides."""
    made = Config()
    made.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


def migrate(database: Database, *, upto: str = "head", revise: Callable[[Config, str], None] = command.upgrade) -> None:
    """Run the revisions that a database does not have yet, up to `upto`; tests put a `revise` here that fails.

    Raises:
        InputError: the database is of a newer program or of another one, or it cannot be written.
    """
    engine = database.engine()
    try:
        with engine.begin() as connection:
            _adopt(database, connection)
            if _current(connection) != revisions()[-1]:
                revise(config(connection), upto)
            if connection.dialect.name == "sqlite":
                connection.execute(text(f"PRAGMA user_version = {MIGRATED_SCHEMA}"))
    except DBAPIError as error:
        raise InputError(
            database.name,
            "the database cannot be opened or written",
            "Free space on the disk and check who may write there",
        ) from error
    finally:
        engine.dispose()


def _adopt(database: Database, connection: SqlConnection) -> None:
    """Say of a database from before there were migrations which revision it has.

    Raises:
        InputError: it has tables that no revision of this program made.
    """
    current, tables = _current(connection), inspect(connection).get_table_names()
    if current is not None:
        if current not in revisions():
            raise InputError(
                database.name,
                f"this database was made by a newer program (revision {current})",
                "Use the program that made it, or a newer one",
            )
        return
    if not tables:
        return
    version = _user_version(connection)
    if version != FIRST_SCHEMA:
        raise InputError(
            database.name, f"this database has tables of another program (version {version})", "Give another database"
        )
    command.stamp(config(connection), FIRST_REVISION)


def _current(connection: SqlConnection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _user_version(connection: SqlConnection) -> int:
    if connection.dialect.name != "sqlite":
        return 0
    row: Any = connection.execute(text("PRAGMA user_version")).fetchone()
    return int(row[0])
