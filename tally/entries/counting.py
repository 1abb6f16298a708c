"""Bodies of decryption, of decrypted counts and of their comparison with paper (SPEC §9.4 to §9.6, §8.4)."""

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
    read_run,
)
from voting_core.codec import Fields, JsonObject, b64encode, canonical, hex32
from voting_core.framing import digest
from voting_core.params import Tag


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
