"""Selections under a quota (评优): the quota is a ceiling, and a tie at it is left to people."""

from __future__ import annotations

from dataclasses import dataclass

from tally.decide.attendance import contradiction


@dataclass(frozen=True, slots=True)
class QuotaSelection:
    """How many are selected, and how many tied persons are left for how many places."""

    quota: int
    selected: int
    undecided_seats: int
    undecided_candidates: int


def quota_of(assessed: int, percent: int) -> int:
    """The quota, rounded down so that it is never exceeded.

    Raises:
        VerificationError: V11.D, a share that is none.
    """
    if assessed < 0 or not 0 <= percent <= 100:
        contradiction(f"a quota of {percent} percent of {assessed}")
    return assessed * percent // 100


def select_within(quota: int, above_tie: int, tied: int) -> QuotaSelection:
    """Select those above the cut, and the tied only if all of them fit.

    Raises:
        VerificationError: V11.D, more above the tie than the quota, so that the cut is not at this tie.
    """
    if min(quota, above_tie, tied) < 0 or above_tie > quota:
        contradiction(f"{above_tie} stand above the tie, and the quota is {quota}")
    if above_tie + tied <= quota:
        return QuotaSelection(quota, above_tie + tied, 0, 0)
    free = quota - above_tie
    return QuotaSelection(quota, above_tie, free, tied if free else 0)
