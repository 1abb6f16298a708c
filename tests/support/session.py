"""A whole small session in memory, step by step through replay.

    builder = SessionBuilder()                       # 2 officials, 3 trustees (k = 2), 2 kiosks, 1 contest, 9 cards
    builder.run()                                    # to the end: builder.entries, builder.state
    SessionBuilder().run(until="open")               # or to one of STAGES
    snapshots = SessionBuilder().snapshots()         # a builder for every stage, built in one go

A builder is cheap to copy (:meth:`SessionParts.fork`), because a state is persistent: build once per module, branch in
every test. Steps that a test wants otherwise are taken by hand with :meth:`SessionParts.add`, which makes, signs,
replays and keeps an entry, or :meth:`SessionParts.entry`, which only makes it. A `hook` sees every entry before replay
and may give other bytes, or raise :class:`Stop`. Everything follows from the seed, byte for byte.
"""

from __future__ import annotations

from typing import Self

from tally.entries import ballots, contests, credentials, outcome, session
from tally.replay import expected
from tally.rules.loader import load_rule_set
from tests.support.seeded_rng import SeededRng
from tests.support.session_parts import Cards, Hook, SessionParts, motion_contest

__all__ = ["STAGES", "Cards", "Hook", "SessionBuilder", "Stop", "motion_contest"]

STAGES = (
    "created",  # session.created
    "joined",  # all trustees
    "committed",  # all dkg.committed
    "revealed",  # all dkg.revealed
    "keyed",  # the key is confirmed
    "equipped",  # rules adopted, kiosks registered
    "defined",  # the contests
    "issued",  # credentials and reserve
    "ready",  # left-over cards voided, attendance declared
    "open",  # the contests
    "voted",  # all ballots, and the test cards voided
    "closed",
    "reported",  # all kiosks
    "verified",  # by Q trustees
    "share_committed",  # by k + 1 trustees, or all
    "shared",
    "counted",
    "declared",
    "signed",  # k reports
    "published",
    "destroyed_keys",
    "sealed",
)
"""The stages of :meth:`SessionBuilder.run`, in order."""


class Stop(Exception):
    """Raised by a hook to end :meth:`SessionBuilder.run` where it is."""


