"""Finding people at the desk as they are now."""

from pathlib import Path

from api.services.desk import Finder, note
from api.store.database import create_schema, open_connection
from api.store.desk_operations import Person, replace_roll
from api.store.desk_status import Act
from api.store.reader import Reader
from api.store.writer import Writer
from tests.support.patience import PATIENCE


def test_hits_come_with_what_is_true_now_and_the_index_follows_the_roll(tmp_path: Path) -> None:
    create_schema(tmp_path / "db")
    writer = Writer(lambda: open_connection(tmp_path / "db"))
    finder = Finder(Reader(tmp_path / "db"))
    assert finder.find("zw")[1] == ()
    people = [Person(str(number), "张伟", "城关镇", should_attend=True, on_leave=False) for number in (1, 2)]
    writer.submit(replace_roll(people)).result(PATIENCE)
    note(writer, "2", Act.ARRIVE).result(PATIENCE)
    found, people_found = finder.find("zw")
    assert found.total == 2
    assert [(one.at_desk.person.id, one.at_desk.status.present) for one in people_found] == [("1", False), ("2", True)]
    note(writer, "2", Act.UNDO).result(PATIENCE)
    writer.submit(replace_roll(people[:1])).result(PATIENCE)
    assert finder.find("zw")[0].total == 1
    writer.close()
