import pytest

from tests.support.seeded_rng import SeededRng
from voting_core.group import Q, base_mul
from voting_core.prove.dealing import commit, constant_term, new_polynomial, private_share, share_for
from voting_core.secret import Secret


def test_a_polynomial_has_k_coefficients_and_shows_none() -> None:
    polynomial = new_polynomial(4, SeededRng("k"))
    assert len(set(polynomial.reveal())) == 4
    assert all(0 < coefficient < Q for coefficient in polynomial.reveal())
    assert repr(polynomial) == "<redacted>"


def test_shares_are_values_of_the_polynomial() -> None:
    polynomial = Secret((5, 7, 11))
    assert [share_for(polynomial, index).reveal() for index in (1, 2, 3)] == [23, 63, 125]
    assert share_for(Secret((1, Q - 1)), 1).reveal() == 0
    assert constant_term(polynomial).reveal() == 5
    assert commit(polynomial) == (base_mul(5), base_mul(7), base_mul(11))


@pytest.mark.parametrize("index", [0, -1])
def test_nobody_gets_the_secret_itself(index: int) -> None:
    with pytest.raises(ValueError, match="from 1"):
        share_for(Secret((5, 7)), index)


def test_the_private_share_is_the_sum() -> None:
    assert private_share([Secret(Q - 1), Secret(5), Secret(0)]).reveal() == 4
