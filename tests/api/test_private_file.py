import stat
from pathlib import Path

import pytest

from api.private_file import read_private, write_private
from voting_core.errors import InputError


def test_a_private_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    write_private(tmp_path / "key", b"secret")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert read_private(tmp_path / "key") == b"secret"


def test_it_is_never_overwritten(tmp_path: Path) -> None:
    write_private(tmp_path / "key", b"first")
    with pytest.raises(FileExistsError):
        write_private(tmp_path / "key", b"second")
    assert read_private(tmp_path / "key") == b"first"


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    write_private(tmp_path / "key", b"secret")
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(InputError, match="chmod 600"):
        read_private(tmp_path / "key")
