from pathlib import Path

import pytest

from api.lock import DirectoryLock
from voting_core.errors import InputError


def test_a_second_server_on_the_same_directory_is_refused(tmp_path: Path) -> None:
    with DirectoryLock(tmp_path / "lock"), pytest.raises(InputError, match="another server is already running"):
        DirectoryLock(tmp_path / "lock").__enter__()
    with DirectoryLock(tmp_path / "lock"):
        pass


def test_a_lock_that_cannot_be_opened_is_told_apart_from_a_second_server(tmp_path: Path) -> None:
    (tmp_path / "lock").mkdir()
    with pytest.raises(InputError, match="cannot be opened"):
        DirectoryLock(tmp_path / "lock").__enter__()
