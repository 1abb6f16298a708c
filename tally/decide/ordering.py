"""The places of people in the order of names: fixed by the contest, or by strokes in a file of cases (SPEC §13.6).

* A contest carries the order of its rows; it was made when the contest was defined and officials signed it. Deciding
  never sorts the rows again.
* Persons written in are not in it. Each stands directly after the last row that does not come later by strokes; one
  whose strokes are not known stands at the end, and the outcome asks for the order to be confirmed.
* Every person gets a place of their own, so that sorting by votes and then by place is a total order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tally.rules.common import NameOrder
from tally.strokes.order import NameKey, doubtful_characters, name_key
from tally.strokes.table import Strokes, UnknownCharacterError

GivenStrokes = Mapping[str, Mapping[int, Strokes]]
"""Strokes by name and place of the character in the name, which take precedence over the table."""


@dataclass(frozen=True, slots=True)
class Places:
    """The place of every person by id, and for ids whose place should be confirmed the characters in doubt."""

    by_id: Mapping[str, int]
    doubtful: Mapping[str, tuple[str, ...]]

    def ordered(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Ids in the order of their places."""
        return tuple(sorted(ids, key=self.by_id.__getitem__))

    def doubts_about(self, ids: Sequence[str]) -> tuple[str, ...]:
        """The characters in doubt in the names of these people, each once."""
        return tuple(dict.fromkeys(character for i in ids for character in self.doubtful.get(i, ())))


def stroke_places(people: Sequence[tuple[str, str]], mode: NameOrder, given: GivenStrokes | None = None) -> Places:
    """Places by strokes of people (id and name), equal names in the order given.

    Raises:
        UnknownCharacterError: a character of a name is neither given nor in the table.
    """
    known = given or {}
    keys = {identity: name_key(name, mode, known.get(name)) for identity, name in people}
    ordered = sorted((identity for identity, _ in people), key=keys.__getitem__)
    # Characters with given strokes are not in doubt, whatever the table says.
    doubtful = {identity: doubtful_characters([name]) for identity, name in people if name not in known}
    return Places({identity: place for place, identity in enumerate(ordered)}, doubtful)


def fixed_places(
    order: Sequence[str], names: Mapping[str, str], written: Sequence[tuple[str, str]], mode: NameOrder
) -> Places:
    """Places of the rows as the contest fixed them, with persons written in (id and name) among them."""
    keys = [_key(names[identity], mode) for identity in order]
    ranks: dict[str, tuple[int, bool, NameKey]] = {identity: (place, True, ()) for place, identity in enumerate(order)}
    for identity, name in written:
        key = _key(name, mode)
        if key is None:
            ranks[identity] = (len(order), True, ())
            continue
        after = [place + 1 for place, own in enumerate(keys) if own is not None and own <= key]
        # Before the row that has this place: False is less than True.
        ranks[identity] = (max(after, default=0), False, key)
    # Equal ranks, which only persons written in can have, keep the order of the sheet.
    ordered = sorted(ranks, key=ranks.__getitem__)
    doubtful = {identity: doubtful_characters([name]) for identity, name in written}
    return Places({identity: place for place, identity in enumerate(ordered)}, doubtful)


def _key(name: str, mode: NameOrder) -> NameKey | None:
    """What a name sorts by, None where that is not known."""
    try:
        return name_key(name, mode)
    except UnknownCharacterError:
        return None
