import errno
import os
from pathlib import Path

import pytest

from kiosk.durable import create_durably, erase, make_directory, sync_directory, write_durably
from kiosk.log_file import LogFile
from voting_core.errors import FatalError, InputError


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


def test_a_full_disk_is_one_sentence_and_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_durably(tmp_path / "a", b"one")
    log = LogFile(tmp_path / "log")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for write in (lambda: write_durably(tmp_path / "a", b"two"), lambda: log.append([b"x"])):
        with pytest.raises(FatalError, match="free space"):
            write()
    assert (tmp_path / "a").read_bytes() == b"one"


def test_a_directory_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match=r"the directory cannot be made .* Name another directory"):
        make_directory(tmp_path / "file" / "below")
    make_directory(tmp_path / "new")
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
