from pathlib import Path

import pytest

from api.service_keys import load_or_create_keys
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError


def test_keys_are_made_once_and_read_again(tmp_path: Path) -> None:
    made = load_or_create_keys(tmp_path / "keys", SeededRng(1))
    read = load_or_create_keys(tmp_path / "keys", SeededRng(2))
    assert (made.log.public, made.service.public) == (read.log.public, read.service.public)
    assert made.log.public != made.service.public
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format":"plenum-service-keys-1","log_seed":"00"}', b"\xff\xfe"])
def test_another_file_is_refused_without_being_quoted(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "keys").write_bytes(content)
    (tmp_path / "keys").chmod(0o600)
    with pytest.raises(InputError, match="not a file of service keys"):
        load_or_create_keys(tmp_path / "keys", SeededRng(1))


def test_no_message_shows_a_seed(tmp_path: Path) -> None:
    keys = load_or_create_keys(tmp_path / "keys", SeededRng(1))
    assert keys.log.seed().reveal().hex() not in repr(keys)
