"""The key ceremony from its public messages, SPEC §6."""

from dataclasses import dataclass
from typing import Any

from . import ristretto as r
from .ballot import crockford
from .canon import canonical
from .errors import require
from .framing import Transcript, digest, frames, u64


@dataclass(frozen=True)
class Deal:
    """What one dealer reveals in one attempt."""

    session: bytes
    attempt: int
    roster: bytes
    dealer: int
    commitments: bytes
    proof: bytes

    def check(self, k: int) -> list[r.Point]:
        """V5.C and V5.D."""
        require(len(self.commitments) == 32 * k, "V5.C", "not exactly k commitments")
        points = r.decode_points(self.commitments, "V5.C")
        require(len(self.proof) == 64, "V5.D", "a proof has 64 bytes")
        t = Transcript("DEAL_PROOF")
        t.absorb("session", self.session)
        t.absorb("attempt", u64(self.attempt))
        t.absorb("roster", self.roster)
        t.absorb("dealer", u64(self.dealer))
        t.absorb("commitments", self.commitments)
        t.absorb("T", self.proof[:32])
        c = t.challenge("c")
        z = r.decode_scalar(self.proof[32:])
        right = r.add(r.decode_point(self.proof[:32]), r.multiply(c, points[0]))
        require(
            r.equal(r.multiply_fixed(z, r.G), right), "V5.D", f"dealer {self.dealer} does not know its constant term"
        )
        return points

    def commitment(self) -> bytes:
        return digest(
            "DEAL_COMMITMENT",
            self.session,
            u64(self.attempt),
            self.roster,
            u64(self.dealer),
            self.commitments,
            self.proof,
        )

    def box_info(self, to: int) -> bytes:
        return frames("plenum-v1/deal-share", self.session, u64(self.attempt), self.roster, u64(self.dealer), u64(to))


def roster_hash(session: bytes, trustees: list[dict[str, Any]]) -> bytes:
    return digest("ROSTER", session, canonical(trustees))


def evaluate(points: list[r.Point], index: int) -> r.Point:
    """∏ C_s^{index^s}."""
    return r.multi_multiply([pow(index, s, r.Q) for s in range(len(points))], points)


def share_is_good(share: bytes, points: list[r.Point], index: int) -> bool:
    value = int.from_bytes(share, "little")
    return len(share) == 32 and value < r.Q and r.equal(r.multiply_fixed(value, r.G), evaluate(points, index))


def transcript(session: bytes, roster: bytes, attempt: int, committed: list[bytes], revealed: list[bytes]) -> bytes:
    return digest("CEREMONY", session, roster, u64(attempt), *committed, *revealed)


def keys(deals: list[list[r.Point]]) -> tuple[r.Point, list[r.Point]]:
    """K and Y_1..Y_n."""
    joint, shares = r.IDENTITY, []
    for points in deals:
        joint = r.add(joint, points[0])
    for index in range(1, len(deals) + 1):
        total = r.IDENTITY
        for points in deals:
            total = r.add(total, evaluate(points, index))
        shares.append(total)
    for point in (joint, *shares):
        require(any(r.encode(point)), "V5.H", "a key is the identity")
    return joint, shares


def fingerprint(session: bytes, size: int, root: bytes) -> bytes:
    return digest("FINGERPRINT", session, u64(size), root)


def fingerprint_text(value: bytes) -> str:
    return crockford(value, 160)


def quorum(n: int, k: int) -> int:
    return (n + k + 1) // 2
