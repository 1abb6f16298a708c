"""A ballot decoded, with what follows from its bytes, its contest and the joint key alone (SPEC §5.3, §5.5).

Nothing here asks what else is in a log; so it can be found out ahead of time, and on another processor or machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ballots.contest import Contest
from ballots.sealed_ballot import SealedBallot, ballot_id, statement
from voting_core.argument.distinct import repeated_points
from voting_core.argument.statement import Statement
from voting_core.elgamal import Ciphertext
from voting_core.errors import VerificationError
from voting_core.group import Point
from voting_core.public import SODIUM, PublicGroup


@dataclass(frozen=True, slots=True)
class OpenedBallot:
    """A ballot under one contest and one key, given by their bytes.

    `points` are the encodings that no other ballot may have. `refusal` says why the ballot does not decode; it has no
    ciphertexts and points then. `statement` is its argument while that is not judged.
    """

    contest_hash: bytes
    key: bytes
    id: bytes
    ciphertexts: Sequence[Ciphertext] = ()
    points: tuple[bytes, ...] = ()
    refusal: VerificationError | None = None
    statement: Statement | None = None

    def is_under(self, contest: Contest, key: Point) -> bool:
        """Say whether it was opened under this contest and this key."""
        return self.contest_hash == contest.hash and self.key == key.encode()


def open_ballot(ballot: SealedBallot, contest: Contest, key: Point, group: PublicGroup = SODIUM) -> OpenedBallot:
    """Decode a ballot (V8.A, V8.C, V2.D), and look for points that it has twice (V8.D)."""
    id_ = ballot_id(ballot)
    try:
        decoded = statement(ballot, contest, key, id_.hex(), group)
        points = repeated_points(decoded.ciphertexts, decoded.argument)
    except VerificationError as refusal:
        return OpenedBallot(contest.hash, key.encode(), id_, refusal=refusal)
    return OpenedBallot(contest.hash, key.encode(), id_, decoded.ciphertexts, points, statement=decoded)
