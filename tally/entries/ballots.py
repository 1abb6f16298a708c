"""Bodies of the entries that kiosks send while a contest is open (SPEC §8.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from ballots.sealed_ballot import SealedBallot, parse_ballot
from tally.entries.reading import read_contest_id, read_integers
from voting_core.codec import Fields, JsonObject, hex32
from voting_core.params import MAX_MARKS, MAX_ROWS


@dataclass(frozen=True, slots=True)
class BallotCast:
    """A ballot that counts."""

    ballot: SealedBallot

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(parse_ballot(fields.object("ballot"), fields.path("ballot")))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"ballot": self.ballot.to_json()}


@dataclass(frozen=True, slots=True)
class BallotChallenged:
    """A ballot that is opened instead of cast: seed and marks make it again (SPEC §5.6)."""

    ballot: SealedBallot
    marks: tuple[int, ...]
    seed: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        marks = read_integers(fields.array("marks"), fields.path("marks"), hi=MAX_MARKS - 1, max=MAX_ROWS)
        return cls(parse_ballot(fields.object("ballot"), fields.path("ballot")), marks, fields.hex("seed", 32))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"ballot": self.ballot.to_json(), "marks": list(self.marks), "seed": hex32(self.seed)}


@dataclass(frozen=True, slots=True)
class BallotAssisted:
    """Somebody was assisted at a kiosk; `id` is 16 random bytes and says neither who nor where."""

    contest: str
    id: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(read_contest_id(fields), fields.hex("id", 16))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"contest": self.contest, "id": self.id.hex()}
