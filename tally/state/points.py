"""The points of all ballots of a log, none of which may be met again (SPEC §5.3, V8.D).

A ballot of 60 rows has 122 of them, a session of 5,000 ballots 600,000. A persistent map of so many is rebuilt along a
path of nodes for each: with that many, six milliseconds a ballot. So what is persistent here is which ballots a state
has; which ballots have a point stands in one table that all states of a log share:

* A point is in a state if one of the ballots that have it is. The table alone says nothing: it also knows ballots of
  states that were thrown away after a refusal, until those are.
* What no state has any more leaves the table by itself, so that refused ballots do not fill the memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from weakref import ReferenceType, WeakValueDictionary

from immutables import Map


class _Ballot:
    """A ballot that some state has; it lives as long as one of them does."""

    __slots__ = ("__weakref__", "id")

    def __init__(self, id_: bytes) -> None:
        self.id = id_


class _Reference(ReferenceType[_Ballot]):
    """A ballot of the table, which does not keep it alive, with the points under which it stands there."""

    __slots__ = ("points",)
    points: tuple[bytes, ...]


class _Table:
    """Which ballots have a point.

    Ballots are added and dropped by several threads, without a lock: each step is one operation of a dictionary or a
    list, and none of them takes away what another thread has put there.
    """

    def __init__(self) -> None:
        self._first: dict[bytes, _Reference] = {}
        self._further: dict[bytes, list[_Reference]] = {}
        self._alive: WeakValueDictionary[bytes, _Ballot] = WeakValueDictionary()

    def __len__(self) -> int:
        return len(self._first.keys() | {point for point, references in self._further.items() if references})

    def holders(self, point: bytes) -> Iterator[bytes]:
        """The ids of the ballots that have a point and that some state has."""
        first = self._first.get(point)
        for reference in (first, *self._further.get(point, ())):
            ballot = reference() if reference is not None else None
            if ballot is not None:
                yield ballot.id

    def add(self, id_: bytes, points: tuple[bytes, ...]) -> _Ballot:
        """Enter a ballot; it stays for as long as what is given back is kept.

        The id is a hash of every byte of the ballot: one that another state has already is the same, points and all.
        """
        ballot = self._alive.get(id_)
        if ballot is not None:
            return ballot
        ballot = self._alive[id_] = _Ballot(id_)
        reference = _Reference(ballot, self._drop)
        reference.points = points
        for point in points:
            if self._first.setdefault(point, reference) is not reference:
                # Ballots of two states that go on from one: a copied ballot, of which one state has the original.
                self._further.setdefault(point, []).append(reference)
        return ballot

    def _drop(self, reference: ReferenceType[_Ballot]) -> None:
        if not isinstance(reference, _Reference):
            raise TypeError("only ballots of the table are dropped from it")
        for point in reference.points:
            if self._first.get(point) is reference:
                del self._first[point]
            elif reference in (further := self._further.get(point, [])):
                further.remove(reference)


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """The points of the ballots of one state; it never changes. Its length is the number of ballots."""

    _ballots: Map[bytes, _Ballot] = field(default_factory=Map)
    _table: _Table = field(default_factory=_Table)

    def first_known(self, points: Iterable[bytes]) -> bytes | None:
        """The first of these points that a ballot of this state has, or None."""
        return next(
            (point for point in points if any(id_ in self._ballots for id_ in self._table.holders(point))), None
        )

    def with_ballot(self, id_: bytes, points: tuple[bytes, ...]) -> Points:
        """The same with the points of one ballot more, which must not be known."""
        return Points(self._ballots.set(id_, self._table.add(id_, points)), self._table)

    def __len__(self) -> int:
        return len(self._ballots)

    def __eq__(self, other: object) -> bool:
        # The id of a ballot is a hash over its points.
        if not isinstance(other, Points):
            return NotImplemented
        return set(self._ballots) == set(other._ballots)

    __hash__ = None  # type: ignore[assignment]
