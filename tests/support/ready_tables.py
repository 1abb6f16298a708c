"""Tables of a new embedded database that are copied and not made.

Running every revision takes thirty milliseconds, and a thousand tests begin with an empty database. What the revisions
make is tested where they are; everywhere else tests would only wait for it.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from api.store import database
from api.store.connection import Database
from api.store.migrate import migrate
from api.store.sqlite import SqliteDatabase


def ready_tables(patch: pytest.MonkeyPatch) -> None:
    """Give every new embedded database of this process the tables that the first one got from the revisions."""
    made: list[bytes] = []

    def copied(wanted: Database) -> None:
        path = Path(wanted.name)
        if not isinstance(wanted, SqliteDatabase) or path.stat().st_size:
            migrate(wanted)
            return
        if not made:
            with TemporaryDirectory() as folder:
                first = Path(folder) / "first.sqlite3"
                migrate(SqliteDatabase(first))
                made.append(first.read_bytes())
        path.write_bytes(made[0])

    patch.setattr(database, "migrate", copied)


def tables_as_in_the_product(patch: pytest.MonkeyPatch) -> None:
    """Undo that for a while."""
    patch.setattr(database, "migrate", migrate)
