"""Bodies of counts by hand: count sheets, and what the presidium decides about a box (SPEC §8.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from ballots.void_reasons import VoidReason
from tally.entries.reading import (
    Counts,
    counts_json,
    read_contest_id,
    read_counter,
    read_counts,
    read_integers,
    read_text,
)
from voting_core.codec import Fields, JsonObject, JsonValue
from voting_core.params import MAX_BALLOTS, MAX_ROWS

SLIPS: Final = "slips"
"""The box of the written names of a contest voted at kiosks."""

COUNT: Final = "count"
VOID: Final = "void"
DECISIONS: Final = (COUNT, VOID)
"""What the presidium can decide about a box with more ballots than were issued: count it, or hold the vote again."""


@dataclass(frozen=True, slots=True)
class WriteIn:
    """A name written on paper ballots, and the approvals it got."""

    name: str
    approve: int


@dataclass(frozen=True, slots=True)
class VoidBallots:
    """How many ballots are void for one reason."""

    reason: VoidReason
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountEntered:
    """The sheet of a counting group for one box: ballots issued, returned and invalid, and what the valid ones say.

    `item_invalid` has for each row the number of valid ballots on which that row alone could not be read. `replaces` is
    the sheet that this one corrects, empty for the first of its box. For the box ``slips`` the ballots are slips with
    written names, and `counts` and `item_invalid` are empty.
    """

    contest: str
    box: str
    sheet: str
    replaces: str
    issued: int
    returned: int
    invalid: int
    void_reasons: tuple[VoidBallots, ...]
    item_invalid: tuple[int, ...]
    counts: Counts
    write_ins: tuple[WriteIn, ...]

    @classmethod
    def slips(
        cls,
        contest: str,
        sheet: str,
        *,
        issued: int = 0,
        returned: int = 0,
        void_reasons: tuple[VoidBallots, ...] = (),
        write_ins: tuple[WriteIn, ...] = (),
        replaces: str = "",
    ) -> Self:
        """The sheet of the slips of a contest voted at kiosks; without numbers, nobody wrote anybody in."""
        return cls(
            contest=contest,
            box=SLIPS,
            sheet=sheet,
            replaces=replaces,
            issued=issued,
            returned=returned,
            invalid=sum(void.count for void in void_reasons),
            void_reasons=void_reasons,
            item_invalid=(),
            counts=(),
            write_ins=write_ins,
        )

    @property
    def valid(self) -> int:
        """The valid ballots of the box."""
        return self.returned - self.invalid

    @property
    def is_over_issue(self) -> bool:
        """Whether more ballots came back than were issued (`box_over_issue`)."""
        return self.returned > self.issued

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body; whether its numbers agree is checked by replay."""
        write_ins = []
        for row in fields.rows("write_ins"):
            write_ins.append(WriteIn(read_text(row, "name"), row.integer("approve", 1, MAX_BALLOTS)))
            row.done()
        void = []
        for row in fields.rows("void_reasons", max=len(VoidReason)):
            reason = VoidReason(row.choice("reason", tuple(VoidReason)))
            void.append(VoidBallots(reason, row.integer("count", 1, MAX_BALLOTS)))
            row.done()
        item_invalid = read_integers(
            fields.array("item_invalid"), fields.path("item_invalid"), hi=MAX_BALLOTS, max=MAX_ROWS
        )
        return cls(
            contest=read_contest_id(fields),
            box=read_text(fields, "box"),
            sheet=read_text(fields, "sheet"),
            replaces=read_text(fields, "replaces", empty=True),
            issued=read_counter(fields, "issued"),
            returned=read_counter(fields, "returned"),
            invalid=read_counter(fields, "invalid"),
            void_reasons=tuple(void),
            item_invalid=item_invalid,
            counts=read_counts(fields),
            write_ins=tuple(write_ins),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        write_ins: list[JsonValue] = [{"approve": line.approve, "name": line.name} for line in self.write_ins]
        void: list[JsonValue] = [{"count": line.count, "reason": line.reason.value} for line in self.void_reasons]
        return {
            "box": self.box,
            "contest": self.contest,
            "counts": counts_json(self.counts),
            "invalid": self.invalid,
            "issued": self.issued,
            "item_invalid": list(self.item_invalid),
            "replaces": self.replaces,
            "returned": self.returned,
            "sheet": self.sheet,
            "void_reasons": void,
            "write_ins": write_ins,
        }


@dataclass(frozen=True, slots=True)
class BoxSettled:
    """The presidium's decision about a box with more ballots than were issued, as the sheet in force says."""

    contest: str
    box: str
    sheet: str
    decision: str

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(
            contest=read_contest_id(fields),
            box=read_text(fields, "box"),
            sheet=read_text(fields, "sheet"),
            decision=fields.choice("decision", DECISIONS),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"box": self.box, "contest": self.contest, "decision": self.decision, "sheet": self.sheet}
