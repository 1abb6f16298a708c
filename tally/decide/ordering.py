"""The order of the candidates of one contest by strokes.

Every candidate gets a place, so that sorting by votes and then by place is a total order. Candidates of equal names
keep the order of the sheet.

Where the strokes of a name are not known, a contest that was voted on must still be decided: then, and only then, the
places are those of the sheet (which the officials printed), and the outcome asks for the order to be confirmed. In a
file of cases the same is an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tally.rules.families import NameOrder
from tally.strokes.order import doubtful_characters, name_key
from tally.strokes.table import Strokes, UnknownCharacterError

GivenStrokes = Mapping[str, Mapping[int, Strokes]]
"""Strokes by name and place of the character in the name, which take precedence over the table."""


@dataclass(frozen=True, slots=True)
class Places:
    """The place of every candidate by id, and the characters that officials should confirm."""

    by_id: Mapping[str, int]
    doubtful: tuple[str, ...]

    def ordered(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Ids in the order of their places."""
        return tuple(sorted(ids, key=self.by_id.__getitem__))


def stroke_places(people: Sequence[tuple[str, str]], mode: NameOrder, given: GivenStrokes | None = None) -> Places:
    """Places by strokes of people (id and name), in the order of the sheet.

    Raises:
        UnknownCharacterError: a character of a name is neither given nor in the table.
    """
    known = given or {}
    keys = {identity: name_key(name, mode, known.get(name)) for identity, name in people}
    ordered = sorted((identity for identity, _ in people), key=keys.__getitem__)
    # Characters with given strokes are not in doubt, whatever the table says.
    names = [name for _, name in people if name not in known]
    return Places({identity: place for place, identity in enumerate(ordered)}, doubtful_characters(names))


def places_for_contest(people: Sequence[tuple[str, str]], mode: NameOrder) -> Places:
    """Places by strokes, or those of the sheet where the strokes of a name are not known."""
    try:
        return stroke_places(people, mode)
    except UnknownCharacterError:
        doubtful = doubtful_characters([name for _, name in people])
        return Places({identity: place for place, (identity, _) in enumerate(people)}, doubtful)