class SessionBuilder(SessionParts):
    """A session that takes the usual steps in the usual order."""

    _stages_done = 0

    def run(self, until: str = "sealed") -> Self:
        """Take all steps to the end of a stage, from wherever this builder is; a hook may stop it before."""
        try:
            for stage in STAGES[self._stages_done : STAGES.index(until) + 1]:
                getattr(self, f"stage_{stage}")()
                self._stages_done = STAGES.index(stage) + 1
        except Stop:
            pass
        return self

    def snapshots(self, until: str = "sealed") -> dict[str, Self]:
        """A builder at the end of every stage."""
        result = {}
        for stage in STAGES[: STAGES.index(until) + 1]:
            result[stage] = self.run(stage).fork()
        return result

    def stage_created(self) -> None:
        """session.created."""
        body = self.session_body()
        self.append(self.entry(body, *self.officials, session=body.session_id))

    def stage_joined(self) -> None:
        """trustee.joined of all."""
        for party in self.trustees.values():
            self.add(party.joined(), party.signing, *self.officials)

    def stage_committed(self) -> None:
        """dkg.committed of all."""
        for party in self.trustees.values():
            self.add(party.committed(self.state), party.signing)

    def stage_revealed(self) -> None:
        """dkg.revealed of all."""
        for party in self.trustees.values():
            self.add(party.revealed(self.state), party.signing)

    def stage_keyed(self) -> None:
        """dkg.confirmed of all."""
        for party in self.trustees.values():
            self.add(party.confirmed(self.state), party.signing)

    def stage_equipped(self) -> None:
        """rules.adopted, kiosk.registered."""
        self.add(contests.RulesAdopted(self.rule_set, load_rule_set(self.rule_set).to_json()), *self.officials)
        for number, kiosk in enumerate(self.kiosks, 1):
            body = contests.KioskRegistered(name=f"K{number:02d}", kiosk=kiosk.public, box_key=self.box.public)
            self.add(body, *self.officials, kiosk)

    def stage_defined(self) -> None:
        """contest.defined of all."""
        for make in self.make_contests:
            self.add(contests.ContestDefined(make(self.rules_ref()).to_json()), *self.definers(make(self.rules_ref())))

    def stage_issued(self) -> None:
        """credentials.issued of all slots and classes, credentials.reserve_sealed of all classes."""
        classes = []
        for contest_id in self.contest_ids:
            for class_id in self.contest(contest_id).contest.classes:
                self.add(self.issued(contest_id, class_id), *self.two_trustees())
                classes.append(class_id)
        for class_id in sorted(set(classes)):
            self.add(credentials.ReserveSealed(class_id, self.cards.reserve), *self.two_trustees())

    def stage_ready(self) -> None:
        """credential.voided of what is left over, attendance.declared."""
        first = self.cards.drawn + self.cards.test
        for contest_id in self.contest_ids:
            for class_id in self.contest(contest_id).contest.classes:
                for number in range(first, first + self.cards.left_over):
                    self.void(number, "left_over", contest_id, class_id)
            self.add(self.attendance(contest_id), *self.two_trustees())

    def stage_open(self) -> None:
        """contest.opened of all."""
        for contest_id in self.contest_ids:
            self.add(contests.ContestOpened(contest_id), *self.officials)

    def stage_voted(self) -> None:
        """One challenge and one assistance, all drawn cards cast, test cards challenge once and are voided."""
        for contest_id in self.contest_ids:
            contest = self.contest(contest_id).contest
            for class_id in contest.classes:
                self.append(self.challenge(self.votes(contest, 1), 0, contest_id, class_id))
                for number in range(self.cards.drawn):
                    self.append(self.cast(self.votes(contest, number), number, contest_id, class_id))
                for number in range(self.cards.drawn, self.cards.drawn + self.cards.test):
                    self.append(self.challenge(self.votes(contest, number), number, contest_id, class_id))
                    self.void(number, "test", contest_id, class_id)
            id_ = SeededRng(f"{self.seed} assisted {contest_id}").bytes(16)
            self.add(ballots.BallotAssisted(contest_id, id_), self.box)

    def stage_closed(self) -> None:
        """contest.closed of all."""
        for contest_id in self.contest_ids:
            self.add(expected.close_body(self.state, contest_id), *self.officials)

    def stage_reported(self) -> None:
        """kiosk.reported of all."""
        for contest_id in self.contest_ids:
            for number, kiosk in enumerate(self.kiosks):
                self.add(self.report(number, contest_id), kiosk)

    def stage_verified(self) -> None:
        """record.verified of Q trustees."""
        for contest_id in self.contest_ids:
            for index in range(1, self.state.quorum + 1):
                self.add(expected.record_verified_body(self.state, contest_id), self.trustees[index].signing)

    def stage_share_committed(self) -> None:
        """tally.committed."""
        for contest_id in self.contest_ids:
            for index in self.sharing:
                party = self.trustees[index]
                body = party.share_committed(self.state, self.shared(index, contest_id))
                self.add(body, party.signing)

    def stage_shared(self) -> None:
        """tally.shared."""
        for contest_id in self.contest_ids:
            for index in self.sharing:
                self.add(self.shared(index, contest_id), self.trustees[index].signing)

    def stage_counted(self) -> None:
        """tally.counted of all."""
        for contest_id in self.contest_ids:
            self.add(expected.counted_body(self.state, contest_id), self.officials[0])

    def stage_declared(self) -> None:
        """outcome.declared of all."""
        for contest_id in self.contest_ids:
            self.add(expected.outcome_body(self.state, contest_id), *self.officials)

    def stage_signed(self) -> None:
        """report.signed of k trustees."""
        for contest_id in self.contest_ids:
            for index in range(1, self.threshold + 1):
                digest = expected.report_digest(self.state, contest_id)
                self.add(outcome.ReportSigned(contest_id, digest), self.trustees[index].signing)

    def stage_published(self) -> None:
        """result.published of all."""
        for contest_id in self.contest_ids:
            self.add(outcome.ResultPublished(contest_id, "all"), *self.officials)

    def stage_destroyed_keys(self) -> None:
        """key.destroyed of all trustees."""
        for index, party in self.trustees.items():
            self.add(session.KeyDestroyed(index), party.signing)

    def stage_sealed(self) -> None:
        """session.sealed."""
        self.add(session.SessionSealed(), *self.officials)
