"""What the server must know of a ballot entry to keep it: its id and its contest."""

from api.store.operations import PendingBallot
from ballots.sealed_ballot import ballot_id
from tally.entries.ballots import BallotAssisted, BallotCast, BallotChallenged
from tally.entries.envelope import Entry
from tally.replay import Ahead
from tally.state import State
from voting_core.errors import StateError, VerificationError


def pending_ballot(state: State, entry: Entry, ahead: Ahead | None = None) -> PendingBallot:
    """The row of a `ballot.*` entry, with what was found out `ahead` about it. `ballot.assisted` has its own random id
    in place of a ballot id.

    Raises:
        StateError: the entry is of another type.
        VerificationError: V8.A, there is no such contest.
    """
    match entry.body:
        case BallotCast() | BallotChallenged():
            ballot = entry.body.ballot
            contest = state.contest_hashes.get(ballot.contest_hash)
            if contest is None:
                raise VerificationError(
                    "V8.A", f"no contest of this session has the hash {ballot.contest_hash.hex()[:16]}"
                )
            opened = None if ahead is None else ahead.ballot
            return PendingBallot(ballot_id(ballot) if opened is None else opened.id, contest, entry.raw, ahead)
        case BallotAssisted():
            return PendingBallot(entry.body.id, entry.body.contest, entry.raw, ahead)
        case _:
            raise StateError(f"an entry of the type {entry.type} is sent to /v1/entries, not to /v1/ballots")
