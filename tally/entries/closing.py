"""Bodies of closing and of verifying the closed log (SPEC §8.5, §9.1 to §9.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from tally.entries.reading import read_contest_id, read_counter
from voting_core.codec import MAX_INTEGER, Fields, JsonObject, hex32


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestClosed:
    """Voting is over; `cast` and `challenged` are the ballots of the log."""

    contest: str
    cast: int
    challenged: int

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(
            contest=read_contest_id(fields),
            cast=read_counter(fields, "cast"),
            challenged=read_counter(fields, "challenged"),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"cast": self.cast, "challenged": self.challenged, "contest": self.contest}


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskReported:
    """A kiosk found all its ballots under the closed root."""

    contest: str
    cast: int
    challenged: int
    root: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(
            contest=read_contest_id(fields),
            cast=read_counter(fields, "cast"),
            challenged=read_counter(fields, "challenged"),
            root=fields.hex("root", 32),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {
            "cast": self.cast,
            "challenged": self.challenged,
            "contest": self.contest,
            "root": hex32(self.root),
        }


@dataclass(frozen=True, slots=True)
class KioskLost:
    """A kiosk that cannot report, by its key."""

    contest: str
    kiosk: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(read_contest_id(fields), fields.hex("kiosk", 32))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"contest": self.contest, "kiosk": hex32(self.kiosk)}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVerified:
    """What a trustee's own replay of the closed log found (SPEC §9.3)."""

    contest: str
    size: int
    root: bytes
    cast: int
    challenged: int
    aggregates: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(
            contest=read_contest_id(fields),
            size=fields.integer("size", 0, MAX_INTEGER),
            root=fields.hex("root", 32),
            cast=read_counter(fields, "cast"),
            challenged=read_counter(fields, "challenged"),
            aggregates=fields.hex("aggregates", 32),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {
            "aggregates": hex32(self.aggregates),
            "cast": self.cast,
            "challenged": self.challenged,
            "contest": self.contest,
            "root": hex32(self.root),
            "size": self.size,
        }
