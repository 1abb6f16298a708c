"""The marks of one ballot while they are made: one touch, one mark; nothing that the rules forbid; all can be undone.

A marking is a value. Every touch gives a new one, so that going back is keeping the old one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from immutables import Map

from ballots.contest import At, Contest, Limit
from ballots.screen.ballot import button_of
from ballots.screen.rest import rest_marks
from ballots.screen.words import Said, times
from voting_core.errors import StateError

MAX_UNDO: Final = 500
"""Touches that can be taken back: more than the largest ballot has buttons that anybody presses."""

NOTHING: Final[Map[str, str]] = Map()


@dataclass(frozen=True, slots=True)
class Marking:
    """The marks so far, by row id. `first` is the number of a row that is in sight; `told` is what the last touch gave.

    The marks are in no text that this object gives of itself.
    """

    contest: Contest
    marks: Map[str, str] = field(default=NOTHING, repr=False)
    first: int = field(default=0, repr=False)
    told: Said | None = field(default=None, repr=False)
    past: tuple[Map[str, str], ...] = field(default=(), repr=False)

    def tap(self, row_id: str, mark: str) -> "Marking":
        """Give one row one mark. Where a limit forbids it nothing changes, and it is said why.

        Raises:
            StateError: the ballot has no such row or mark.
        """
        row, found = self.contest.find_row(row_id), self.contest.find_mark(mark)
        if row is None or found is None:
            raise StateError("the ballot has no such row or mark")
        here = replace(self, first=row, told=None)
        if self.marks.get(row_id) == mark:
            return here
        changed = self.marks.set(row_id, mark)
        full = self._broken_by(changed, mark)
        if full is not None:
            return replace(here, told=_refused(self.contest, full))
        return here._changed(changed, _reached(self.contest, changed, mark))

    def rest(self, mark: str) -> "Marking":
        """Give every row that has no mark yet the same one, where the contest lets this be done.

        Raises:
            StateError: it does not let it be done, or nothing is left to mark.
        """
        left = self.blank_rows
        if mark not in rest_marks(self.contest) or not left:
            raise StateError("the rest of this ballot cannot be marked so")
        changed = self.marks.update(dict.fromkeys(left, mark))
        full = self._broken_by(changed, mark)
        if full is not None:
            return replace(self, told=_refused(self.contest, full))
        word, count = button_of(self.contest, mark).said, len(left)
        told = Said(
            f"其余 {count} 行都记为“{word.zh}”，可以撤销",
            f"The other {count} are marked: {word.en}. Undo takes it back",
        )
        return self._changed(changed, told)

    def undo(self) -> "Marking":
        """Take the last touch back.

        Raises:
            StateError: there is none.
        """
        if not self.past:
            raise StateError("nothing is left to undo")
        return replace(self, marks=self.past[-1], past=self.past[:-1], told=Said("已撤销一步", "One step was undone"))

    def turn_to(self, row: int) -> "Marking":
        """Look at another part of the list. A number beyond its end is its end."""
        return replace(self, first=min(max(row, 0), len(self.contest.rows) - 1), told=None)

    @property
    def blank_rows(self) -> tuple[str, ...]:
        """The ids of the rows without a mark."""
        return tuple(row.id for row in self.contest.rows if row.id not in self.marks)

    def turn_to_blank(self) -> "Marking":
        """Look at the first row without a mark, if there is one."""
        left = self.blank_rows
        return self.turn_to(self.contest.row_index(left[0])) if left else self

    def _changed(self, marks: Map[str, str], told: Said | None) -> "Marking":
        past = (*self.past, self.marks)[-MAX_UNDO:]
        return replace(self, marks=marks, past=past, told=told)

    def _broken_by(self, changed: Mapping[str, str], mark: str) -> Limit | None:
        """The limit that more of this mark would break."""
        limit = self.contest.limit(At.MOST, mark)
        if limit is None:
            return None
        now, then = used(self.contest, self.marks, mark), used(self.contest, changed, mark)
        return limit if then > limit.count and then > now else None


def used(contest: Contest, marks: Mapping[str, str], mark: str) -> int:
    """How often a ballot uses a mark, rows that were left blank counted as what the contest says."""
    return sum(marks.get(row.id, contest.blank) == mark for row in contest.rows)


def _refused(contest: Contest, limit: Limit) -> Said:
    word = button_of(contest, limit.mark).said
    return Said(
        f"“{word.zh}”最多 {limit.count} 个，名额已满，这次没有记上。要换人，请先把一个“{word.zh}”改为别的",
        f"“{word.en}” at most {times(limit.count)}, and the places are full: this was not marked. "
        f"To change, first give one “{word.en}” another mark",
    )


def _reached(contest: Contest, marks: Mapping[str, str], mark: str) -> Said | None:
    """What is said when a limit is just reached."""
    limit = contest.limit(At.MOST, mark)
    if limit is None or used(contest, marks, mark) != limit.count:
        return None
    word = button_of(contest, mark).said
    return Said(
        f"“{word.zh}”已满 {limit.count} 个，其余只能选别的意见",
        f"“{word.en}” was given {times(limit.count)}; others take another mark from now on",
    )
