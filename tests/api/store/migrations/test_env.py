"""`env.py` runs on the connection that it is given; Alembic's own commands work through it."""

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from alembic import command

from api.store.database import create_schema
from api.store.migrate import config, revisions
from api.store.sqlite import SqliteDatabase

pytestmark = pytest.mark.usefixtures("tables_of_the_revisions")


def test_alembic_reads_the_revision_of_the_given_connection(tmp_path: Path) -> None:
    create_schema(tmp_path / "db")
    engine = SqliteDatabase(tmp_path / "db").engine()
    said = io.StringIO()
    with engine.connect() as connection, redirect_stdout(said):
        made = config(connection)
        made.stdout = said
        command.current(made)
    engine.dispose()
    assert said.getvalue().startswith(revisions()[-1])
