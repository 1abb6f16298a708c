"""Bodies of the credential lists (SPEC §7.2, §8.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from tally.entries.reading import read_class, read_counter, read_run
from voting_core.codec import Fields, JsonObject, b64encode, hex32
from voting_core.params import MAX_SLOTS

VOID_REASONS: Final = ("left_over", "test", "returned")
"""Why a credential may be voided: its card was not drawn, was for tests, or was given back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialsIssued:
    """The public keys of all cards of a class for one slot, as one run of 32-byte keys."""

    slot: int
    class_id: str
    keys: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body; order and newness of the keys are checked by replay."""
        return cls(
            slot=fields.integer("slot", 0, MAX_SLOTS - 1),
            class_id=read_class(fields),
            keys=read_run(fields, "keys", None),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"class": self.class_id, "keys": b64encode(self.keys), "slot": self.slot}


@dataclass(frozen=True, slots=True)
class ReserveSealed:
    """So many cards of a class are sealed away and will not be drawn."""

    class_id: str
    count: int

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(read_class(fields), read_counter(fields, "count"))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"class": self.class_id, "count": self.count}


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialVoided:
    """A credential that can no longer vote, and why."""

    slot: int
    credential: bytes
    reason: str

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(
            slot=fields.integer("slot", 0, MAX_SLOTS - 1),
            credential=fields.hex("credential", 32),
            reason=fields.choice("reason", VOID_REASONS),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"credential": hex32(self.credential), "reason": self.reason, "slot": self.slot}
