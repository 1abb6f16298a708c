"""Checking a dealer's proof of the constant term (SPEC §6.3).

The proof shows that the dealer knows the logarithm of its C_{i,0}, so nobody can answer another dealer's commitment
with one that cancels it. It binds session, attempt, roster, dealer and all commitments.
"""

from dataclasses import dataclass

from voting_core.errors import EncodingError, VerificationError
from voting_core.framing import u64
from voting_core.group import Point, base_mul, decode_point, decode_scalar, encode_scalar
from voting_core.params import Tag
from voting_core.transcript import Transcript


@dataclass(frozen=True, slots=True)
class DealStatement:
    """Session id and roster hash (32 bytes each), number of the attempt, index of the dealer, and its C_{i,0..k-1}."""

    session: bytes
    attempt: int
    roster: bytes
    dealer: int
    commitments: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class DealProof:
    """The proof T ‖ z."""

    t: Point
    z: int

    def encode(self) -> bytes:
        """Give the 64 bytes of SPEC §6.3."""
        return self.t.encode() + encode_scalar(self.z)

    @staticmethod
    def decode(data: bytes, where: str) -> "DealProof":
        """Decode a proof.

        Raises:
            EncodingError: not 64 bytes, or the point or the scalar is not valid.
        """
        if len(data) != 64:
            raise EncodingError(where, f"the proof of a deal has 64 bytes, not {len(data)}")
        return DealProof(decode_point(data[:32], f"{where}, T"), decode_scalar(data[32:], f"{where}, z"))


def deal_challenge(statement: DealStatement, t: Point) -> int:
    """Give the challenge c of SPEC §6.3.

    Raises:
        EncodingError: the challenge is 0.
    """
    transcript = Transcript(Tag.DEAL_PROOF)
    transcript.absorb("session", statement.session)
    transcript.absorb("attempt", u64(statement.attempt))
    transcript.absorb("roster", statement.roster)
    transcript.absorb("dealer", u64(statement.dealer))
    transcript.absorb("commitments", b"".join(commitment.encode() for commitment in statement.commitments))
    transcript.absorb("T", t.encode())
    return transcript.challenge("c")


def verify_deal_proof(statement: DealStatement, proof: DealProof) -> None:
    """Check that the dealer knows the logarithm of its first commitment.

    Raises:
        VerificationError: V5.D, with the dealer as culprit.
        EncodingError: the challenge is 0.
    """
    c = deal_challenge(statement, proof.t)
    # g^z = T · C_{i,0}^c
    if base_mul(proof.z) != proof.t + statement.commitments[0] * c:
        culprit = f"trustee {statement.dealer}"
        message = f"{culprit}: the proof of the constant term does not hold"
        raise VerificationError("V5.D", message, (culprit,))
