"""Randomness is an argument.

Pure code never draws randomness itself; it is given an :class:`Rng`. Programs pass one that reads the operating
system, tests pass one with a seed.
"""

from typing import Protocol

# The group order of SPEC §2.1, written here so that this module needs no group backend.
_ORDER = 2**252 + 27742317777372353535851937790883648493


class Rng(Protocol):
    """A source of random bytes."""

    def bytes(self, n: int) -> bytes:
        """Give n random bytes."""


def random_scalar(rng: Rng) -> int:
    """Give a random scalar, uniform in [1, q) up to a bias below 2^-250 (64 bytes reduced mod q)."""
    while True:
        scalar = int.from_bytes(rng.bytes(64), "little") % _ORDER
        # Zero has probability 2^-252; the loop says nothing about the scalar that is returned.
        if scalar != 0:
            return scalar
