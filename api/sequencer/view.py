"""What the server knows at one moment, as a value that never changes.

* `log` is the state after the entries of the log; `intake` is that state with the waiting ballots applied to it, and
  decides whether another ballot is accepted. The size and root of `intake` are never shown: they are of a log that
  does not exist. In which order `intake` has its ballots changes nothing: what makes a ballot invalid is another entry,
  or one ballot too many of its credential, whichever came first (SPEC §8.5 rule 7).
* The sequencer puts a new view in place of the old one after the commit. Routes read whichever view is there.
"""

from dataclasses import dataclass
from typing import Protocol

from immutables import Map

from api.errors import PendingBallotError
from api.store.operations import PendingBallot
from tally.replay import prepare
from tally.state import State
from voting_core.errors import VerificationError


@dataclass(frozen=True, slots=True)
class View:
    """One moment of the server; `pending` has the waiting ballots by id."""

    log: State
    intake: State
    pending: Map[bytes, PendingBallot]

    def waiting_for(self, contest: str) -> tuple[PendingBallot, ...]:
        """The waiting ballots of one contest, sorted by ballot id as they enter the log (SPEC §8.7)."""
        return tuple(self.pending[key] for key in sorted(self.pending) if self.pending[key].contest == contest)


class Ordered(Protocol):
    """Whoever knows the order of the log: the sequencer, or in a reader the follower of what it has written."""

    @property
    def view(self) -> View:
        """What is known now."""

    def with_code(self, code: str) -> tuple[bytes, ...]:
        """The ids of the ballots with a confirmation code; one may be so new that the view does not have it yet."""


def apply_pending(log: State, pending: Map[bytes, PendingBallot]) -> State:
    """Apply the waiting ballots to the state of the log; their arguments were verified when they were accepted.

    Raises:
        PendingBallotError: one of them would not be valid after this log.
    """
    state = log
    for ballot_id in sorted(pending):
        try:
            state, _ = prepare(state, pending[ballot_id].raw, pending[ballot_id].ahead)
        except VerificationError as error:
            raise PendingBallotError(
                "a ballot that was accepted and waits for its batch would become invalid; "
                "send this again when the contest's next batch is in the log"
            ) from error
    return state
