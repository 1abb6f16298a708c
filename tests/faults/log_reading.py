"""What the ballots in a log say, opened one by one with the trustees' secrets, which only a test has."""

from collections.abc import Iterable
from typing import NamedTuple

from ballots.contest import Contest
from ballots.sealed_ballot import SealedBallot, ballot_id, confirmation_code
from tally.entries.ballots import BallotCast
from tally.entries.envelope import decode_entry
from tests.api.world import World
from voting_core.elgamal import decode_ciphertexts
from voting_core.group import BASE, Q
from voting_core.prove.dealing import constant_term


class CastBallot(NamedTuple):
    """A ballot of a contest with one row."""

    credential: bytes
    code: str
    mark: str


def cast_ballots(world: World, contest: Contest, raws: Iterable[bytes]) -> list[CastBallot]:
    """All ballots that are cast in some entries of a log."""
    bodies = (decode_entry(raw).body for raw in raws)
    ballots = (body.ballot for body in bodies if isinstance(body, BallotCast))
    return [
        CastBallot(ballot.credential, confirmation_code(ballot_id(ballot)), mark_of(world, contest, ballot))
        for ballot in ballots
    ]


def mark_of(world: World, contest: Contest, ballot: SealedBallot) -> str:
    """The mark of the only row: each mark but the last has a ciphertext of 1 where it was given, and of 0 elsewhere."""
    secret = sum(constant_term(trustee.polynomial).reveal() for trustee in world.trustees) % Q
    given = contest.marks[:-1]
    found = []
    for mark, sealed in zip(given, decode_ciphertexts(ballot.ciphertexts_bytes, len(given), "ballot"), strict=True):
        power = sealed.data - sealed.pad * secret
        assert power in (BASE, BASE - BASE)
        if power == BASE:
            found.append(mark)
    assert len(found) <= 1
    return found[0] if found else contest.marks[-1]
