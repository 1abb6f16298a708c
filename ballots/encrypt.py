"""From marks and a seed to a sealed ballot (SPEC §5.1, §5.2).

* Every byte of a ballot is determined by seed, marks and context; whoever has the seed can read the ballot.
* A seed is drawn for one ballot and used for nothing else. Even so, its scalars depend on the whole context and on the
  marks, so that a seed used twice gives nothing away.

Verifying code reaches this module only through :mod:`ballots.opening`, for ballots whose seed is public.
"""

from typing import Final

from ballots.compile import bits_of, compile_contest
from ballots.contest import Contest
from ballots.sealed_ballot import SealedBallot
from voting_core.argument.statement import Context
from voting_core.elgamal import encode_ciphertexts
from voting_core.errors import EncodingError
from voting_core.framing import digest, frame, frames, u64
from voting_core.group import Point
from voting_core.hash_to_group import hash_to_scalar
from voting_core.params import Tag
from voting_core.prove.argument import ArgumentNonces, prove
from voting_core.prove.encrypt import encrypt_counters
from voting_core.rng import Rng
from voting_core.secret import Secret

SEED_BYTES: Final = 32
"""The length of a seed."""


def new_seed(rng: Rng) -> Secret[bytes]:
    """Draw the seed of one ballot. It is erased when the ballot is cast, and published when it is challenged."""
    return Secret(rng.bytes(SEED_BYTES))


def seal_ballot(
    contest: Contest, session: bytes, key: Point, credential: bytes, marks: tuple[int, ...], seed: Secret[bytes]
) -> SealedBallot:
    """Encrypt marks under the joint key and prove that they are within the rules of the contest (SPEC §5.1 to §5.3).

    `session` is the session id and `credential` the public key of the credential, 32 bytes each.

    Raises:
        InputError: the marks are not within the rules; nothing can be sealed.
        EncodingError: the seed cannot be used (another length, or a zero scalar, which no real seed ever gives).
    """
    if len(session) != 32 or len(credential) != 32:
        raise ValueError("session id and credential have 32 bytes each")
    relation = compile_contest(contest)
    bits = bits_of(contest, marks)
    scalars = _SeedScalars(seed, _seed_context(contest, session, key, credential, marks))
    randomness = scalars.run("r", len(relation.counters))
    nonces = ArgumentNonces(
        tau=scalars.one("tau"),
        alpha=scalars.one("alpha"),
        a=scalars.run("a", relation.bits),
        s=scalars.one("s"),
        rho1=scalars.one("rho1"),
        rho0=scalars.one("rho0"),
    )
    context = Context(session=session, contest_hash=contest.hash, key=key, credential=credential)
    ciphertexts = encrypt_counters(key, relation, bits, randomness)
    argument = prove(context, relation, bits, randomness, nonces, ciphertexts)
    return SealedBallot(
        session=session,
        contest_hash=contest.hash,
        credential=credential,
        ciphertexts_bytes=encode_ciphertexts(ciphertexts),
        argument_bytes=argument.encode(),
    )


def _seed_context(contest: Contest, session: bytes, key: Point, credential: bytes, marks: tuple[int, ...]) -> bytes:
    """The ctx of SPEC §5.2."""
    return digest(Tag.SEED_CONTEXT, session, contest.hash, key.encode(), credential, bytes(marks))


class _SeedScalars:
    """scalar(label, i) of SPEC §5.2 for one seed and context."""

    __slots__ = ("_prefix",)

    def __init__(self, seed: Secret[bytes], context: bytes) -> None:
        if len(seed.reveal()) != SEED_BYTES:
            raise EncodingError("seed", f"does not have {SEED_BYTES} bytes")
        self._prefix = Secret(frames(seed.reveal(), context))

    def one(self, label: str) -> int:
        """The single scalar of a label."""
        return self._scalar(self._prefix.reveal() + frame(label.encode("ascii")), 0)

    def run(self, label: str, count: int) -> tuple[int, ...]:
        """The scalars 1..count of a label."""
        prefix = self._prefix.reveal() + frame(label.encode("ascii"))
        return tuple(self._scalar(prefix, number) for number in range(1, count + 1))

    @staticmethod
    def _scalar(prefix: bytes, number: int) -> int:
        scalar = hash_to_scalar(prefix + frame(u64(number)), Tag.SEED_SCALAR.raw)
        if scalar == 0:
            raise EncodingError("seed", "gives a zero scalar; draw another seed")
        return scalar
