"""Small public files from memory: what the route would answer, and nothing else."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from api import quick_files
from api.quick_files import QuickFiles
from api.services.boards import Shelved
from tally.board.audience import Audience
from tests.api.hall import Hall
from tests.support.coroutines import run


class Boards:
    """A public folder with a page, a large file and a download."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = {
            "public/index.html": b"<p>result</p>",
            "public/assets/ab/plenum.css": b"p {}",
            "public/large.html": b"x" * 2_000,
            "public/files/ab/result.pdf": b"%PDF",
            "delegates/index.html": b"for some",
        }
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    def find(self, audience: Audience, path: str) -> Shelved | None:
        name = f"{audience.value}/{path or 'index.html'}"
        content = self.files.get(name)
        if content is None:
            return None
        return Shelved(self.folder / name, hashlib.sha256(content).hexdigest(), "assets" in path)


@pytest.fixture
def boards(tmp_path: Path, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Boards:
    made = Boards(tmp_path / "board")
    monkeypatch.setattr(quick_files, "MAX_FILE_BYTES", 1_000)
    monkeypatch.setattr(type(hall.service.boards), "find", lambda _, audience, path: made.find(audience, path))
    return made


@pytest.mark.usefixtures("boards")
@pytest.mark.parametrize("path", ["", "index.html", "assets/ab/plenum.css", "large.html", "files/ab/result.pdf"])
def test_an_answer_is_that_of_the_route(path: str, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = [hall.client.get(f"/board/{path}") for _ in range(2)]
    monkeypatch.setattr(quick_files, "FOLDER", "/nowhere/")
    slow = hall.client.get(f"/board/{path}")
    for answer in quick:
        assert (answer.status_code, answer.content) == (200, slow.content)
        assert not {*answer.headers.items()} - {*slow.headers.items()}
    tag = {"If-None-Match": slow.headers["etag"]}
    monkeypatch.setattr(quick_files, "FOLDER", "/board/")
    unchanged = hall.client.get(f"/board/{path}", headers=tag)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["etag"] == slow.headers["etag"]


@pytest.mark.usefixtures("boards")
@pytest.mark.parametrize("path", ["../delegates/index.html", "%2e%2e/delegates/index.html", "nothing.html"])
def test_nothing_but_the_folder_of_the_public(path: str, hall: Hall) -> None:
    assert b"for some" not in hall.client.get(f"/board/{path}").content


def test_a_file_is_read_once_and_another_one_at_its_address_is_seen(boards: Boards, hall: Hall) -> None:
    hall.client.get("/board/")
    page = boards.folder / "public/index.html"
    page.write_bytes(b"<p>another</p>")
    assert hall.client.get("/board/").content == b"<p>result</p>"
    boards.files["public/index.html"] = b"<p>another</p>"
    assert hall.client.get("/board/").content == b"<p>another</p>"


async def _app(scope: Any, receive: Any, send: Any) -> None:
    raise LookupError


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_files, "MEMORY_BYTES", 100)
    files = QuickFiles(_app)
    for number in range(50):
        files._keep(str(number), ([], b"x" * 30))
        files._keep(str(number), ([], b"x" * 30))
    assert files._bytes == sum(len(content) for _, content in files._kept.values()) <= 100
    assert list(files._kept)[-1] == "49"


def test_without_a_service_the_application_answers() -> None:
    class Nothing:
        class app:
            class state:
                pass

    scope = {"type": "http", "method": "GET", "path": "/board/", "app": Nothing.app}
    with pytest.raises(LookupError):
        run(QuickFiles(_app)(scope, _app, _app))  # type: ignore[arg-type]
