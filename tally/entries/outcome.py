"""Bodies of outcome, report, publishing and fewer seats (SPEC §9.7, §9.8, §8.5 rule 15)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from tally.entries.reading import read_contest_id
from voting_core.codec import Fields, JsonObject, hex32
from voting_core.params import MAX_ROWS

SCOPES: Final = ("all", "delegates", "restricted")
"""To whom a result is published."""

PRESIDIUM: Final = "presidium"
ELECTORS: Final = "electors"
REDUCED_BY: Final = (PRESIDIUM, ELECTORS)
"""Whose consent reduces the seats of an election."""

_MOTION: Final = re.compile(r"([a-z0-9][a-z0-9-]{0,31})?")


@dataclass(frozen=True, slots=True)
class OutcomeDeclared:
    """What the rule set decides, as the rule engine writes it."""

    contest: str
    outcome: JsonObject

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body; the outcome itself is compared as a whole by replay."""
        return cls(read_contest_id(fields), fields.object("outcome"))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"contest": self.contest, "outcome": self.outcome}


@dataclass(frozen=True, slots=True)
class ReportSigned:
    """A trustee signs the report with this digest (SPEC §9.8)."""

    contest: str
    digest: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(read_contest_id(fields), fields.hex("digest", 32))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"contest": self.contest, "digest": hex32(self.digest)}


@dataclass(frozen=True, slots=True)
class ResultPublished:
    """The officials publish the result."""

    contest: str
    scope: str

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(read_contest_id(fields), fields.choice("scope", SCOPES))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"contest": self.contest, "scope": self.scope}


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatsReduced:
    """The seats of an election are reduced to those that are filled.

    `by` is one of REDUCED_BY; `motion` is the contest by which the electors consented, empty for the presidium.
    """

    contest: str
    seats: int
    by: str
    motion: str

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(
            contest=read_contest_id(fields),
            seats=fields.integer("seats", 0, MAX_ROWS),
            by=fields.choice("by", REDUCED_BY),
            motion=fields.text("motion", pattern=_MOTION),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"by": self.by, "contest": self.contest, "motion": self.motion, "seats": self.seats}
