from itertools import combinations

import pytest

from tests.support.seeded_rng import SeededRng
from voting_core.group import BASE, IDENTITY, Q, base_mul, multi_mul
from voting_core.polynomial import evaluate_commitments, is_good_share, joint_key, lagrange_at_zero, public_share
from voting_core.prove.dealing import commit, new_polynomial, private_share, share_for

RNG = SeededRng("polynomial")
K = 3
N = 5
DEALERS = [new_polynomial(K, RNG) for _ in range(N)]
COMMITMENTS = [commit(polynomial) for polynomial in DEALERS]


def test_known_coefficients() -> None:
    assert lagrange_at_zero([1]) == {1: 1}
    assert lagrange_at_zero([1, 2]) == {1: 2, 2: Q - 1}
    assert lagrange_at_zero([1, 2, 3]) == {1: 3, 2: Q - 3, 3: 1}


@pytest.mark.parametrize("indices", [[], [1, 1], [0, 1], [-1, 2]])
def test_other_indices_are_refused(indices: list[int]) -> None:
    with pytest.raises(ValueError, match="distinct indices"):
        lagrange_at_zero(indices)


def test_commitments_are_evaluated_in_the_exponent() -> None:
    for index in (1, 2, 15):
        share = share_for(DEALERS[0], index).reveal()
        assert evaluate_commitments(COMMITMENTS[0], index) == base_mul(share)
        assert is_good_share(COMMITMENTS[0], index, share)
        assert not is_good_share(COMMITMENTS[0], index, (share + 1) % Q)
        assert not is_good_share(COMMITMENTS[0], index + 1, share)
    assert evaluate_commitments([BASE], 7) == BASE
    assert evaluate_commitments([], 7) == IDENTITY


def test_any_k_trustees_have_the_joint_secret_and_fewer_have_not() -> None:
    secret = sum(polynomial.reveal()[0] for polynomial in DEALERS) % Q
    assert joint_key(COMMITMENTS) == base_mul(secret)
    private = {
        index: private_share(share_for(polynomial, index) for polynomial in DEALERS).reveal()
        for index in range(1, N + 1)
    }
    for index, share in private.items():
        assert public_share(COMMITMENTS, index) == base_mul(share)
    for size in (K - 1, K, K + 1, N):
        for chosen in combinations(range(1, N + 1), size):
            weights = lagrange_at_zero(chosen)
            found = sum(weights[index] * private[index] for index in chosen) % Q
            assert (found == secret) == (size >= K)
            point = multi_mul(weights.values(), [public_share(COMMITMENTS, index) for index in chosen])
            assert (point == joint_key(COMMITMENTS)) == (size >= K)
