"""A dealer's polynomial, its commitments and shares (SPEC §6.2, §6.4, §6.6)."""

from collections.abc import Iterable

from voting_core.group import Point, Q, base_mul
from voting_core.rng import Rng, random_scalar
from voting_core.secret import Secret


def new_polynomial(threshold: int, rng: Rng) -> Secret[tuple[int, ...]]:
    """Draw the coefficients f_0..f_{k-1}, none of them 0, so that no commitment is the identity."""
    return Secret(tuple(random_scalar(rng) for _ in range(threshold)))


def commit(polynomial: Secret[tuple[int, ...]]) -> tuple[Point, ...]:
    """Give C_s = g^{f_s}."""
    return tuple(base_mul(coefficient) for coefficient in polynomial.reveal())


def constant_term(polynomial: Secret[tuple[int, ...]]) -> Secret[int]:
    """Give f_0, which the dealer proves to know."""
    return Secret(polynomial.reveal()[0])


def share_for(polynomial: Secret[tuple[int, ...]], index: int) -> Secret[int]:
    """Give f(index), the share of the trustee with this index; indices start at 1, because f(0) is the secret.

    Raises:
        ValueError: the index is below 1.
    """
    if index < 1:
        raise ValueError("trustees are counted from 1")
    value = 0
    for coefficient in reversed(polynomial.reveal()):
        value = (value * index + coefficient) % Q
    return Secret(value)


def private_share(shares: Iterable[Secret[int]]) -> Secret[int]:
    """Add up the shares that all dealers (oneself included) gave to one trustee: its s_l (SPEC §6.6)."""
    return Secret(sum(share.reveal() for share in shares) % Q)
