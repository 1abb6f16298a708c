"""Databases of earlier programs, kept as text; made by those programs and never again."""

import sqlite3
from pathlib import Path

OLD = Path(__file__).parent / "old"
ENTRIES = 15
ROOT = "0584734f5d5b61158134738263a7deb61b2c889114c12860b3ce1bf2a759a557"


def version_1(path: Path) -> Path:
    """The database of a session with an open contest and three waiting ballots, from before there were migrations."""
    connection = sqlite3.connect(path)
    connection.executescript((OLD / "version-1.sql").read_text(encoding="utf-8"))
    connection.close()
    return path


def kept(path: Path) -> tuple[int, int, bool]:
    """Entries, waiting ballots, and whether delegate 1 is present, in the words of the first program."""
    connection = sqlite3.connect(path)
    try:
        entries = connection.execute("SELECT count(*) FROM entries").fetchone()[0]
        pending = connection.execute("SELECT count(*) FROM pending_ballots").fetchone()[0]
        present = connection.execute("SELECT present FROM checkins WHERE delegate = '1'").fetchone()[0]
    finally:
        connection.close()
    return entries, pending, bool(present)


KEPT = (ENTRIES, 3, True)
