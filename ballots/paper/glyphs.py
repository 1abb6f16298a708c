"""Which characters the packaged fonts have.

A name that is printed with a box in the place of a character is a wrong name on a signed paper. So every text is looked
at before it is typeset, and one that cannot be printed is refused.
"""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Final

from voting_core.codec import JsonValue
from voting_core.errors import InputError

_TABLE: Final = "fonts/characters.txt"


class UnprintableError(InputError):
    """A text has a character that the fonts do not have."""


def missing_character(text: str) -> str | None:
    """The first character of a text that the fonts do not have, or None."""
    return next((character for character in text if ord(character) not in _covered()), None)


def check_text(text: str, place: str) -> None:
    """Accept a text that can be printed.

    Raises:
        UnprintableError: with `place`, the text and the first character that the fonts do not have.
    """
    character = missing_character(text)
    if character is not None:
        raise UnprintableError(
            place,
            f'"{text}" has {character!a} ({character}), which the fonts for printing do not have',
            "Write it with characters of 通用规范汉字表 or GB 2312, or print this sheet with another program",
        )


def check_value(value: JsonValue, place: str) -> None:
    """Accept a value all of whose texts can be printed; keys are not printed.

    Raises:
        UnprintableError: the first text that cannot, with its place in the value.
    """
    for where, text in _texts(value, place):
        check_text(text, where)


def _texts(value: JsonValue, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, f"{place}.{key}")
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from _texts(item, f"{place}[{number}]")


@lru_cache(maxsize=1)
def _covered() -> frozenset[int]:
    lines = (files(__package__) / _TABLE).read_text(encoding="ascii").split()
    ends = [tuple(int(end, 16) for end in line.split("-")) for line in lines]
    return frozenset(point for first, last in ends for point in range(first, last + 1))
