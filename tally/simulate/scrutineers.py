"""The scrutineers of a simulation: their key, their verification, their shares (SPEC §6, §9)."""

from dataclasses import dataclass, field
from typing import Final

from ballots.contest import Contest, WriteInWay
from tally.entries.sheets import CountEntered
from tally.simulate.hall import Hall
from tally.trustee.dealing import commit, confirm_or_complain, finish, reveal
from tally.trustee.decrypt import commit_shares, destroy, show_shares, sign_report, sign_verified
from tally.trustee.keys import TrusteeSecrets, new_trustee
from tally.trustee.memory import TrusteeMemory, new_memory
from voting_core.signing_key import SigningKey

EMPTY_SLIPS: Final = "另选人纸条计票单"
"""The name of the count sheet of slips."""


@dataclass(slots=True)
class Scrutineers:
    """All scrutineers of the hall with their secrets and memories, by index from 1."""

    secrets: dict[int, TrusteeSecrets]
    memories: dict[int, TrusteeMemory] = field(default_factory=dict)

    @classmethod
    def join(cls, hall: Hall, names: tuple[str, ...]) -> "Scrutineers":
        """Make their keys and write `trustee.joined` for each."""
        party = cls({})
        for index, name in enumerate(names, 1):
            secrets = new_trustee(hall.state.session_id, index, name, hall.rng)
            party.secrets[index] = secrets
            party.memories[index] = new_memory(secrets)
            hall.append(secrets.joined(), secrets.signing, *hall.officials)
        return party

    @property
    def pair(self) -> tuple[SigningKey, SigningKey]:
        """The two who sign for cards and attendance."""
        return self.secrets[1].signing, self.secrets[2].signing

    @property
    def witnesses(self) -> tuple[tuple[int, SigningKey], ...]:
        """Index and witness key of each."""
        return tuple((index, secrets.witness) for index, secrets in self.secrets.items())

    def quorum(self, hall: Hall) -> tuple[SigningKey, ...]:
        """The signing keys of the first Q."""
        return tuple(secrets.signing for secrets in list(self.secrets.values())[: hall.state.quorum])

    def make_key(self, hall: Hall) -> None:
        """Hold the key ceremony: commit, reveal, confirm, keep the share."""
        for index, secrets in self.secrets.items():
            raw, self.secrets[index] = commit(secrets, hall.state, hall.rng, hall.clock())
            hall.append_raw(raw)
        for secrets in self.secrets.values():
            hall.append_raw(reveal(secrets, hall.state, hall.clock()))
        for secrets in self.secrets.values():
            hall.append_raw(confirm_or_complain(secrets, hall.state, hall.clock()))
        self.secrets = {index: finish(secrets, hall.state) for index, secrets in self.secrets.items()}

    def decrypt(self, hall: Hall, contest: str) -> None:
        """Verify the closed contest, all of them, and decrypt it, as many as the threshold asks for."""
        for index, secrets in self.secrets.items():
            raw, self.memories[index] = sign_verified(secrets, self.memories[index], hall.state, contest, hall.clock())
            hall.append_raw(raw)
        if not hall.state.contest(contest).cast:
            return  # without ballots there is nothing to decrypt, and the counts are zero (SPEC §9.2)
        active = list(self.secrets)[: hall.state.facts.threshold]
        for index in active:
            secrets, memory = self.secrets[index], self.memories[index]
            raw, self.memories[index] = commit_shares(secrets, memory, hall.state, contest, hall.rng, hall.clock())
            hall.append_raw(raw)
        for index in active:
            hall.append_raw(show_shares(self.secrets[index], self.memories[index], hall.state, contest, hall.clock()))

    def count_slips(self, hall: Hall, contest: Contest) -> None:
        """Where persons can be written in on slips, enter that nobody was: the file of ballots has no slips."""
        if contest.write_ins.way is WriteInWay.SLIPS:
            hall.append(CountEntered.slips(contest.id, EMPTY_SLIPS), *self.pair)

    def sign_report(self, hall: Hall, contest: str) -> None:
        """Sign the report of a decided contest."""
        for secrets in self.secrets.values():
            hall.append_raw(sign_report(secrets, hall.state, contest, hall.clock()))

    def destroy_keys(self, hall: Hall) -> None:
        """Destroy the shares and say so."""
        for index, secrets in self.secrets.items():
            raw, self.secrets[index] = destroy(secrets, hall.state, hall.clock())
            hall.append_raw(raw)
