"""Bodies of the scrutineers' key ceremony (SPEC §6, §8.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from tally.entries.reading import read_run, read_text
from voting_core.codec import MAX_INTEGER, Fields, JsonObject, b64encode, hex32
from voting_core.params import MAX_TRUSTEES

MISSING_MESSAGES: Final = ("committed", "revealed", "confirmed")
"""What `dkg.faulted` may say is missing."""


def _read_attempt(fields: Fields) -> int:
    return fields.integer("attempt", 1, MAX_INTEGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrusteeJoined:
    """A trustee with the keys for entries (`signing_key`) and for checkpoints (`witness_key`)."""

    index: int
    name: str
    signing_key: bytes
    witness_key: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(
            index=fields.integer("index", 1, MAX_TRUSTEES),
            name=read_text(fields, "name"),
            signing_key=fields.hex("signing_key", 32),
            witness_key=fields.hex("witness_key", 32),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {
            "index": self.index,
            "name": self.name,
            "signing_key": hex32(self.signing_key),
            "witness_key": hex32(self.witness_key),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DkgCommitted:
    """A dealer's commitment and the X25519 key to which the others seal their shares (SPEC §6.2)."""

    attempt: int
    commitment: bytes
    sealing_key: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(
            attempt=_read_attempt(fields),
            commitment=fields.hex("commitment", 32),
            sealing_key=fields.hex("sealing_key", 32),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {
            "attempt": self.attempt,
            "commitment": hex32(self.commitment),
            "sealing_key": hex32(self.sealing_key),
        }


@dataclass(frozen=True, slots=True)
class SealedShare:
    """One share, sealed to trustee `to` (SPEC §6.4)."""

    to: int
    box: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DkgRevealed:
    """A dealer's commitments (a run of encoded points), proof (64 bytes) and sealed shares (SPEC §6.4)."""

    attempt: int
    commitments: bytes
    proof: bytes
    shares: tuple[SealedShare, ...]

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body; how many commitments and boxes there are is checked by replay."""
        rows = fields.rows("shares", max=MAX_TRUSTEES)
        shares = []
        for row in rows:
            shares.append(SealedShare(row.integer("to", 1, MAX_TRUSTEES), read_run(row, "box", None)))
            row.done()
        return cls(
            attempt=_read_attempt(fields),
            commitments=read_run(fields, "commitments", None),
            proof=read_run(fields, "proof", 64),
            shares=tuple(shares),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {
            "attempt": self.attempt,
            "commitments": b64encode(self.commitments),
            "proof": b64encode(self.proof),
            "shares": [{"box": b64encode(share.box), "to": share.to} for share in self.shares],
        }


@dataclass(frozen=True, slots=True)
class DkgConfirmed:
    """A trustee holds good shares from all others; `transcript` is the ceremony so far (SPEC §6.5)."""

    attempt: int
    transcript: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(_read_attempt(fields), fields.hex("transcript", 32))

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"attempt": self.attempt, "transcript": hex32(self.transcript)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DkgComplained:
    """A trustee says that `dealer` sent it a bad share; its sealing key of this attempt is the evidence (SPEC §6.5)."""

    attempt: int
    dealer: int
    sealing_secret: bytes

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(
            attempt=_read_attempt(fields),
            dealer=fields.integer("dealer", 1, MAX_TRUSTEES),
            sealing_secret=fields.hex("sealing_secret", 32),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"attempt": self.attempt, "dealer": self.dealer, "sealing_secret": hex32(self.sealing_secret)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DkgFaulted:
    """Two officials record that a trustee's message does not come."""

    attempt: int
    missing: str
    trustee: int

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Read the body."""
        return cls(
            attempt=_read_attempt(fields),
            missing=fields.choice("missing", MISSING_MESSAGES),
            trustee=fields.integer("trustee", 1, MAX_TRUSTEES),
        )

    def to_json(self) -> JsonObject:
        """Write the body."""
        return {"attempt": self.attempt, "missing": self.missing, "trustee": self.trustee}
