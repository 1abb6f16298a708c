"""Polynomials in the exponent: public shares, the joint key, Lagrange coefficients (SPEC §6.4, §6.6, §9.6).

Everything here is public. A polynomial itself is a secret and lives in :mod:`voting_core.prove.dealing`.
"""

from collections.abc import Iterable, Sequence

from voting_core.group import IDENTITY, Point, Q, base_mul, sum_points


def lagrange_at_zero(indices: Iterable[int]) -> dict[int, int]:
    """Give, for each index i, ∏_{l ≠ i} l / (l − i) mod q: the weight of the value at i in the value at 0.

    Raises:
        ValueError: no index, an index below 1, or one twice.
    """
    chosen = tuple(indices)
    if not chosen or len(set(chosen)) != len(chosen) or min(chosen) < 1:
        raise ValueError("Lagrange coefficients need distinct indices from 1")
    result = {}
    for i in chosen:
        numerator = denominator = 1
        for other in chosen:
            if other != i:
                numerator = numerator * other % Q
                denominator = denominator * (other - i) % Q
        result[i] = numerator * pow(denominator, -1, Q) % Q
    return result


def evaluate_commitments(commitments: Sequence[Point], index: int) -> Point:
    """Give ∏_s C_s^{index^s}, which is g raised to the committed polynomial's value at ``index``."""
    result = IDENTITY
    for commitment in reversed(commitments):
        result = result * index + commitment
    return result


def is_good_share(commitments: Sequence[Point], index: int, share: int) -> bool:
    """Say whether a dealer's share for ``index`` is the one it committed to (SPEC §6.4)."""
    return base_mul(share) == evaluate_commitments(commitments, index)


def joint_key(dealers: Iterable[Sequence[Point]]) -> Point:
    """Give K = ∏ C_{i,0} of all dealers' commitments (SPEC §6.6). The caller refuses the identity (V5.H)."""
    return sum_points(commitments[0] for commitments in dealers)


def public_share(dealers: Iterable[Sequence[Point]], index: int) -> Point:
    """Give Y_index = ∏_i ∏_s C_{i,s}^{index^s} (SPEC §6.6). The caller refuses the identity (V5.H)."""
    return sum_points(evaluate_commitments(commitments, index) for commitments in dealers)
