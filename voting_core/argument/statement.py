"""The statement and the message of a ballot argument (SPEC §5.3), their bytes and their transcript.

Challenges are computed here and nowhere else: prover and verifier absorb the same values in the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from voting_core.argument.relation import Relation
from voting_core.elgamal import Ciphertext, encode_ciphertexts
from voting_core.errors import VerificationError
from voting_core.group import Point, decode_scalars, encode_scalar
from voting_core.params import PROTOCOL, Tag
from voting_core.public import SODIUM, PublicGroup
from voting_core.transcript import Transcript

_POINTS = ("P", "Q", "A'", "B'", "T1", "T0")


@dataclass(frozen=True, slots=True)
class Context:
    """What a ballot belongs to: session id, contest hash, joint key K and the credential's public key.

    All but the key are 32 bytes.
    """

    session: bytes
    contest_hash: bytes
    key: Point
    credential: bytes


@dataclass(frozen=True, slots=True)
class Argument:
    """The message of the prover, in the order and with the letters of SPEC §5.3.

    ``p`` … ``t0`` are the points P, Q, A', B', T1, T0; ``f`` are the n responses; ``tau`` is tau'.
    """

    p: Point
    q: Point
    a: Point
    b: Point
    t1: Point
    t0: Point
    delta: int
    f: tuple[int, ...]
    tau: int
    z: int
    rho: int

    def encode(self) -> bytes:
        """Give the 32·(n + 10) bytes of SPEC §5.3."""
        points = (self.p, self.q, self.a, self.b, self.t1, self.t0)
        scalars = (self.delta, *self.f, self.tau, self.z, self.rho)
        return b"".join([*(point.encode() for point in points), *map(encode_scalar, scalars)])

    @staticmethod
    def decode(data: bytes, bits: int, where: str, group: PublicGroup = SODIUM) -> "Argument":
        """Decode the argument of a relation with ``bits`` bits.

        Raises:
            VerificationError: V8.C, the length is another.
            EncodingError: a point or scalar is not valid; the place says which.
        """
        if len(data) != 32 * (bits + 10):
            raise VerificationError(
                "V8.C", f"{where}: an argument over {bits} bits has {32 * (bits + 10)} bytes, not {len(data)}"
            )
        p, q, a, b, t1, t0 = group.decode_points(data[: 32 * len(_POINTS)], _POINTS, where)
        delta, *f, tau, z, rho = decode_scalars(data[32 * len(_POINTS) :], _scalar_names(bits), where)
        return Argument(p, q, a, b, t1, t0, delta, tuple(f), tau, z, rho)


@dataclass(frozen=True, slots=True)
class Statement:
    """A ballot argument with everything that its verification needs. ``subject`` names the ballot in messages."""

    context: Context
    relation: Relation
    ciphertexts: Sequence[Ciphertext]
    argument: Argument
    subject: str

    def __post_init__(self) -> None:
        if len(self.ciphertexts) != len(self.relation.counters) or len(self.argument.f) != self.relation.bits:
            raise VerificationError(
                "V8.C", f"{self.subject}: ciphertexts or argument are not those of the contest", (self.subject,)
            )


@lru_cache(maxsize=64)
def _scalar_names(bits: int) -> tuple[str, ...]:
    return ("delta", *(f"f_{i}" for i in range(1, bits + 1)), "tau'", "z", "rho")


def begin(context: Context, ciphertexts: Sequence[Ciphertext]) -> Transcript:
    """Start the transcript with the whole statement."""
    transcript = Transcript(Tag.ARGUMENT)
    transcript.absorb("protocol", PROTOCOL.encode("ascii"))
    transcript.absorb("session", context.session)
    transcript.absorb("contest", context.contest_hash)
    transcript.absorb("key", context.key.encode())
    transcript.absorb("credential", context.credential)
    transcript.absorb("ciphertexts", encode_ciphertexts(ciphertexts))
    return transcript


def challenge_w(transcript: Transcript, p: Point, q: Point) -> int:
    """Absorb the first message and give w."""
    transcript.absorb("P", p.encode())
    transcript.absorb("Q", q.encode())
    return transcript.challenge("w")


def challenge_x(transcript: Transcript, points: tuple[Point, Point, Point, Point], delta: int) -> int:
    """Absorb the second message, (A', B', T1, T0) and delta, and give x."""
    for name, point in zip(_POINTS[2:], points, strict=True):
        transcript.absorb(name, point.encode())
    transcript.absorb("delta", encode_scalar(delta))
    return transcript.challenge("x")
