from pathlib import Path

from kiosk.durable import create_durably, erase, sync_directory, write_durably


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    write_durably(tmp_path / "a", b"one")
    write_durably(tmp_path / "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"two"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_only_the_first_creates(tmp_path: Path) -> None:
    assert create_durably(tmp_path / "a", b"one")
    assert not create_durably(tmp_path / "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_an_erased_file_is_overwritten_and_gone(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"secret")
    (tmp_path / "other").hardlink_to(tmp_path / "a")
    erase(tmp_path / "a")
    assert not (tmp_path / "a").exists()
    assert (tmp_path / "other").read_bytes() == bytes(6)
    erase(tmp_path / "a")
    sync_directory(tmp_path)
