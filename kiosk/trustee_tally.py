"""A station after closing: verify and sign the root, commit, share, sign the report (SPEC §9.3 to §9.5, §9.8).

The closed root is not signed before the scrutineer has said that the others have the same. Once that was said, the
memory has the root, and the station signs it again until it is in the log, also after a restart.
"""

from kiosk.comparison import Compared, root_code
from kiosk.trustee_desk import TrusteeDesk
from tally.entries.entry_type import EntryType
from tally.replay.expected import report_digest
from tally.state import Closing, ContestState, Status
from tally.trustee import decrypt
from voting_core.errors import StateError


class Tallying:
    """What a trustee does for each closed contest."""

    def __init__(self, desk: TrusteeDesk) -> None:
        self._desk = desk
        self._enough_since: dict[str, float] = {}
        self._shown_since: dict[str, float] = {}
        self._compare_told: set[bytes] = set()

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
        elif contest.status is Status.DECIDED and index not in contest.signers and self._desk.setup.signs_reports:
            self._desk.send(self._signed_report(contest), EntryType.REPORT_SIGNED)

    def confirm(self, compared: Compared) -> None:
        """Sign the closed root of a contest whose code the scrutineer has compared with the others.

        Raises:
            InputError: the code is not that of the root that this station has replayed. Nothing is signed.
            StateError: there is nothing to sign now, or another root of the contest was signed before.
            FatalError: the log contradicts what this trustee signed.
        """
        contest = self._desk.state.contests.get(compared.contest)
        if contest is None or contest.closing is None or contest.status is not Status.CLOSED:
            raise StateError(f"{compared.contest} is no contest that is closed and waits to be verified")
        if awaits_kiosks(contest, contest.closing):
            raise StateError(f"not all kiosks have reported for {contest.id}; wait until the station shows its code")
        compared.require(contest.closing.root)
        if self._desk.secrets.index not in contest.verified:
            self._sign(contest)

    def sign_seen_report(self, contest_id: str, seen: bytes) -> None:
        """Sign the report that the scrutineer has read; `seen` is the digest of what was shown (SPEC §9.8).

        Raises:
            StateError: nothing is to be signed now, or the report is another one by now. Nothing is signed.
            Refused: the server did not take the signature.
        """
        contest = self._desk.state.contest(contest_id)
        if contest.status is not Status.DECIDED or self._desk.secrets.index in contest.signers:
            raise StateError(f"the report of {contest_id} does not wait for your signature")
        if report_digest(self._desk.state, contest_id) != seen:
            raise StateError(f"the report of {contest_id} has changed since it was shown; read it again")
        # Nobody is told that the report is signed before the signature is in the log.
        self._desk.deliver(self._signed_report(contest), EntryType.REPORT_SIGNED)

    def _signed_report(self, contest: ContestState) -> bytes:
        return decrypt.sign_report(self._desk.secrets, self._desk.state, contest.id, self._desk.machine.clock())

    def _verify(self, contest: ContestState, closing: Closing) -> None:
        """Show the closed root, once all kiosks have reported, and sign it if it was compared."""
        if awaits_kiosks(contest, closing):
            return
        desk = self._desk
        # Two roots of one contest are nothing to compare: this says so at once.
        desk.memory.with_signed_root(contest.id, closing.root)
        if contest.id not in desk.memory.signed_roots:
            self._show(contest, closing)
            if desk.setup.compares:
                return
        self._sign(contest)

    def _show(self, contest: ContestState, closing: Closing) -> None:
        """Tell, once, what is to be compared aloud."""
        if closing.root in self._compare_told:
            return
        self._compare_told.add(closing.root)
        desk = self._desk
        desk.machine.emit(
            "compare",
            contest=contest.id,
            root_code=root_code(closing.root),
            cast=contest.cast,
            challenged=contest.challenged,
            issued=sum(desk.state.lists[contest.contest.slot, name].count for name in contest.contest.classes),
            waits=desk.setup.compares,
        )

    def _sign(self, contest: ContestState) -> None:
        desk = self._desk
        entry, memory = decrypt.sign_verified(desk.secrets, desk.memory, desk.state, contest.id, desk.machine.clock())
        desk.keep_memory(memory)
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


def awaits_kiosks(contest: ContestState, closing: Closing) -> bool:
    """Whether a kiosk has neither reported nor been declared lost."""
    return bool(set(closing.kiosks) - set(contest.reports) - contest.lost)
