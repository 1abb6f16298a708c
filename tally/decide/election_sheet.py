"""The counts of an election as a sheet shows them, and the checks that every lawful sheet passes.

Counts that contradict each other are an error (V11.D) and never corrected: a line must add up to the valid ballots, all
approvals must fit the seats, and whoever writes in must have disapproved of somebody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ballots.matrix import WRITE_IN
from tally.decide.attendance import Attendance, check_row, contradiction
from tally.rules.election import ElectionRules, WriteInMax, WriteInRequires, WriteInRules

RUNOFF: Final = "runoff"
PRESELECTION: Final = "preselection"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A printed candidate with the four counts of a line."""

    id: str
    name: str
    approve: int
    disapprove: int
    abstain: int
    item_invalid: int = 0


@dataclass(frozen=True, slots=True)
class WriteIn:
    """A person written in, with approvals only."""

    name: str
    approve: int

    @property
    def id(self) -> str:
        """The id in an outcome."""
        return WRITE_IN + self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionSheet:
    """What was elected and how the lines were counted; candidates in the order of the sheet.

    `approved_order` are ids in the order that the superior approved, empty for the order of the sheet.
    """

    seats: int
    candidates: tuple[Candidate, ...]
    write_ins: tuple[WriteIn, ...] = ()
    stage: str = "formal"
    body: str = ""
    approved_order: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[tuple[str, str], ...]:
        """Id and name of everybody with votes, candidates first."""
        return (*((c.id, c.name) for c in self.candidates), *((w.id, w.name) for w in self.write_ins))


def check_sheet(sheet: ElectionSheet, attendance: Attendance, family: ElectionRules) -> None:
    """Accept counts that a lawful election can have.

    Raises:
        VerificationError: V11.D, with the line that is wrong.
    """
    if sheet.seats < 1:
        contradiction("an election has at least one seat")
    identities = [identity for identity, _ in sheet.people]
    if len(set(identities)) != len(identities):
        contradiction("a person stands on the sheet twice")
    for c in sheet.candidates:
        check_row(c.name, (c.approve, c.disapprove, c.abstain), c.item_invalid, attendance.valid)
    _check_write_ins(sheet, attendance, family)
    approvals = sum(c.approve for c in sheet.candidates) + sum(w.approve for w in sheet.write_ins)
    if approvals > attendance.valid * sheet.seats:
        contradiction(
            f"{approvals} approvals are more than {attendance.valid} valid ballots with {sheet.seats} seats can hold"
        )


def _check_write_ins(sheet: ElectionSheet, attendance: Attendance, family: ElectionRules) -> None:
    if not sheet.write_ins:
        return
    if family.write_in is None:
        contradiction("this rule set has no write-ins")
    if sheet.stage == RUNOFF:
        contradiction("a run-off is among the tied alone, and nobody can be written in")
    printed = {c.name for c in sheet.candidates}
    for line in sheet.write_ins:
        if line.name in printed:
            contradiction(f"{line.name} is a printed candidate and cannot be written in", line.name)
        if not 0 <= line.approve <= attendance.valid:
            contradiction(f"{line.approve} wrote in {line.name} on {attendance.valid} valid ballots", line.name)
    written = sum(line.approve for line in sheet.write_ins)
    most = _most_written(sheet, family.write_in)
    if most is not None and written > most:
        contradiction(f"{written} persons were written in, and the lines that allow it are enough for {most}")


def _most_written(sheet: ElectionSheet, rules: WriteInRules) -> int | None:
    """How many names all ballots together can have, by the lines that allow one to be written; None: as many as fit."""
    opposed = sum(c.disapprove for c in sheet.candidates)
    if rules.requires is WriteInRequires.NOT_APPROVE:
        opposed += sum(c.abstain for c in sheet.candidates)
    if rules.max is WriteInMax.PER_DISAPPROVED:
        return opposed
    return None if rules.requires is WriteInRequires.NOTHING else opposed * sheet.seats
