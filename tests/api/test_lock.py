from pathlib import Path

import pytest

from api.lock import DirectoryLock
from voting_core.errors import InputError


def test_a_second_server_on_the_same_directory_is_refused(tmp_path: Path) -> None:
    with DirectoryLock(tmp_path / "lock"), pytest.raises(InputError, match="another server is already running"):
        DirectoryLock(tmp_path / "lock").__enter__()
    with DirectoryLock(tmp_path / "lock"):
        pass
