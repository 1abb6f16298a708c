import pytest

from api.accounts.official_key import new_sealed_key, open_key, resealed
from api.errors import SaidError
from tests.support.seeded_rng import SeededRng
from voting_core.secret import Secret

OLD, NEW = Secret("correct horse battery"), Secret("staple of the new day")


def test_a_key_opens_with_its_password_and_keeps_under_a_new_one() -> None:
    rng = SeededRng(1)
    public, sealed = new_sealed_key(OLD, rng)
    assert open_key(sealed, OLD).public == public
    again = resealed(sealed, OLD, NEW, rng)
    assert open_key(again, NEW).public == public
    for password, file in ((NEW, sealed), (OLD, again)):
        with pytest.raises(SaidError, match="wrong"):
            open_key(file, password)
