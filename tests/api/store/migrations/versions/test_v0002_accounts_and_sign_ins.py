"""Accounts and sign-ins: what was stored before is there afterwards."""

from pathlib import Path

from api.store.migrate import migrate
from api.store.reader import Reader
from api.store.sqlite import SqliteDatabase
from tests.api.store.old_databases import ENTRIES, version_1


def test_old_data_survive(tmp_path: Path) -> None:
    old = SqliteDatabase(version_1(tmp_path / "old"))
    migrate(old, upto="0002")
    reader = Reader(old)
    assert (reader.size(), len(reader.pending()), reader.attendance().present) == (ENTRIES, 3, 1)
