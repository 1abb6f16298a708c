from pathlib import Path

import pytest

from api.desk_token import is_token, load_or_create_token
from api.private_file import write_private
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError


def test_the_token_stays_the_same_and_nothing_else_passes(tmp_path: Path) -> None:
    token = load_or_create_token(tmp_path / "desk.token", SeededRng(1))
    assert load_or_create_token(tmp_path / "desk.token", SeededRng(2)).reveal() == token.reveal()
    assert len(token.reveal()) == 64
    assert is_token(token.reveal(), token)
    for wrong in ("", token.reveal()[:-1], token.reveal() + "0", "监票"):
        assert not is_token(wrong, token)
    assert (tmp_path / "desk.token").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", b"0" * 63, "监票".encode()])
def test_a_file_that_is_no_token_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "desk.token"
    write_private(path, content)
    with pytest.raises(InputError, match="not a token"):
        load_or_create_token(path, SeededRng(1))
