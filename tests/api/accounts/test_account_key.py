from pathlib import Path

import pytest

from api.accounts.account_key import load_or_create_account_key
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError


def test_the_key_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "accounts.key"
    made = load_or_create_account_key(path, SeededRng(1))
    assert load_or_create_account_key(path, SeededRng(2)).reveal() == made.reveal()
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"ab", b"\xff" * 64, b"0" * 66])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "accounts.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(InputError, match="not the key"):
        load_or_create_account_key(path, SeededRng(1))
