"""Bodies of outcome, report and publishing (SPEC §9.7, §9.8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from tally.entries.reading import read_contest_id
from voting_core.codec import Fields, JsonObject, hex32

SCOPES: Final = ("all", "delegates", "restricted")
"""To whom a result is published."""


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
