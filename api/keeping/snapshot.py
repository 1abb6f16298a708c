"""A consistent copy of a session's database while its server writes, as an embedded database; and the way back.

* SQLite copies its own pages within one read transaction.
* From PostgreSQL all tables are read in one transaction that sees a single moment, and written into a new embedded
  database. Rows are read by primary key, so that the copy does not tell in which order they came.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import Connection as SqlConnection
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from api.store.connection import Database
from api.store.database import create_schema
from api.store.migrate import revision_of, revisions
from api.store.sqlite import SqliteDatabase
from api.tables.registry import metadata
from voting_core.errors import InputError

_ROWS: Final = 500
"""Rows that are copied at once."""


def take_snapshot(database: Database, path: Path) -> str:
    """Copy a database into a new file; gives the revision of its tables.

    Raises:
        InputError: it cannot be read, or has the tables of another program.
    """
    if isinstance(database, SqliteDatabase):
        return _copy_pages(database, path)
    target = SqliteDatabase(path)
    create_schema(target)
    copy_tables(database, target, moment=True)
    return revisions()[-1]


def _copy_pages(database: SqliteDatabase, path: Path) -> str:
    try:
        with database.reading() as source, closing(sqlite3.connect(path)) as target:
            if not isinstance(source, sqlite3.Connection):
                raise TypeError("the embedded database gives connections of its own")
            source.backup(target)
    except sqlite3.Error as error:
        raise InputError(database.name, f"cannot be copied ({error})", "Check the disk, and try again") from error
    return revision_of(SqliteDatabase(path))


def copy_tables(source: Database, target: Database, *, moment: bool) -> None:
    """Copy all rows of all tables into a database whose tables are new; `moment` reads them as of one moment.

    Raises:
        InputError: the tables of the source are of another revision, or the target is not empty.
    """
    found = revision_of(source)
    if found != revisions()[-1]:
        raise InputError(
            source.name,
            f"its tables have revision {found or 'none'}, this program has {revisions()[-1]}",
            "Start this version's server on it once",
        )
    reading, writing = source.engine(), target.engine()
    try:
        with reading.connect() as rows, writing.begin() as into:
            if moment:
                rows = rows.execution_options(isolation_level="REPEATABLE READ")
                rows.execute(text("SET TRANSACTION READ ONLY"))
            _copy(rows, into, target.name)
    except DBAPIError as error:
        raise InputError(target.name, "the tables cannot be copied", "Check both databases, and try again") from error
    finally:
        reading.dispose()
        writing.dispose()


def _copy(rows: SqlConnection, into: SqlConnection, name: str) -> None:
    tables = metadata().sorted_tables
    for table in reversed(tables):
        present = into.execute(select(table).limit(2)).fetchall()
        if present and table.name != "commits":
            raise InputError(name, f"has rows already (table {table.name})", "Give an empty database")
    into.execute(text("DELETE FROM commits"))
    for table in tables:
        query = select(table).order_by(*table.primary_key.columns)
        for part in rows.execution_options(yield_per=_ROWS).execute(query).mappings().partitions(_ROWS):
            into.execute(insert(table), [dict(row) for row in part])
