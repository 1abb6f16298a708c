import hashlib
import json
from pathlib import Path

from api.workers.board_files import BoardFiles
from tally.board.audience import Audience


def make(directory: Path, name: str, text: bytes) -> None:
    """A board as the full server makes it: its files first, then the file that names it in place of the old one."""
    folder = directory / "board" / name
    (folder / "public").mkdir(parents=True)
    (folder / "public" / "index.html").write_bytes(text)
    files = {"public/index.html": hashlib.sha256(text).hexdigest()}
    value = {"key": name, "folder": name, "files": files, "size": 1, "witnessed": False}
    part = directory / "board" / ".part"
    part.write_text(json.dumps(value))
    part.replace(directory / "board" / "current.json")


def test_each_board_is_seen_once_it_is_whole(tmp_path: Path) -> None:
    files = BoardFiles(tmp_path)
    assert files.find(Audience.PUBLIC, "") is None
    for name, text in (("a", b"one"), ("b", b"two")):
        make(tmp_path, name, text)
        found = files.find(Audience.PUBLIC, "")
        assert found is not None
        assert found.path.read_bytes() == text
    assert files.find(Audience.PUBLIC, "nothing.html") is None
    assert files.find(Audience.RESTRICTED, "") is None


def test_a_board_that_was_changed_is_not_shown(tmp_path: Path) -> None:
    make(tmp_path, "a", b"one")
    (tmp_path / "board" / "a" / "public" / "index.html").write_bytes(b"other")
    assert BoardFiles(tmp_path).find(Audience.PUBLIC, "") is None
