import sqlite3
from pathlib import Path

import pytest

from api.screens.screen import HallScreen, Scene
from api.store.failures import StorageError
from api.store.hall import read_screen, switch_screen
from tests.api.hall import running_hall
from tests.faults.faulty_connection import sqlite_error
from voting_core.errors import FatalError

pytestmark = pytest.mark.usefixtures("both_databases")


def test_the_screens_show_the_same_after_a_restart(tmp_path: Path) -> None:
    wanted = HallScreen(Scene.RESULT, "motion", 3, False, "light")
    with running_hall(tmp_path / "data") as hall:
        service = hall.service
        assert service.reader.read(read_screen) == HallScreen()
        assert service.writer.submit(switch_screen(HallScreen(Scene.WELCOME))).result().changes == 1
        assert service.writer.submit(switch_screen(wanted)).result().changes == 2
    with running_hall(tmp_path / "data", world=hall.world) as hall:
        found = hall.service.reader.read(read_screen)
        assert found == HallScreen(Scene.RESULT, "motion", 3, False, "light", 2)
        assert hall.service.screens.refresh() == found


def test_words_that_nobody_knows_show_nothing(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        service = hall.service
        service.writer.submit(switch_screen(HallScreen(Scene.WELCOME))).result()
        service.writer.submit(lambda c: c.execute("UPDATE hall_screen SET scene = 'x', theme = 'y'")).result()
        found = service.reader.read(read_screen)
        assert (found.scene, found.theme) == (Scene.BLANK, "light")


def test_a_disk_that_is_full_leaves_the_screens_as_they_are(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        service = hall.service
        service.writer.submit(switch_screen(HallScreen(Scene.WELCOME))).result()
        hall.faults.before["INSERT INTO hall_screen"] = sqlite_error(sqlite3.SQLITE_FULL)
        with pytest.raises(StorageError):
            service.writer.submit(switch_screen(HallScreen(Scene.BLANK))).result()
        assert service.reader.read(read_screen).scene is Scene.WELCOME
        hall.faults.after["COMMIT"] = sqlite_error(sqlite3.SQLITE_IOERR)
        error = service.writer.submit(switch_screen(HallScreen(Scene.BLANK))).exception()
        assert isinstance(error, type(None) if service.database.settles_doubt else FatalError)
    with running_hall(tmp_path / "data", world=hall.world) as hall:
        # What was stored before the commit's error is read back: the truth is on the disk.
        assert hall.service.reader.read(read_screen).scene in (Scene.WELCOME, Scene.BLANK)
