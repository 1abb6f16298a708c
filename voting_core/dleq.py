"""Checking a decryption share (SPEC §9.5).

One Chaum-Pedersen proof covers all the D_j = A_j^{s_i} of a share. The weights that fold them into one pair depend on
every A_j and every D_j, and on the whole context: with weights that some D_j does not enter, a trustee can move
counts from one counter to another and still prove the folded statement.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from voting_core.errors import EncodingError, VerificationError
from voting_core.framing import frames, u64
from voting_core.group import Point, base_mul, decode_point, decode_scalar, encode_scalar, multi_mul
from voting_core.hash_to_group import hash_to_scalar
from voting_core.params import PROTOCOL, Tag
from voting_core.transcript import Transcript


@dataclass(frozen=True, slots=True)
class ShareStatement:
    """What a share is about: session id, contest hash and closed root (32 bytes each), the trustee's index and public
    share Y_i, and all A_j of the aggregates in order."""

    session: bytes
    contest_hash: bytes
    root: bytes
    trustee: int
    key: Point
    bases: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class ShareProof:
    """The proof T1 ‖ T2 ‖ z."""

    t1: Point
    t2: Point
    z: int

    def encode(self) -> bytes:
        """Give the 96 bytes of SPEC §9.5."""
        return self.t1.encode() + self.t2.encode() + encode_scalar(self.z)

    @staticmethod
    def decode(data: bytes, where: str) -> "ShareProof":
        """Decode a proof.

        Raises:
            EncodingError: not 96 bytes, or a point or the scalar is not valid.
        """
        if len(data) != 96:
            raise EncodingError(where, f"the proof of a share has 96 bytes, not {len(data)}")
        return ShareProof(
            decode_point(data[:32], f"{where}, T1"),
            decode_point(data[32:64], f"{where}, T2"),
            decode_scalar(data[64:], f"{where}, z"),
        )


def share_transcript(statement: ShareStatement, shares: Sequence[Point]) -> tuple[Transcript, tuple[int, ...]]:
    """Absorb the statement and all shares; give the transcript and the weights d_1, d_2, …"""
    transcript = Transcript(Tag.SHARE_PROOF)
    transcript.absorb("protocol", PROTOCOL.encode("ascii"))
    transcript.absorb("session", statement.session)
    transcript.absorb("contest", statement.contest_hash)
    transcript.absorb("root", statement.root)
    transcript.absorb("trustee", u64(statement.trustee))
    transcript.absorb("key", statement.key.encode())
    transcript.absorb("bases", b"".join(base.encode() for base in statement.bases))
    transcript.absorb("shares", b"".join(share.encode() for share in shares))
    seed = transcript.seed("weights")
    weights = tuple(
        hash_to_scalar(frames(seed, u64(j)), Tag.SHARE_WEIGHT.raw) for j in range(1, len(statement.bases) + 1)
    )
    return transcript, weights


def share_challenge(transcript: Transcript, t1: Point, t2: Point) -> int:
    """Absorb the prover's message and give c."""
    transcript.absorb("T1", t1.encode())
    transcript.absorb("T2", t2.encode())
    return transcript.challenge("c")


def verify_share(statement: ShareStatement, shares: Sequence[Point], proof: ShareProof) -> None:
    """Check that every share is its base raised to the trustee's private share.

    Raises:
        VerificationError: V10.C, with the trustee as culprit.
        EncodingError: the challenge is 0.
    """
    culprit = f"trustee {statement.trustee}"
    if len(shares) != len(statement.bases):
        message = f"{culprit}: {len(statement.bases)} shares are needed, not {len(shares)}"
        raise VerificationError("V10.C", message, (culprit,))
    transcript, weights = share_transcript(statement, shares)
    folded_base = multi_mul(weights, statement.bases)
    folded_share = multi_mul(weights, shares)
    c = share_challenge(transcript, proof.t1, proof.t2)
    # g^z = T1 Y_i^c and M^z = T2 Z^c
    if base_mul(proof.z) != proof.t1 + statement.key * c or folded_base * proof.z != proof.t2 + folded_share * c:
        raise VerificationError("V10.C", f"{culprit}: the proof of the shares does not hold", (culprit,))
