"""Bodies of decryption, of counts by hand and of the comparison with paper (SPEC §9.4 to §9.6, §8.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from tally.entries.reading import (
    Counts,
    counts_json,
    read_class,
    read_contest_id,
    read_counter,
    read_counts,
    read_integers,
    read_run,
    read_text,
)
from voting_core.codec import Fields, JsonObject, JsonValue, b64encode, canonical, hex32
from voting_core.framing import digest
from voting_core.params import MAX_BALLOTS, MAX_ROWS, Tag


@dataclass(frozen=True, slots=True)
class TallyCommitted:
    """The commitment to a trustee's `tally.shared` (SPEC §9.4)."""

    contest: str
    commitment: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(read_contest_id(fields), fields.hex("commitment", 32))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"commitment": hex32(self.commitment), "contest": self.contest}


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyShared:
    """A trustee's partial decryptions (a run of encoded points) with their proof (SPEC §9.5)."""

    contest: str
    shares: bytes
    proof: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body; how many shares there must be is checked by replay."""
        return cls(
            contest=read_contest_id(fields),
            shares=read_run(fields, "shares", None),
            proof=read_run(fields, "proof", 96),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"contest": self.contest, "proof": b64encode(self.proof), "shares": b64encode(self.shares)}

    def commitment(self, closed_root: bytes) -> bytes:
        """Give the commitment that must come before this body (SPEC §9.4)."""
        return digest(Tag.SHARE_COMMITMENT, closed_root, canonical(self.to_json()))


@dataclass(frozen=True, slots=True)
class CountedCell:
    """The counts of one cell (SPEC §9.6)."""

    cell: str
    ballots: int
    counts: Counts

    def to_json(self) -> JsonObject:
        """Write the cell."""
        return {"ballots": self.ballots, "cell": self.cell, "counts": counts_json(self.counts)}


@dataclass(frozen=True, slots=True)
class TallyCounted:
    """The counts of a contest, cell by cell."""

    contest: str
    cells: tuple[CountedCell, ...]

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        cells = []
        for row in fields.rows("cells"):
            cells.append(CountedCell(read_class(row, "cell"), read_counter(row, "ballots"), read_counts(row)))
            row.done()
        return cls(read_contest_id(fields), tuple(cells))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"cells": [cell.to_json() for cell in self.cells], "contest": self.contest}


@dataclass(frozen=True, slots=True)
class WriteIn:
    """A name written on paper ballots, and the approvals it got."""

    name: str
    approve: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountEntered:
    """The sheet of a counting group (SPEC §8.4): ballots issued, returned and invalid, and what the valid ones say.

    `item_invalid` has for each row the number of valid ballots on which that row alone could not be read.
    """

    contest: str
    sheet: str
    issued: int
    returned: int
    invalid: int
    item_invalid: tuple[int, ...]
    counts: Counts
    write_ins: tuple[WriteIn, ...]

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        write_ins = []
        for row in fields.rows("write_ins"):
            write_ins.append(WriteIn(read_text(row, "name"), row.integer("approve", 1, MAX_BALLOTS)))
            row.done()
        item_invalid = read_integers(
            fields.array("item_invalid"), fields.path("item_invalid"), hi=MAX_BALLOTS, max=MAX_ROWS
        )
        return cls(
            contest=read_contest_id(fields),
            sheet=read_text(fields, "sheet"),
            issued=read_counter(fields, "issued"),
            returned=read_counter(fields, "returned"),
            invalid=read_counter(fields, "invalid"),
            item_invalid=item_invalid,
            counts=read_counts(fields),
            write_ins=tuple(write_ins),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        write_ins: list[JsonValue] = [{"approve": line.approve, "name": line.name} for line in self.write_ins]
        return {
            "contest": self.contest,
            "counts": counts_json(self.counts),
            "invalid": self.invalid,
            "issued": self.issued,
            "item_invalid": list(self.item_invalid),
            "returned": self.returned,
            "sheet": self.sheet,
            "write_ins": write_ins,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCompared:
    """The totals of the paper records beside the counts of the log."""

    contest: str
    papers: int
    counts: Counts
    agrees: bool

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(
            contest=read_contest_id(fields),
            papers=read_counter(fields, "papers"),
            counts=read_counts(fields),
            agrees=fields.boolean("agrees"),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {
            "agrees": self.agrees,
            "contest": self.contest,
            "counts": counts_json(self.counts),
            "papers": self.papers,
        }
