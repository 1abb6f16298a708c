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
