"""Invented choices for a demonstration: every row has a favour of its own, every delegate decides row by row.

The choices come from a seed by SHAKE-256, so that two runs with one seed have the same results. Nothing else in a
demonstration comes from the seed: cards, keys and encryption are the system's randomness.
"""

import hashlib
from collections.abc import Iterator

from ballots.contest import Contest

_GRADES_FAVOUR = {2: (60, 40), 3: (78, 14, 8), 4: (62, 24, 9, 5)}
"""Per cent of the marks of a row that is neither liked nor disliked, by the number of marks; the first mark is the
favourable one.
"""


def _stream(*parts: str) -> Iterator[int]:
    """Endless numbers from 0 to 99 determined by the parts."""
    block = 0
    while True:
        data = hashlib.shake_256("\x1f".join((*parts, str(block))).encode()).digest(1024)
        block += 1
        # Bytes of 200 and more would favour small numbers.
        yield from (byte % 100 for byte in data if byte < 200)


def _weights(contest: Contest, seed: str, row: str) -> tuple[int, ...]:
    """The row's own shares of the marks, in per cent: up to 25 points away from the usual favour."""
    usual = _GRADES_FAVOUR.get(len(contest.marks), (100 // len(contest.marks),) * len(contest.marks))
    shift = next(_stream(seed, contest.id, "row", row)) // 2 - 25
    first = max(5, min(97, usual[0] + shift))
    rest = usual[1:]
    scaled = [share * (100 - first) // sum(rest) for share in rest[1:]]
    return (first, 100 - first - sum(scaled), *scaled)


def _pick(weights: tuple[int, ...], number: int) -> int:
    for mark, weight in enumerate(weights):
        if number < weight:
            return mark
        number -= weight
    return len(weights) - 1


def choices(contest: Contest, seed: str, delegate: str) -> dict[str, str]:
    """One delegate's marks by row id, within the limits of the contest.

    Where the favourable marks are more than a limit allows, the last rows of the delegate's own order lose theirs.
    """
    numbers = _stream(seed, contest.id, delegate)
    marks = {row.id: contest.marks[_pick(_weights(contest, seed, row.id), next(numbers))] for row in contest.rows}
    for limit in contest.limits:
        if limit.at != "most":
            continue
        holders = [row for row, mark in marks.items() if mark == limit.mark]
        order = sorted(holders, key=lambda row: hashlib.sha256(f"{seed}{delegate}{row}".encode()).digest())
        other = contest.marks[1] if limit.mark == contest.marks[0] else contest.marks[0]
        for row in order[limit.count :]:
            marks[row] = other
    return marks
