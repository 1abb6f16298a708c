"""Which database a session has, and its tables."""

import sqlite3
from pathlib import Path

from api.store.connection import Connect, Connection, Database
from api.store.migrate import migrate
from api.store.sqlite import SqliteDatabase
from voting_core.errors import InputError

__all__ = ["Connect", "Connection", "Database", "as_database", "create_schema", "database_at", "open_connection"]


def database_at(path: Path, url: str = "") -> Database:
    """The database that `url` names, or the embedded one at `path` when there is no URL.

    Raises:
        InputError: the URL is of no kind that is known, or the driver is not installed.
    """
    if not url:
        return SqliteDatabase(path)
    if not url.startswith(("postgresql://", "postgres://")):
        raise InputError(
            "database",
            "this is neither empty nor a connection URL of PostgreSQL",
            "Write postgresql://user@host/name, or leave the setting out for the embedded database",
        )
    try:
        from api.store.postgres import PostgresDatabase
    except ImportError as error:
        raise InputError(
            "database", f"the driver of PostgreSQL is not installed ({error.name})", "pip install 'plenum[postgres]'"
        ) from error
    return PostgresDatabase(url)


def as_database(database: Path | Database) -> Database:
    """A path stands for the embedded database there."""
    return SqliteDatabase(database) if isinstance(database, Path) else database


def create_schema(database: Path | Database) -> None:
    """Create the tables and triggers of a new database, or bring those of an older program up to date.

    Raises:
        InputError: the database was made by a newer program or by another one, or it cannot be used.
    """
    found = as_database(database)
    found.check()
    migrate(found)


def open_connection(path: Path) -> sqlite3.Connection:
    """A writer's connection to the embedded database at `path`."""
    return SqliteDatabase(path).connect()
