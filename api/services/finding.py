"""Finding a person of the roll at the desk: by number, badge, name, full pinyin, initials, or the two mixed.

A query is compared with every person, character by character: a Chinese character stands for itself, letters for a
reading of a character or the beginning of one. So 张伟, `zhangwei`, `zw`, `zhw` and 张w all find 张伟. Names alone
decide nothing: every hit comes with number and delegation, and `shares_name` says that there is another of that name.

A badge is the number of the roll as text, typed by a scanner that ends with Enter. It has at most MAX_QUERY characters;
the code of a voting card has more, is refused, and is never repeated.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeAlias

from api.services.pinyin import Readings, folded, readings_of_name
from voting_core.errors import InputError

MAX_QUERY: Final = 32
"""Characters of a query: those of the longest number of a roll. A typed card code has 39, its QR code 63."""

MAX_HITS: Final = 24
"""Hits that are shown; more than that nobody reads while somebody waits at the desk."""


class How(IntEnum):
    """How a query fits, the best first."""

    NUMBER = 0
    NUMBER_WITHOUT_ZEROS = 1
    NAME = 2
    PINYIN = 3
    NAME_BEGINS = 4
    PINYIN_BEGINS = 5
    NUMBER_ENDS = 6
    NAME_HOLDS = 7
    GIVEN_NAME = 8
    OTHER_READING = 9


@dataclass(frozen=True, slots=True)
class Listed:
    """A person as the roll lists them."""

    number: str
    name: str
    delegation: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A person found; `shares_name` when the roll has another person of that name."""

    person: Listed
    how: How
    shares_name: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int

    @property
    def only(self) -> Listed | None:
        """The one person meant: the only hit, or the only one with this number."""
        for how in (How.NUMBER, How.NUMBER_WITHOUT_ZEROS):
            exact = [hit for hit in self.hits if hit.how is how]
            if exact:
                return exact[0].person if len(exact) == 1 else None
        return self.hits[0].person if self.total == 1 else None


@dataclass(frozen=True, slots=True)
class _Entry:
    person: Listed
    number: str
    name: str
    readings: tuple[Readings, ...]
    begins: frozenset[str]
    """What a query of readings may begin with: the characters, and the first letters of their readings."""


class PeopleIndex:
    """The roll made ready for finding. It is made once for a roll and asked for each query."""

    def __init__(self, people: Sequence[Listed]) -> None:
        names = [folded(person.name) for person in people]
        self._times = Counter(names)
        self._entries = [
            _entry(person, folded(person.number), name) for person, name in zip(people, names, strict=True)
        ]
        self._numbers = Counter(entry.number for entry in self._entries)
        self._by_number = {entry.number: entry for entry in self._entries}

    def find(self, text: str) -> Found:
        """Find whom a query may mean, the best first, those alike by number.

        Raises:
            InputError: the query is too long to be a name or a badge. The error does not repeat it.
        """
        query = read_query(text)
        if not query:
            return Found((), 0)
        if self._numbers[query] == 1:
            # A badge or a whole number means one person, whoever else has these digits somewhere.
            entry = self._by_number[query]
            return Found((Hit(entry.person, How.NUMBER, self._times[entry.name] > 1),), 1)
        ranked = [
            (how, entry.person.number, entry) for entry in self._entries if (how := _fit(entry, query)) is not None
        ]
        ranked.sort(key=lambda one: one[:2])
        hits = tuple(Hit(entry.person, how, self._times[entry.name] > 1) for how, _, entry in ranked[:MAX_HITS])
        return Found(hits, len(ranked))


def read_query(text: str) -> str:
    """The query as it is compared.

    Raises:
        InputError: it is too long. What was scanned may be a voting card, so it is not repeated.
    """
    typed = "".join(character for character in text if character.isprintable()).strip()
    query = folded(typed)
    if len(typed) > MAX_QUERY or len(query) > MAX_QUERY:
        raise InputError(
            "search",
            f"this has more than {MAX_QUERY} characters: it is no name and no badge, and may be a voting card",
            "Scan the badge, or type name, number or pinyin. Never scan a voting card here",
        )
    return query


def _entry(person: Listed, number: str, name: str) -> _Entry:
    readings = readings_of_name(name)
    begins = frozenset((*name, *(reading[0] for one in readings for reading in one)))
    return _Entry(person, number, name, readings, begins)


def _fit(entry: _Entry, query: str) -> How | None:
    """How a query fits a person, None if not at all."""
    if query == entry.number:
        return How.NUMBER
    if query.isdecimal() and query.lstrip("0") == entry.number.lstrip("0"):
        return How.NUMBER_WITHOUT_ZEROS
    if query == entry.name:
        return How.NAME
    if query in entry.name:
        return How.NAME_BEGINS if entry.name.startswith(query) else How.NAME_HOLDS
    if len(query) > 1 and entry.number.endswith(query):
        return How.NUMBER_ENDS
    return _fit_read(entry, query) if query[0] in entry.begins else None


_Way: TypeAlias = tuple[bool, bool, int, int]
"""How far a query has been read.

Whether a reading other than the first of a character was needed; whether some character stands for neither its whole
reading nor its initial (so that `wang` is 王 before it is pieces of a longer name); up to which character; and how many
letters. A plain tuple: a query makes thousands.
"""


def _fit_read(entry: _Entry, query: str) -> How | None:
    """How a query of readings, or of characters and readings, fits; the name's beginning before its later parts."""
    fits = _reach(entry, query, 0)
    if fits is not None:
        rare, cut, place, _ = fits
        if rare:
            return How.OTHER_READING
        return How.PINYIN if place == len(entry.name) and not cut else How.PINYIN_BEGINS
    for start in range(1, len(entry.name)):
        fits = _reach(entry, query, start)
        if fits is not None:
            return How.OTHER_READING if fits[0] else How.GIVEN_NAME
    return None


def _reach(entry: _Entry, query: str, start: int) -> _Way | None:
    """Read the query from the character at `start` on; None when it does not fit.

    What needs no rare reading, then no cut one, then reaches further, is preferred.
    """
    best: _Way | None = None
    ways: list[_Way] = [(False, False, start, 0)]
    seen = set()
    while ways:
        way = rare, cut, place, at = ways.pop()
        if way in seen:
            continue
        seen.add(way)
        if at == len(query):
            if best is None or (rare, cut, -place) < (best[0], best[1], -best[2]):
                best = way
            continue
        if place == len(entry.name):
            continue
        if query[at] == entry.name[place]:
            ways.append((rare, cut, place + 1, at + 1))
        for number, reading in enumerate(entry.readings[place]):
            for taken in range(1, _common(reading, query, at) + 1):
                pieces = cut or not _is_whole_or_initial(reading, taken)
                ways.append((rare or number > 0, pieces, place + 1, at + taken))
    return best


def _is_whole_or_initial(reading: str, taken: int) -> bool:
    return taken in (1, len(reading)) or (taken == 2 and reading[:2] in ("zh", "ch", "sh"))


def _common(reading: str, query: str, at: int) -> int:
    """How many letters of a reading stand in the query from `at` on, counted from its first."""
    length = 0
    while length < len(reading) and at + length < len(query) and reading[length] == query[at + length]:
        length += 1
    return length
