"""The board of a running server: made when something is published, whole or not at all, and kept over a restart."""

import json
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from api.services import boards
from api.services.boards import BoardShelf
from tally.board import downloads
from tally.board.audience import Audience
from tally.board.build import board
from tally.report.model import Document
from tests.api.hall import running_hall
from tests.api.services.published import declared_hall, publish
from tests.kiosk.hall import KioskHall
from voting_core.errors import InputError


@pytest.fixture(autouse=True)
def slow_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread sleeps, and only the public folder is made: tests call for the board themselves, and soon."""
    monkeypatch.setattr(boards, "LOOK_SECONDS", 3_600.0)
    monkeypatch.setattr(boards, "board", partial(board, audiences=(Audience.PUBLIC,)))


def shelf_of(hall: KioskHall) -> BoardShelf:
    return hall.server.service.boards


def folders(hall: KioskHall) -> list[Path]:
    directory = hall.server.settings.directory / "board"
    return sorted(path for path in directory.iterdir() if path.is_dir()) if directory.exists() else []


def test_a_board_is_made_once_for_what_is_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with declared_hall(tmp_path) as hall:
        shelf = shelf_of(hall)
        shelf.refresh()
        assert folders(hall) == []
        assert shelf.find(Audience.PUBLIC, "") is None
        publish(hall)

        # A disk that is full leaves no half of a board, and the next look makes it.
        def full(folder: Path, files: object) -> None:
            raise InputError(str(folder), "full", "free space")

        with monkeypatch.context() as broken:
            broken.setattr(boards, "write_folder", full)
            with pytest.raises(InputError):
                shelf.refresh()
        assert shelf.find(Audience.PUBLIC, "") is None

        shelf.refresh()
        first = shelf.find(Audience.PUBLIC, "index.html")
        assert first is not None
        assert first == shelf.find(Audience.PUBLIC, "")
        assert not first.immutable
        assert hall.server.client.get("/board/").content == first.path.read_bytes()
        shelf.refresh()
        assert shelf.find(Audience.PUBLIC, "") == first

        # The scrutineers cosign the log with the publication: the board carries their word, made once more, and what
        # is printed of the contest is not drawn again.
        hall.watch(2)
        with monkeypatch.context() as drawing:
            drawn: list[Document] = []
            drawing.setattr(downloads, "_pdf", lambda document: drawn.append(document))
            shelf.refresh()
        assert {document.provenance.contest for document in drawn} <= {""}
        second = shelf.find(Audience.PUBLIC, "")
        assert second is not None
        assert second.path != first.path
        notes = second.path.with_name("checkpoints") / "index.html"
        assert "监票人1" in notes.read_text(encoding="utf-8")
        shelf.refresh()
        assert shelf.find(Audience.PUBLIC, "") == second
        assert len(folders(hall)) == 2
        world = hall.server.world

        for path in ("../current.json", "..", "nothing.html", "/etc/passwd", "assets"):
            assert shelf.find(Audience.PUBLIC, path) is None
        assert shelf.people() == ()
        found = [name for name in second.path.parent.rglob("*") if "assets" in name.parts and name.suffix == ".css"]
        style = shelf.find(Audience.PUBLIC, found[0].relative_to(second.path.parent).as_posix())
        assert style is not None
        assert style.immutable

    with running_hall(hall.server.settings.directory, world=world, simulated=True) as again:
        assert again.service.boards.find(Audience.PUBLIC, "") == second
        current = hall.server.settings.directory / "board" / "current.json"
        assert json.loads(current.read_text(encoding="utf-8"))["size"] > 0
        second.path.write_text("half", encoding="utf-8")
    with running_hall(hall.server.settings.directory, world=world, simulated=True) as again:
        assert again.service.boards.find(Audience.PUBLIC, "") is None
        again.service.boards.refresh()
        assert again.service.boards.find(Audience.PUBLIC, "") is not None


def test_the_thread_makes_it_by_itself_and_survives_a_mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def refresh(shelf: BoardShelf) -> None:
        calls.append("looked")
        shelf._stop.set() if len(calls) == 3 else None
        raise ValueError if len(calls) == 1 else InputError("a", "b", "c")

    monkeypatch.setattr(boards, "LOOK_SECONDS", 0.001)
    monkeypatch.setattr(BoardShelf, "refresh", refresh)
    with running_hall(tmp_path) as hall:
        hall.service.boards._thread.join()
    assert len(calls) == 3


def test_a_board_that_cannot_be_made_is_not_tried_every_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing, pauses = 8, []

    def refresh(_: BoardShelf) -> None:
        if len(pauses) <= failing:
            raise InputError("a", "b", "c")

    def wait(pause: float) -> bool:
        pauses.append(pause)
        return len(pauses) > failing + 2

    with running_hall(tmp_path) as hall:
        shelf = hall.service.boards
        shelf.close()
        monkeypatch.setattr(boards, "LOOK_SECONDS", 1.0)
        monkeypatch.setattr(BoardShelf, "refresh", refresh)
        monkeypatch.setattr(shelf, "_stop", SimpleNamespace(wait=wait, set=lambda: None))
        shelf._run()
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60, 1, 1]


def test_an_unreadable_note_of_the_last_board_is_as_none(tmp_path: Path) -> None:
    (tmp_path / "board").mkdir()
    (tmp_path / "board" / "current.json").write_text("{", encoding="utf-8")
    with running_hall(tmp_path) as hall:
        assert hall.service.boards.find(Audience.PUBLIC, "") is None
