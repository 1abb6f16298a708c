"""A session whose trustees act by the product's own code, for tests to stop and branch anywhere."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, Self

from tally.trustee.dealing import commit, confirm_or_complain, finish, reveal
from tally.trustee.decrypt import commit_shares, show_shares, sign_report, sign_verified
from tally.trustee.keys import TrusteeSecrets
from tally.trustee.memory import TrusteeMemory, new_memory
from tests.support.seeded_rng import SeededRng
from tests.support.session import SessionBuilder
from voting_core.log.checkpoint import Checkpoint, sign_checkpoint

TIME = 1_790_000_500


class Hall(SessionBuilder):
    """The trustees of the builder, with key files and memories."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        """As for a builder."""
        super().__init__(*arguments, **settings)
        self.secrets: dict[int, TrusteeSecrets] = {}
        self.memories: dict[int, TrusteeMemory] = {}

    def fork(self) -> Self:
        """A copy that goes its own way from here."""
        other = super().fork()
        other.secrets, other.memories = dict(self.secrets), dict(self.memories)
        return other

    def rng(self, what: str) -> SeededRng:
        """A source for one act."""
        return SeededRng(f"{self.seed} {what}")

    def stage_joined(self) -> None:
        """The parties' keys go into key files."""
        super().stage_joined()
        self.secrets = {
            index: TrusteeSecrets(
                session=self.state.session_id,
                index=index,
                name=party.joined().name,
                signing=party.signing,
                witness=party.witness,
            )
            for index, party in self.trustees.items()
        }
        self.memories = {index: new_memory(secrets) for index, secrets in self.secrets.items()}

    def stage_committed(self) -> None:
        """dkg.committed of all."""
        for index in self.secrets:
            self.commit(index)

    def commit(self, index: int) -> None:
        """dkg.committed of one."""
        rng = self.rng(f"deal {index} {self.state.ceremony.attempt}")
        entry, self.secrets[index] = commit(self.secrets[index], self.state, rng, TIME)
        self.append(entry)

    def stage_revealed(self) -> None:
        """dkg.revealed of all."""
        for secrets in self.secrets.values():
            self.append(reveal(secrets, self.state, TIME))

    def stage_keyed(self) -> None:
        """dkg.confirmed of all, and the share of each."""
        for secrets in self.secrets.values():
            self.append(confirm_or_complain(secrets, self.state, TIME))
        self.secrets = {index: finish(secrets, self.state) for index, secrets in self.secrets.items()}

    def stage_verified(self) -> None:
        """record.verified of Q trustees."""
        for contest in self.contest_ids:
            for index in range(1, self.state.quorum + 1):
                self.verify(index, contest)

    def verify(self, index: int, contest: str = "motion") -> None:
        """record.verified of one."""
        entry, self.memories[index] = sign_verified(
            self.secrets[index], self.memories[index], self.state, contest, TIME
        )
        self.append(entry)

    def stage_share_committed(self) -> None:
        """tally.committed."""
        for contest in self.contest_ids:
            for index in self.sharing:
                self.commit_shares(index, contest)

    def commit_shares(self, index: int, contest: str = "motion") -> None:
        """tally.committed of one."""
        rng = self.rng(f"shares {index} {contest}")
        entry, self.memories[index] = commit_shares(
            self.secrets[index], self.memories[index], self.state, contest, rng, TIME
        )
        self.append(entry)

    def stage_shared(self) -> None:
        """tally.shared."""
        for contest in self.contest_ids:
            for index in self.sharing:
                self.append(show_shares(self.secrets[index], self.memories[index], self.state, contest, TIME))

    def stage_signed(self) -> None:
        """report.signed of k trustees."""
        for contest in self.contest_ids:
            for index in range(1, self.threshold + 1):
                self.append(sign_report(self.secrets[index], self.state, contest, TIME))

    def note(self, size: int | None = None) -> bytes:
        """The checkpoint of this log, signed by the log key."""
        at = self.state.size if size is None else size
        return sign_checkpoint(Checkpoint(self.state.session_id, at, self.state.root_at(at)), self.log_key)


@lru_cache(maxsize=1)
def _halls() -> dict[str, Hall]:
    return Hall("trustees", trustees=4, threshold=2).snapshots("shared")


def hall(stage: str) -> Hall:
    """A hall at the end of a stage, to be changed at will."""
    return _halls()[stage].fork()


def other_log(stage: str) -> Hall:
    """The same hall up to voting, then another log with one ballot less: what a dishonest service can show."""
    fork = hall("open")
    fork.cards = replace(fork.cards, drawn=fork.cards.drawn - 1)
    return fork.run(stage)


def without_share(secrets: TrusteeSecrets) -> TrusteeSecrets:
    """A key file without the share."""
    return replace(secrets, share=None)
