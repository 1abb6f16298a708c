"""Which papers of a pile are looked at: a draw that anyone can repeat from a public seed.

Rivest's sampler (Ronald L. Rivest, "Reference implementation code for pseudo-random sampler", sampler.py, MIT, 2011):
the n-th draw is 1 + (SHA-256(seed "," n) modulo the number of papers). Draws are with replacement, as BRAVO asks: a
paper that is drawn twice counts twice. The seed is made in public after the pile is closed, by throwing dice.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from voting_core.errors import InputError

_SEED: Final = re.compile(r"[0-9]{20,64}")
"""Twenty throws of a ten-sided die: more than anyone can try out, and still read aloud without a mistake."""


@dataclass(frozen=True, slots=True)
class Place:
    """A paper of the pile: its bundle and its place there, both from 1, and how often it was drawn."""

    bundle: int
    number: int
    times: int


def read_seed(text: str) -> str:
    """Accept a public seed.

    Raises:
        InputError: it is not at least twenty digits.
    """
    digits = "".join(text.split())
    if _SEED.fullmatch(digits) is None:
        raise InputError(
            "seed", "it is not 20 to 64 digits", "Throw a ten-sided die twenty times in public and give the digits"
        )
    return digits


def draw(seed: str, papers: int, count: int, already: int = 0) -> tuple[int, ...]:
    """Draw `count` positions from 1 to `papers` after the first `already` draws; the same position may come again."""
    if papers < 1 or count < 0 or already < 0:
        raise ValueError("there is something to draw from, and draws are not taken back")
    numbers = range(already + 1, already + count + 1)
    return tuple(1 + int(hashlib.sha256(f"{seed},{n}".encode()).hexdigest(), 16) % papers for n in numbers)


def places(positions: Sequence[int], bundles: Sequence[int]) -> tuple[Place, ...]:
    """Say where the drawn positions are in a pile made of bundles of these sizes, in the order of the pile."""
    ends = list(accumulate(bundles))
    found = []
    for position, times in sorted(Counter(positions).items()):
        bundle = next(number for number, end in enumerate(ends) if position <= end)
        found.append(Place(bundle + 1, position - ends[bundle] + bundles[bundle], times))
    return tuple(found)
