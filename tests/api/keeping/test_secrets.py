import stat
from pathlib import Path

import pytest

from api.keeping.secrets import open_files, seal_files, write_files
from api.private_file import write_private
from tests.api.keeping.sessions import PASSPHRASE
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError
from voting_core.secret import Secret


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, ...]:
    write_private(tmp_path / "a", b"secret a")
    return (tmp_path / "a", tmp_path / "not there")


def test_files_come_back_private(tmp_path: Path, paths: tuple[Path, ...]) -> None:
    box = seal_files(paths, PASSPHRASE, SeededRng(1))
    assert b"secret a" not in box
    found = open_files(box, PASSPHRASE, paths)
    assert "secret a" not in repr(found)
    (tmp_path / "new").mkdir()
    write_files(tmp_path / "new", found)
    assert (tmp_path / "new" / "a").read_bytes() == b"secret a"
    assert stat.S_IMODE((tmp_path / "new" / "a").stat().st_mode) == 0o600


def test_a_wrong_passphrase_opens_nothing(paths: tuple[Path, ...]) -> None:
    box = seal_files(paths, PASSPHRASE, SeededRng(1))
    with pytest.raises(InputError, match="does not open"):
        open_files(box, Secret("another passphrase"), paths)


def test_a_name_that_no_server_has_is_not_written(paths: tuple[Path, ...]) -> None:
    """A backup made by somebody else must not put files where it likes."""
    box = seal_files(paths, PASSPHRASE, SeededRng(1))
    with pytest.raises(InputError, match="not those of a server"):
        open_files(box, PASSPHRASE, (Path("other"),))


def test_files_that_others_may_read_are_pointed_out(paths: tuple[Path, ...]) -> None:
    paths[0].chmod(0o644)
    with pytest.raises(InputError, match="chmod 600"):
        seal_files(paths, PASSPHRASE, SeededRng(1))
