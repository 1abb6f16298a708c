"""Who drew before whom, read off the server's disk: with a view of the pile it tells who has which card (SPEC §8.7)."""

import hashlib
from pathlib import Path
from typing import Any

from api.store.database import Connection, Database, as_database, create_schema, open_connection
from api.store.desk_operations import Person
from api.store.desk_status import Act
from tests.api.store.test_desk_operations import Desk

PEOPLE = [Person(f"{number:04}", f"代表{number}", "", should_attend=True, on_leave=False) for number in range(300)]
DRAWING = PEOPLE[:60]


def after_drawing(directory: Path, order: str, *, lines_with_the_roll: bool) -> dict[str, Any]:
    """What is on the disk after people drew in an order; without their lines, a line is made when somebody comes."""
    directory.mkdir()
    path = directory / "db"
    create_schema(path)
    desk = Desk(as_database(path), PEOPLE)
    if not lines_with_the_roll:
        desk.write(forget_lines)
    for person in sorted(DRAWING, key=lambda one: hashlib.sha256(f"{order} {one.id}".encode()).digest()):
        desk.note(person.id, Act.DRAW_CARD)
    desk.writer.close()
    return written(path)


def forget_lines(connection: Connection) -> None:
    connection.execute("DELETE FROM checkins")


def written(path: Path) -> dict[str, Any]:
    """The logical dump, and every page byte for byte.

    Left out is what counts commits: the header of the first page and the page of the one row that counts them.
    """
    connection = open_connection(path)
    dump = [line for line in connection.iterdump() if "commits" not in line]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    (counter,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'commits'").fetchone()
    connection.close()
    assert not path.with_name("db-wal").exists()
    raw = path.read_bytes()
    pages = [raw[start : start + size] for start in range(0, len(raw), size)]
    pages[0] = pages[0][100:]
    pages[counter - 1] = b""
    return {"dump": dump, "pages": pages}


def test_a_line_that_is_made_when_somebody_comes_tells_the_order(tmp_path: Path) -> None:
    """The dump is the same, by number; the pages have the lines in the order in which they were written."""
    first, second = (after_drawing(tmp_path / order, order, lines_with_the_roll=False) for order in ("one", "two"))
    assert first["dump"] == second["dump"]
    assert first["pages"] != second["pages"]


def test_our_disk_is_the_same_whoever_drew_first(tmp_path: Path) -> None:
    images = [after_drawing(tmp_path / order, order, lines_with_the_roll=True) for order in ("one", "two")]
    assert images[0] == images[1]
    assert len(images[0]["pages"]) > 3


def test_the_other_database_is_put_in_order_too(database: Database) -> None:
    """A plain reading gives rows as they lie on the disk; PostgreSQL writes a changed one anew, behind the others."""
    desk = Desk(database, PEOPLE[:20])
    for person in reversed(PEOPLE[:20]):
        desk.note(person.id, Act.DRAW_CARD)
    desk.writer.close()
    with database.reading() as connection:
        lying = [row[0] for row in connection.execute("SELECT delegate FROM checkins").fetchall()]
    assert lying == sorted(lying)
