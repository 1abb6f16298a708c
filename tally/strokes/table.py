"""The table of characters in the order of strokes: 通用规范汉字表 with stroke counts and sequences.

* ``table.txt`` is built by ``tools/strokes/build_table.py`` from packages under open licences (see ``NOTICE.md``): the
  official list in official order, stroke names, and decompositions. One line a character: character, count,
  sequence, mark. The number of the line is the number of the character in the official list.
* A sequence is of the classes 横1 竖2 撇3 点4 折5. Characters of equal sequence stand in the order of the official
  list. It has three levels, each in stroke order; between levels the order of equal sequences is that of the levels.
* The mark ``~`` says that the sequence is only bounded by the neighbours in the official list: the count is certain,
  the place among characters of the same count and another level of the list is not.
* A character that is not in the table is reported, never guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from voting_core.errors import InputError

TABLE_ID: Final = "plenum-strokes-1"
"""The name of the table. A rule set carries it, so that a later table cannot change the outcome of an old record."""


LEVELS: Final = (3500, 6500, 8105)
"""The last character of each of the three levels of the official list."""


@dataclass(frozen=True, slots=True, order=True)
class Strokes:
    """What a character sorts by: number of strokes, their classes, and the place in the official list.

    `rank` is 0 for strokes that were given by hand for a character outside the list.
    """

    count: int
    sequence: str
    rank: int = 0


def differ_by_level(one: Strokes, two: Strokes) -> bool:
    """Whether two characters have equal strokes and stand in different levels, so that no official list orders them."""
    equal = (one.count, one.sequence) == (two.count, two.sequence)
    return equal and bisect_left(LEVELS, one.rank) != bisect_left(LEVELS, two.rank)


class UnknownCharacterError(InputError):
    """The stroke order of a character is not known. The order of the name has to be given by hand."""

    def __init__(self, name: str, character: str) -> None:
        super().__init__(
            f'name "{name}"',
            f"the stroke order of {character!a} ({character}) is not in the table",
            "Give the strokes of this name, or confirm its place in the list by hand",
        )
        self.character = character


def strokes_of(character: str, name: str = "") -> Strokes:
    """The strokes of one character; `name` is what an error names.

    Raises:
        UnknownCharacterError: it is not in the table.
    """
    found = _table().get(character)
    if found is None:
        raise UnknownCharacterError(name or character, character)
    return found


def is_known(character: str) -> bool:
    """Whether a character is in the table."""
    return character in _table()


def is_placed(character: str) -> bool:
    """Whether a character's sequence is only bounded by its neighbours, so that officials should confirm its place."""
    return character in _placed()


def character_of(strokes: Strokes) -> str:
    """The character with this place in the official list."""
    return _lines()[strokes.rank - 1][0]


def known_characters() -> Mapping[str, Strokes]:
    """The whole table."""
    return _table()


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[str, ...], ...]:
    text = (files(__package__) / "table.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split(" ")) for line in text.splitlines())


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Strokes]:
    return MappingProxyType(
        {
            character: Strokes(int(count), "" if sequence == "-" else sequence, rank)
            for rank, (character, count, sequence, _) in enumerate(_lines(), start=1)
        }
    )


@lru_cache(maxsize=1)
def _placed() -> frozenset[str]:
    return frozenset(character for character, _, _, mark in _lines() if mark == "~")
