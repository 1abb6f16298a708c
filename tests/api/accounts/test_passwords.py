import pytest

from api.accounts.passwords import MAX_LENGTH, MIN_LENGTH, check_new_password, hash_password, is_password
from api.errors import SaidError
from tests.support.cheap_passwords import passwords_as_in_the_product
from tests.support.seeded_rng import SeededRng
from voting_core.secret import Secret


@pytest.fixture(autouse=True)
def _as_in_the_product(monkeypatch: pytest.MonkeyPatch) -> None:
    passwords_as_in_the_product(monkeypatch)


def test_a_password_opens_what_it_made_and_nothing_else() -> None:
    stored = hash_password(Secret("é correct horse"), SeededRng(1))
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert is_password(Secret("e\u0301 correct horse"), stored)
    assert not is_password(Secret("correct horse"), stored)
    assert hash_password(Secret("é correct horse"), SeededRng(2)) != stored


def test_nobody_has_the_empty_hash() -> None:
    assert not is_password(Secret(""), "")


@pytest.mark.parametrize(
    "password", ["", "x" * (MIN_LENGTH - 1), "x" * 30, "abababababab", "Password2026!", "li-na-2026-x", "甲乙丙丁" * 60]
)
def test_what_anybody_would_guess_is_refused(password: str) -> None:
    with pytest.raises(SaidError):
        check_new_password(Secret(password), "li-na")


@pytest.mark.parametrize("password", ["correct horse battery", "青澜湖边三棵柳树下", "q7!" + "abcdefg" * 28])
def test_a_good_password_passes(password: str) -> None:
    assert len(password) <= MAX_LENGTH
    if len(password) >= MIN_LENGTH:
        check_new_password(Secret(password), "li-na")
