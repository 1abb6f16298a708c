"""The order in which people are printed: fixed once, when a contest is defined, and never worked out again.

Everybody stands by strokes, except those whom officials place by hand: at a position, or directly after another
person. A name with a character that is not in the table has no place of its own; without a place given by hand the
whole order is refused. Nobody's place is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from tally.rules.common import NameOrder
from tally.strokes.order import NameKey, doubtful_characters, name_key, plain_name, unknown_characters
from tally.strokes.table import character_of, differ_by_level
from voting_core.errors import InputError


@dataclass(frozen=True, slots=True)
class AtPosition:
    """The person stands at this position of the printed list, counted from 1."""

    id: str
    position: int


@dataclass(frozen=True, slots=True)
class DirectlyAfter:
    """The person stands directly after another person of the list."""

    id: str
    other: str


Override: TypeAlias = AtPosition | DirectlyAfter


@dataclass(frozen=True, slots=True)
class OrderedNames:
    """The order, and what officials should know about it before they confirm it.

    `doubtful` are characters of names placed by strokes: those that are only placed by their neighbours in the table,
    then those of equal strokes that decide between two names and stand in different levels of the official list.
    `unknown` are the characters that are not in the table, all of them in names placed by hand; `by_hand` are the ids
    placed by hand.
    """

    ids: tuple[str, ...]
    doubtful: tuple[str, ...]
    unknown: tuple[str, ...]
    by_hand: tuple[str, ...]


class NameOrderError(InputError):
    """The order of a list of names is not settled; `problems` has one error for each thing to settle."""

    def __init__(self, problems: Sequence[InputError]) -> None:
        super().__init__(problems[0].place, problems[0].problem, problems[0].remedy)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join(InputError.__str__(problem) for problem in self.problems)


def lawful_order(
    people: Sequence[tuple[str, str]], mode: NameOrder, overrides: Sequence[Override] = ()
) -> OrderedNames:
    """Order people (id and name, in the order of their rows) by strokes and by what officials decided by hand.

    People of equal names keep the order of their rows.

    Raises:
        NameOrderError: an id stands twice; a name has no place and none is given by hand; or the places given by hand
            cannot all be kept.
    """
    _check_ids(people)
    by_hand = _checked(people, overrides)
    at_hand = [(identity, name) for identity, name in people if identity not in by_hand]
    _refuse_unknown(people, by_hand)
    keys = {identity: name_key(name, mode) for identity, name in at_hand}
    by_strokes = sorted(keys, key=keys.__getitem__)
    ids = _arrange(by_strokes, by_hand)
    _check_kept(ids, by_hand)
    placed = doubtful_characters(name for _, name in at_hand)
    return OrderedNames(
        ids=ids,
        doubtful=tuple(dict.fromkeys((*placed, *_level_ties([keys[identity] for identity in by_strokes])))),
        unknown=unknown_characters(name for _, name in people),
        by_hand=tuple(identity for identity, _ in people if identity in by_hand),
    )


def _check_ids(people: Sequence[tuple[str, str]]) -> None:
    first: dict[str, int] = {}
    problems = []
    for row, (identity, _) in enumerate(people, start=1):
        if identity in first:
            problem = f'the id "{identity}" stands in row {first[identity]} already'
            problems.append(InputError(f"row {row}", problem, "Give every person an id of their own"))
        first.setdefault(identity, row)
    if problems:
        raise NameOrderError(problems)


def _checked(people: Sequence[tuple[str, str]], overrides: Sequence[Override]) -> Mapping[str, Override]:
    """The places given by hand, by id, each of them possible by itself."""
    known = {identity for identity, _ in people}
    found: dict[str, Override] = {}
    taken: set[int | str] = set()
    problems = []
    for override in overrides:
        where: int | str = override.position if isinstance(override, AtPosition) else override.other
        if override.id not in known:
            problem, remedy = "this id is not in the list", "Correct the id"
        elif override.id in found:
            problem, remedy = "this person is placed twice", "Leave one of the two places"
        elif isinstance(override, AtPosition) and not 1 <= override.position <= len(people):
            problem, remedy = f"there is no position {where}", f"Give a position from 1 to {len(people)}"
        elif isinstance(override, DirectlyAfter) and override.other not in known:
            problem, remedy = f'the id "{where}" is not in the list', "Name a person of the list"
        elif where in taken:
            problem, remedy = f"{_words(override)} is another person already", "Place one of them after the other"
        else:
            found[override.id] = override
            taken.add(where)
            continue
        problems.append(InputError(f'place by hand of "{override.id}"', problem, remedy))
    if problems:
        raise NameOrderError(problems)
    return found


def _refuse_unknown(people: Sequence[tuple[str, str]], by_hand: Mapping[str, Override]) -> None:
    problems = []
    for row, (identity, name) in enumerate(people, start=1):
        if identity in by_hand:
            continue
        place = f'row {row}, "{identity}" {name}'
        remedy = f'Place "{identity}" by hand: at a position of the list, or directly after another person'
        if not plain_name(name):
            problems.append(InputError(place, "the name has no character to sort by", remedy))
        for character in unknown_characters([name]):
            problem = f"the strokes of {character} (U+{ord(character):04X}) are not in the table"
            problems.append(InputError(place, problem, remedy))
    if problems:
        raise NameOrderError(problems)


def _arrange(by_strokes: Sequence[str], by_hand: Mapping[str, Override]) -> tuple[str, ...]:
    """Everybody once: those at positions with their followers there, the others with theirs in the places left."""
    followers = {o.other: o.id for o in by_hand.values() if isinstance(o, DirectlyAfter)}
    slots: dict[int, str] = {}
    for override in by_hand.values():
        if isinstance(override, AtPosition):
            for place, identity in enumerate(_chain(override.id, followers), start=override.position):
                slots.setdefault(place, identity)
    others = iter([identity for head in by_strokes for identity in _chain(head, followers)])
    size = len(by_strokes) + len(by_hand)
    ordered = [slots[place] if place in slots else next(others, "") for place in range(1, size + 1)]
    return tuple(ordered)


def _level_ties(keys: Sequence[NameKey]) -> Iterator[str]:
    """The characters that decide between two names by nothing but their levels, in the order of the names."""
    for one, two in pairwise(keys):
        first = next(((a, b) for a, b in zip(one, two, strict=False) if a != b), None)
        if first is not None and differ_by_level(*first):
            yield from map(character_of, first)


def _chain(head: str, followers: Mapping[str, str]) -> list[str]:
    """A person and everybody who stands after them by hand. A head is not placed after anybody, so there is an end."""
    chain = [head]
    while chain[-1] in followers:
        chain.append(followers[chain[-1]])
    return chain


def _check_kept(ids: Sequence[str], by_hand: Mapping[str, Override]) -> None:
    """Refuse places given by hand that contradict each other, and circles of people after each other."""
    problems = []
    for override in by_hand.values():
        if isinstance(override, AtPosition):
            kept = ids[override.position - 1] == override.id
        else:
            kept = (override.other, override.id) in pairwise(ids)
        if not kept:
            problem = f"{_words(override)} cannot be kept beside the other places given by hand"
            remedy = "Take back one of them"
            problems.append(InputError(f'place by hand of "{override.id}"', problem, remedy))
    if problems:
        raise NameOrderError(problems)


def _words(override: Override) -> str:
    if isinstance(override, AtPosition):
        return f"position {override.position}"
    return f'directly after "{override.other}"'
