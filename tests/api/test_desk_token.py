from pathlib import Path

from api.desk_token import is_token, load_or_create_token
from tests.support.seeded_rng import SeededRng


def test_the_token_stays_the_same_and_nothing_else_passes(tmp_path: Path) -> None:
    token = load_or_create_token(tmp_path / "desk.token", SeededRng(1))
    assert load_or_create_token(tmp_path / "desk.token", SeededRng(2)).reveal() == token.reveal()
    assert len(token.reveal()) == 64
    assert is_token(token.reveal(), token)
    for wrong in ("", token.reveal()[:-1], token.reveal() + "0", "监票"):
        assert not is_token(wrong, token)
    assert (tmp_path / "desk.token").stat().st_mode & 0o777 == 0o600
