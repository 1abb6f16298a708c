"""The tables that other tests begin with are those that the revisions make."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from api.store.database import create_schema, database_at
from api.store.migrate import migrate
from tests.support.ready_tables import ready_tables


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is ready yet."""
    ready_tables(monkeypatch)


def whole(path: Path) -> tuple[list[str], Any]:
    """Everything in an embedded database."""
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump()), connection.execute("PRAGMA user_version").fetchone()
    finally:
        connection.close()


def test_embedded_databases_are_the_same(tmp_path: Path) -> None:
    made, listened, copied = (tmp_path / name for name in ("made", "listened", "copied"))
    migrate(database_at(made))
    create_schema(listened)
    create_schema(copied)
    assert len(whole(made)[0]) > 10
    assert whole(made) == whole(listened) == whole(copied)
    create_schema(copied)
    assert whole(made) == whole(copied)


def test_schemas_of_postgresql_are_the_same(tmp_path: Path, postgres_url: Callable[[str], str]) -> None:
    found = []
    for name in ("made", "listened", "copied"):
        database = database_at(tmp_path, postgres_url(name))
        migrate(database) if name == "made" else create_schema(database)
        engine = database.engine()
        with engine.connect() as connection:
            columns = connection.execute(
                text(
                    "SELECT table_name, column_name, data_type, is_nullable, column_default "
                    "FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2"
                )
            ).fetchall()
            rules = connection.execute(
                text(
                    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
                    "WHERE connamespace = current_schema()::regnamespace ORDER BY 1, 2"
                )
            ).fetchall()
            kinds = connection.execute(
                text(
                    "SELECT relname, relkind, relhastriggers, reloptions FROM pg_class "
                    "WHERE relnamespace = current_schema()::regnamespace ORDER BY 1"
                )
            ).fetchall()
            revision = connection.execute(text("SELECT version_num FROM alembic_version")).fetchall()
            found.append((columns, rules, kinds, revision))
        engine.dispose()
        database.close()
    assert len(found[0][0]) > 20
    assert found[0] == found[1] == found[2]
