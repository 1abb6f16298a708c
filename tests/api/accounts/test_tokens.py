from api.accounts.tokens import csrf_token, hash_code, hash_token, is_csrf_token, new_code, new_token
from tests.support.seeded_rng import SeededRng


def test_hashes_tell_accounts_and_tokens_apart() -> None:
    token = new_token(SeededRng(1)).reveal()
    assert len(token) == 64
    assert hash_token(token) != hash_token(token[:-1] + "!")
    assert token.encode() not in hash_token(token)


def test_a_code_is_typed_in_any_way() -> None:
    code = new_code(SeededRng(1)).reveal()
    assert len(code) == 19
    assert hash_code(code.lower().replace("-", " "), "li") == hash_code(code, "li")
    assert hash_code(code, "wang") != hash_code(code, "li")


def test_a_form_belongs_to_one_sign_in() -> None:
    assert is_csrf_token(csrf_token("a"), "a")
    assert not is_csrf_token(csrf_token("a"), "b")
    assert not is_csrf_token("", "a")
    assert not is_csrf_token("不", "a")
