"""A station after closing: verify and sign the root, commit, share, sign the report (SPEC §9.3 to §9.5, §9.8)."""

from ballots.crockford import encode_bits, in_groups
from kiosk.trustee_desk import TrusteeDesk
from tally.entries.entry_type import EntryType
from tally.state import Closing, ContestState, Status
from tally.trustee import decrypt

_CODE_BITS = 100


class Tallying:
    """What a trustee does for each closed contest."""

    def __init__(self, desk: TrusteeDesk) -> None:
        self._desk = desk
        self._enough_since: dict[str, float] = {}
        self._shown_since: dict[str, float] = {}

    def next_step(self, contest: ContestState) -> None:
        """Do what the contest awaits of this trustee now, if anything.

        Raises:
            StateError: another root of the contest was signed before.
            FatalError: the log contradicts what this trustee signed.
        """
        index = self._desk.secrets.index
        if contest.status is Status.CLOSED and contest.closing is not None:
            if index not in contest.verified:
                self._verify(contest, contest.closing)
            elif self._desk.setup.decrypts and not contest.is_secret_for_ever:
                self._decrypt(contest)
        elif contest.status is Status.DECIDED and index not in contest.signers:
            entry = decrypt.sign_report(self._desk.secrets, self._desk.state, contest.id, self._desk.machine.clock())
            self._desk.send(entry, EntryType.REPORT_SIGNED)

    def _verify(self, contest: ContestState, closing: Closing) -> None:
        """Sign the closed root, once all kiosks have reported. It is shown first, to be compared aloud."""
        if set(closing.kiosks) - set(contest.reports) - contest.lost:
            return
        desk = self._desk
        entry, memory = decrypt.sign_verified(desk.secrets, desk.memory, desk.state, contest.id, desk.machine.clock())
        desk.keep_memory(memory)
        desk.machine.emit(
            "compare",
            contest=contest.id,
            root_code=in_groups(encode_bits(closing.root, _CODE_BITS)),
            cast=contest.cast,
            challenged=contest.challenged,
            issued=sum(desk.state.lists[contest.contest.slot, name].count for name in contest.contest.classes),
        )
        desk.send(entry, EntryType.RECORD_VERIFIED)

    def _decrypt(self, contest: ContestState) -> None:
        desk, index = self._desk, self._desk.secrets.index
        if len(contest.verified) < desk.state.quorum or index in contest.shares:
            return
        if index not in contest.commitments:
            if not contest.shares or self._is_one_missing(contest):
                self._commit(contest)
        elif contest.shares or self._have_all_committed(contest):
            entry = decrypt.show_shares(desk.secrets, desk.memory, desk.state, contest.id, desk.machine.clock())
            desk.send(entry, EntryType.TALLY_SHARED)

    def _commit(self, contest: ContestState) -> None:
        desk = self._desk
        entry, memory = decrypt.commit_shares(
            desk.secrets, desk.memory, desk.state, contest.id, desk.machine.rng, desk.machine.clock()
        )
        desk.keep_memory(memory)
        desk.send(entry, EntryType.TALLY_COMMITTED)

    def _have_all_committed(self, contest: ContestState) -> bool:
        """Whether to show the share: everybody who verified has committed, or enough have and the others had time."""
        if len(contest.commitments) < self._desk.state.facts.threshold:
            return False
        if set(contest.verified) <= set(contest.commitments):
            return True
        return self._have_waited(self._enough_since, contest)

    def _is_one_missing(self, contest: ContestState) -> bool:
        """Whether to take the place of somebody who committed: shares were shown, but k good ones do not come."""
        if len(contest.good_shares) >= self._desk.state.facts.threshold:
            return False
        return self._have_waited(self._shown_since, contest)

    def _have_waited(self, since: dict[str, float], contest: ContestState) -> bool:
        now = self._desk.machine.monotonic()
        return now - since.setdefault(contest.id, now) >= self._desk.setup.gather
