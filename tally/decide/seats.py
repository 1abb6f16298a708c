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
    if len(passed) <= seats:
        return Seated(_ids(passed), (), 0, (), seats - len(passed))
    cut = passed[seats - 1].votes if seats else passed[0].votes + 1
    above = [p for p in passed if p.votes > cut]
    level = [p for p in passed if p.votes == cut]
    below = [p for p in passed if p.votes < cut]
    if len(above) + len(level) == seats:
        return Seated(_ids([*above, *level]), (), 0, _ids(below), 0)
    tied = tuple(p.id for p in sorted(level, key=lambda p: p.place))
    return Seated(_ids(above), tied, seats - len(above), _ids(below), 0)


def _ids(people: Sequence[Polled]) -> tuple[str, ...]:
    return tuple(p.id for p in people)
