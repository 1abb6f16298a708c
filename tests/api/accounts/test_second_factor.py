import pytest

from api.accounts.second_factor import (
    code_at,
    new_secret,
    open_secret,
    provisioning_uri,
    seal_secret,
    typed_secret,
    used_step,
)
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError
from voting_core.secret import Secret

NOW = 1_780_000_000
RFC = Secret(b"12345678901234567890")


@pytest.mark.parametrize(("time", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924")])
def test_the_codes_of_rfc_6238(time: int, code: str) -> None:
    assert code_at(RFC, time) == code
    assert used_step(RFC, code, time, 0) == time // 30


def test_a_code_serves_once_and_only_now() -> None:
    code = code_at(RFC, NOW)
    step = used_step(RFC, code, NOW, 0)
    assert step == NOW // 30
    assert used_step(RFC, code[:3] + " " + code[3:], NOW, 0) == step
    assert used_step(RFC, code, NOW, step) is None
    assert used_step(RFC, code, NOW + 30, 0) == step
    assert used_step(RFC, code, NOW + 90, 0) is None


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "１２３４５６", "-12345"])
def test_what_is_no_code_is_none(code: str) -> None:
    assert used_step(RFC, code, NOW, 0) is None


def test_a_secret_is_sealed_for_one_account() -> None:
    rng, key = SeededRng(1), Secret(bytes(32))
    secret = new_secret(rng)
    sealed = seal_secret(secret, "li", key, rng)
    assert secret.reveal() not in sealed
    assert open_secret(sealed, "li", key).reveal() == secret.reveal()
    for account, other in (("wang", key), ("li", Secret(bytes(31) + b"\1"))):
        with pytest.raises(InputError):
            open_secret(sealed, account, other)


def test_the_secret_is_shown_as_apps_take_it() -> None:
    assert typed_secret(RFC).reveal().replace(" ", "") == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert provisioning_uri(RFC, "li").reveal().startswith("otpauth://totp/Plenum:li?")
    assert repr(provisioning_uri(RFC, "li")) == "<redacted>"
