"""Who takes the seats: the highest votes among those who passed, ties at the last seat left open.

This is the arithmetic of elections, run-offs and quotas alone; what a tie or an empty seat means is the rules' to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Polled:
    """A person with votes, and the place that orders persons with equal votes."""

    id: str
    votes: int
    place: int


@dataclass(frozen=True, slots=True)
class Seated:
    """Ids: those with a seat (by votes), those tied at the last seats (by place), those who passed and have none."""

    elected: tuple[str, ...]
    tied: tuple[str, ...]
    tied_seats: int
    passed_over: tuple[str, ...]
    empty: int


def fill_seats(people: Sequence[Polled], seats: int, needed: int) -> Seated:
    """Fill seats from those with at least `needed` votes; nobody below gets a seat, however many stay empty."""
    passed = sorted((p for p in people if p.votes >= needed), key=lambda p: (-p.votes, p.place))
    inside, outside = passed[:seats], passed[seats:]
    if not inside or not outside or inside[-1].votes > outside[0].votes:
        return Seated(_ids(inside), (), 0, _ids(outside), seats - len(inside))
    # The last within the seats has as many votes as the first without: the seats of all who have so many stay open.
    cut = outside[0].votes
    above = [p for p in passed if p.votes > cut]
    level = [p for p in passed if p.votes == cut]
    below = [p for p in passed if p.votes < cut]
    return Seated(_ids(above), _ids(level), seats - len(above), _ids(below), 0)


def _ids(people: Sequence[Polled]) -> tuple[str, ...]:
    return tuple(p.id for p in people)
