"""What kiosks say of their queues: what was stored before is there afterwards."""

from pathlib import Path

from api.store.migrate import migrate
from api.store.sqlite import SqliteDatabase
from tests.api.store.old_databases import KEPT, kept, version_1


def test_old_data_survive(tmp_path: Path) -> None:
    path = version_1(tmp_path / "old")
    migrate(SqliteDatabase(path), upto="0007")
    assert kept(path) == KEPT
