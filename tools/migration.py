"""`make migration NAME="What the tables get"`: writes the revision for tables and columns that were added in the code.

It compares the tables of `api/tables` with those that the present revisions make. Read what it writes: a renamed column
looks to it like one that went and one that came, and a new column of a table with rows needs a value for them.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from api.store import migrations
from api.store.database import create_schema
from api.store.migrate import config, revisions
from api.store.sqlite import SqliteDatabase

VERSIONS = Path(migrations.__file__).parent / "versions"
TESTS = Path("tests/api/store/migrations/versions")

TEST = '''"""{name}: what was stored before is there afterwards."""

from pathlib import Path

from api.store.migrate import migrate
from api.store.sqlite import SqliteDatabase
from tests.api.store.old_databases import KEPT, kept, version_1


def test_old_data_survive(tmp_path: Path) -> None:
    path = version_1(tmp_path / "old")
    migrate(SqliteDatabase(path), upto="{revision}")
    assert kept(path) == KEPT
'''


def write_revision(name: str, folder: Path = VERSIONS) -> Path:
    """Write the next revision beside the present ones, or for a test into another folder; gives the file."""
    revision = f"{len(revisions()) + 1:04}"
    with tempfile.TemporaryDirectory() as temporary:
        database = SqliteDatabase(Path(temporary) / "db")
        create_schema(database)
        engine = database.engine()
        with engine.connect() as connection:
            made = config(connection)
            made.set_main_option("file_template", "v%%(rev)s_%%(slug)s")
            made.set_main_option("version_locations", os.pathsep.join(map(str, (VERSIONS, folder))).replace("%", "%%"))
            script = command.revision(made, name, autogenerate=True, rev_id=revision, version_path=str(folder))
        engine.dispose()
    path = Path(script.path)  # type: ignore[union-attr]
    text = re.sub(r"\n    # ### .*", "", path.read_text(encoding="utf-8"))
    # Compared on SQLite, a truth value's default is a number; PostgreSQL wants the word.
    for number, word in (("0", "sa.false()"), ("1", "sa.true()")):
        text = text.replace(f"sa.Boolean(), server_default=sa.text('{number}')", f"sa.Boolean(), server_default={word}")
    path.write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(path)], check=True)
    return path


def main() -> None:
    """Write the revision and its test."""
    name = " ".join(sys.argv[1:]).strip()
    if not name:
        sys.exit('Say what the tables get: make migration NAME="Accounts and sign-ins"')
    path = write_revision(name)
    test = TESTS / f"test_{path.name}"
    test.write_text(TEST.format(name=name, revision=path.name[1:5]), encoding="utf-8")
    sys.stdout.write(f"{path}\n{test}\n")


if __name__ == "__main__":
    main()
