"""A new contest made from the one that it continues: a free slot, a new id, the same electors and rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ballots.contest import NO_WRITE_INS, At, Contest, Limit, Row, Stage, Title, WriteIns, parse_contest
from voting_core.params import MAX_SLOTS, MAX_TEXT

_MAX_ID: Final = 32
# A session has at most as many contests as slots, so that one of so many ids is free.
_NUMBERS: Final = range(1, MAX_SLOTS + 2)


@dataclass(frozen=True, slots=True)
class Taken:
    """The ids and slots that a session has used up, also by contests that came to nothing."""

    ids: frozenset[str]
    slots: frozenset[int]

    @classmethod
    def by(cls, contests: Iterable[Contest]) -> Taken:
        """What these contests have used up."""
        given = tuple(contests)
        return cls(frozenset(c.id for c in given), frozenset(c.slot for c in given))

    def also(self, contest: Contest | None) -> Taken:
        """And one more contest."""
        return self if contest is None else Taken(self.ids | {contest.id}, self.slots | {contest.slot})

    def new_id(self, contest_id: str, ending: str) -> str:
        """``committee-runoff``, or ``committee-runoff-2`` where that is taken."""
        suffixes = (f"-{ending}" if number == 1 else f"-{ending}-{number}" for number in _NUMBERS)
        found = (contest_id[: _MAX_ID - len(suffix)].rstrip("-") + suffix for suffix in suffixes)
        return next(identity for identity in found if identity not in self.ids)

    def new_slot(self) -> int | None:
        """The first free slot, None where there is none."""
        return next((slot for slot in range(MAX_SLOTS) if slot not in self.slots), None)


@dataclass(frozen=True, slots=True)
class Ending:
    """How a contest of a kind is called: the ending of its id, and what is added to the title."""

    id: str
    zh: str
    en: str


def continued(
    earlier: Contest,
    taken: Taken,
    ending: Ending,
    *,
    rows: Sequence[Row],
    order: Sequence[str],
    seats: int,
    stage: Stage,
) -> Contest | None:
    """An election that continues another one, with at most as many approvals as seats; None without a free slot.

    Raises:
        VerificationError: V6.A, the contest would be out of the bounds of SPEC §4.
    """
    slot = taken.new_slot()
    if slot is None:
        return None
    drafted = replace(
        earlier,
        id=taken.new_id(earlier.id, ending.id),
        stage=stage,
        title=_title(earlier.title, ending),
        slot=slot,
        seats=seats,
        follows=earlier.id,
        rows=tuple(rows),
        order=tuple(order),
        write_ins=_write_ins(earlier, stage),
        limits=(Limit(At.MOST, seats, "approve"),),
    )
    return parse_contest(drafted.to_json())


def again(earlier: Contest, taken: Taken, ending: Ending) -> Contest | None:
    """The same contest once more; None without a free slot."""
    slot = taken.new_slot()
    if slot is None:
        return None
    new_id, title = taken.new_id(earlier.id, ending.id), _title(earlier.title, ending)
    return parse_contest(replace(earlier, id=new_id, title=title, slot=slot, follows=earlier.id).to_json())


def _write_ins(earlier: Contest, stage: Stage) -> WriteIns:
    """Nobody is written in at a run-off; otherwise as before."""
    return NO_WRITE_INS if stage is Stage.RUNOFF else earlier.write_ins


def _title(title: Title, ending: Ending) -> Title:
    zh = title.zh[: MAX_TEXT - len(ending.zh)] + ending.zh
    return Title(en=title.en[: MAX_TEXT - len(ending.en)] + ending.en if title.en else "", zh=zh)
