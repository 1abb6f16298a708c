"""What officials do, as functions: for demonstrations and load tests, where no person sits at the pages.

Two officials sign whatever cannot be undone. From two machines they meet through a proposal; where both are at one
table, :meth:`Officials.decree` signs with both keys at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kiosk.client import Placed, Refused, ServerClient, WaitingProposal
from kiosk.drafts import complete, draft, sign
from kiosk.follower import Follower
from tally.entries.build import Draft, build_entry
from tally.entries.contests import ContestDefined
from tally.entries.credentials import CredentialVoided
from tally.entries.entry_type import EntryType
from tally.entries.reading import Body
from tally.entries.session import SessionCreated
from tally.next_vote import Proposal
from tally.replay.expected import close_body, counted_body, outcome_body
from tally.state import State
from voting_core.errors import StateError
from voting_core.log.merkle import EMPTY_ROOT
from voting_core.signing_key import SigningKey

CLOSING_ATTEMPTS: Final = 20
"""How often a closing is signed again while the log grows under it."""

KIOSK_ATTEMPTS: Final = 240
"""How often a closing is tried while kiosks have not said that nothing waits there: two minutes."""

KIOSK_SECONDS: Final = 0.5
"""Between two of these tries; kiosks look at the log as often."""

SEEN_NOT_CURRENT: Final = "seen_not_current"
QUEUES: Final = "queues"
"""The server's word for a contest of which ballots may wait at kiosks."""


@dataclass(frozen=True, slots=True)
class Official:
    """One official at one machine: drafts, proposes and signs what others propose. `clock` gives Unix seconds."""

    key: SigningKey
    client: ServerClient
    follower: Follower
    clock: Callable[[], int]

    @property
    def state(self) -> State:
        """The log as this official has replayed it."""
        return self.follower.state

    def propose(self, body: Body) -> str:
        """Leave an entry for the others to sign; gives the id of the proposal.

        Raises:
            Refused: the server does not take it.
        """
        self.follower.sync()
        entry = draft(self.state, body, self.key.public, self.clock())
        return str(self.client.propose(entry, {self.key.public: sign(entry, self.key)})["id"])

    def propose_next(self, proposal: Proposal) -> str:
        """Leave the contest of a proposal (run-off, further vote, …) for the others to confirm by their signatures.

        Raises:
            StateError: the proposal has no contest: nothing is voted on, or no slot is free.
            Refused: the server does not take it.
        """
        if proposal.contest is None:
            raise StateError(f"{proposal.what.value} after {proposal.after} has no contest that could be defined")
        return self.propose(ContestDefined(proposal.contest.to_json()))

    def sign(self, proposal: WaitingProposal) -> bool:
        """Sign a proposal after having looked at it; tells whether it is in the log now."""
        answer = self.client.sign_proposal(proposal.id, self.key.public, sign(proposal.draft, self.key))
        return answer.get("status") == "accepted"

    def alone(self, body: Body) -> Placed:
        """Write an entry that one official signs: `tally.counted`."""
        self.follower.sync()
        entry = draft(self.state, body, self.key.public, self.clock())
        return self.client.submit_entry(complete(entry, (self.key,)))

    def void(self, body: CredentialVoided, credential: SigningKey) -> Placed:
        """Void a card that lies on the table: the card signs too."""
        self.follower.sync()
        entry = draft(self.state, body, self.key.public, self.clock())
        return self.client.submit_entry(complete(entry, (self.key, credential)))

    def count(self, contest: str) -> Placed:
        """Combine the scrutineers' shares and write the counts."""
        self.follower.sync()
        return self.alone(counted_body(self.state, contest))


@dataclass(frozen=True, slots=True)
class Officials:
    """Two officials at one table. They share a client and a replayed log."""

    first: Official
    second: Official

    @property
    def state(self) -> State:
        """The log as they have replayed it."""
        return self.first.state

    def sync(self) -> State:
        """Fetch what is new, and give the log."""
        self.first.follower.sync()
        return self.state

    def create(self, body: SessionCreated) -> Placed:
        """Begin the session. `body` names these two officials and the server's keys of `/v1/status`."""
        signers = [self.first.key, self.second.key]
        entry = build_entry(
            EntryType.SESSION_CREATED, body, body.session_id, signers, time=self.first.clock(), seen=(0, EMPTY_ROOT)
        )
        return self.first.client.submit_entry(entry)

    def decree(self, body: Body, *others: SigningKey) -> Placed:
        """Write an entry that two officials sign, with further signers (a kiosk) where the type asks for them."""
        entry = self._draft(body)
        return self.first.client.submit_entry(complete(entry, (self.first.key, self.second.key, *others)))

    def approve(self, *types: EntryType) -> int:
        """Sign all proposals of these types, such as of kiosks that register; gives how many are in the log now."""
        accepted = 0
        for proposal in self.first.client.proposals():
            if proposal.type in types:
                done = self.first.sign(proposal) if self.first.key.public not in proposal.signatures else False
                accepted += done or self.second.sign(proposal)
        return accepted

    def close(self, contest: str) -> Placed:
        """Close a paused contest: when every kiosk has said that nothing waits there, over the log as it is then.

        Raises:
            Refused: the server refuses it for another reason, or a kiosk says nothing for long, or holds ballots.
            StateError: the log grew under every attempt; pause the other contests first.
        """
        client, grown, waited = self.first.client, 0, 0
        while grown < CLOSING_ATTEMPTS:
            entry = self._draft(close_body(self.sync(), contest))
            try:
                return client.submit_entry(complete(entry, (self.first.key, self.second.key)))
            except Refused as refusal:
                if refusal.code == SEEN_NOT_CURRENT:
                    grown += 1
                elif refusal.code == QUEUES and waited < KIOSK_ATTEMPTS:
                    waited += 1
                    client.pause(KIOSK_SECONDS)
                else:
                    raise
        raise StateError(f"the log grew while {contest} was being closed; pause the other contests and close it again")

    def declare(self, contest: str) -> Placed:
        """Write the outcome that the adopted rules decide."""
        return self.decree(outcome_body(self.sync(), contest))

    def _draft(self, body: Body) -> Draft:
        return draft(self.sync(), body, self.first.key.public, self.first.clock())
