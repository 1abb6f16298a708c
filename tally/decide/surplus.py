"""The smallest list of candidates for a required surplus (差额)."""

from __future__ import annotations

from tally.decide.attendance import contradiction


def min_candidates(seats: int, surplus_percent: int) -> int:
    """Seats plus the surplus, always rounded up (进一法): 33 seats with 10 percent need 37 candidates.

    Raises:
        VerificationError: V11.D, no seat or a surplus below zero.
    """
    if seats < 1 or surplus_percent < 0:
        contradiction(f"{seats} seats with a surplus of {surplus_percent} percent")
    return seats + -(-seats * surplus_percent // 100)
