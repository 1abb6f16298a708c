from pathlib import Path

import pytest

from tally.cli.folders import write_folder
from voting_core.errors import InputError

FILES = {"a.html": b"1", "b/c.html": b"2"}


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_files_appear_under_the_folder_and_nothing_beside_it(tmp_path: Path) -> None:
    write_folder(tmp_path / "new" / "board", FILES)
    assert written(tmp_path) == {"new/board/a.html": b"1", "new/board/b/c.html": b"2"}


def test_an_empty_folder_is_taken_and_a_full_one_is_left_alone(tmp_path: Path) -> None:
    write_folder(tmp_path, FILES)
    with pytest.raises(InputError, match="not empty"):
        write_folder(tmp_path, {"d": b"3"})
    assert written(tmp_path) == FILES


def test_what_an_interrupted_run_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / ".board.part").mkdir()
    (tmp_path / ".board.part" / "half").write_bytes(b"x")
    write_folder(tmp_path / "board", FILES)
    assert written(tmp_path) == {f"board/{name}": content for name, content in FILES.items()}


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "c.html":
            raise OSError(28, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="No space left"):
        write_folder(tmp_path / "board", FILES)
    assert list(tmp_path.iterdir()) == []
