"""What a database looks like from outside, to compare two of them."""

import sqlite3
from pathlib import Path
from typing import Any


def shape(path: Path) -> dict[str, Any]:
    """Columns, keys, uniqueness and kind of each table of an embedded database, but for Alembic's own."""
    connection = sqlite3.connect(path)
    try:
        tables = [row[1:] for row in connection.execute("PRAGMA table_list") if row[0] == "main"]
        return {
            name: {
                "without rowid": bool(without_rowid),
                # Their places may differ: a column that a revision adds comes last. Statements name their columns.
                "columns": sorted(row[1:] for row in connection.execute(f"PRAGMA table_info({name})")),
                "references": sorted(row[2:5] for row in connection.execute(f"PRAGMA foreign_key_list({name})")),
                "indexes": sorted(_index(connection, row) for row in connection.execute(f"PRAGMA index_list({name})")),
            }
            for name, kind, _, without_rowid, _ in tables
            if kind == "table" and not name.startswith("sqlite_") and name != "alembic_version"
        }
    finally:
        connection.close()


def _index(connection: sqlite3.Connection, row: tuple[Any, ...]) -> tuple[bool, tuple[str, ...]]:
    return bool(row[2]), tuple(column[2] for column in connection.execute(f"PRAGMA index_info({row[1]})"))
