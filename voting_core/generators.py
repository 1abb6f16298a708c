"""The generators h, G_1, G_2, … (SPEC §2.3).

They are hashes of labels, so nobody knows a relation between them, and every program derives them again: a
generator that came from a file could hide a trapdoor.
"""

from functools import cache
from typing import Final

from voting_core.framing import u64
from voting_core.group import Point
from voting_core.hash_to_group import hash_to_point
from voting_core.params import Tag

H: Final[Point] = hash_to_point(b"h", Tag.GENERATOR.raw)
"""The generator h."""


@cache
def generator(index: int) -> Point:
    """Give G_index; the first is G_1."""
    if index < 1:
        raise ValueError("generators are counted from 1")
    return hash_to_point(b"G" + u64(index), Tag.GENERATOR.raw)


@cache
def generators(count: int) -> tuple[Point, ...]:
    """Give G_1..G_count."""
    return tuple(generator(index) for index in range(1, count + 1))
