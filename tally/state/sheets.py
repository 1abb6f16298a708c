"""The count sheets of one contest: all that were entered, and those in force (SPEC §8.5 rule 10, §9.7)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tally.entries.reading import Counts
from tally.entries.sheets import VOID, BoxSettled, CountEntered, WriteIn


@dataclass(frozen=True, slots=True)
class Sheets:
    """Sheets and decisions in the order of the log. Nothing is taken away: a correction stands beside its error."""

    entered: tuple[CountEntered, ...] = ()
    settled: tuple[BoxSettled, ...] = ()

    def with_sheet(self, sheet: CountEntered) -> Sheets:
        """The same with one sheet more."""
        return replace(self, entered=(*self.entered, sheet))

    def with_decision(self, decision: BoxSettled) -> Sheets:
        """The same with one decision more."""
        return replace(self, settled=(*self.settled, decision))

    @property
    def names(self) -> frozenset[str]:
        """The names of all sheets, also of those replaced."""
        return frozenset(sheet.sheet for sheet in self.entered)

    def of_box(self, box: str) -> CountEntered | None:
        """The sheet in force of a box: the last one; None before the first."""
        return next((sheet for sheet in reversed(self.entered) if sheet.box == box), None)

    def in_force(self, boxes: tuple[str, ...]) -> tuple[CountEntered, ...]:
        """The sheets in force of these boxes, in their order, without the boxes that have none."""
        found = (self.of_box(box) for box in boxes)
        return tuple(sheet for sheet in found if sheet is not None)

    def decision(self, sheet: CountEntered) -> str:
        """What was decided about a sheet, empty where nothing was."""
        return next((item.decision for item in self.settled if item.sheet == sheet.sheet), "")

    def over_issue(self, boxes: tuple[str, ...]) -> tuple[str, ...]:
        """The boxes with more ballots than were issued about which nothing is decided."""
        sheets = self.in_force(boxes)
        return tuple(sheet.box for sheet in sheets if sheet.is_over_issue and not self.decision(sheet))

    def voided(self, boxes: tuple[str, ...]) -> int:
        """By how many the boxes decided to be void exceed what was issued there."""
        sheets = (sheet for sheet in self.in_force(boxes) if sheet.is_over_issue and self.decision(sheet) == VOID)
        return sum(sheet.returned - sheet.issued for sheet in sheets)


def add_counts(sheets: tuple[CountEntered, ...]) -> Counts:
    """The counts of several sheets together."""
    return tuple(
        tuple(map(sum, zip(*rows, strict=True))) for rows in zip(*(sheet.counts for sheet in sheets), strict=True)
    )


def add_item_invalid(sheets: tuple[CountEntered, ...]) -> tuple[int, ...]:
    """The unreadable lines of several sheets together, one number for each row."""
    return tuple(map(sum, zip(*(sheet.item_invalid for sheet in sheets), strict=True)))


def add_write_ins(sheets: tuple[CountEntered, ...]) -> tuple[WriteIn, ...]:
    """The written names of several sheets, each once, in the order in which they first come."""
    votes: dict[str, int] = {}
    for sheet in sheets:
        for line in sheet.write_ins:
            votes[line.name] = votes.get(line.name, 0) + line.approve
    return tuple(WriteIn(name, approve) for name, approve in votes.items())
