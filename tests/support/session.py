"""A whole small session in memory, step by step through replay.

    builder = SessionBuilder()                       # 2 officials, 3 trustees (k = 2), 2 kiosks, 1 contest, 9 cards
    builder.run()                                    # to the end: builder.entries, builder.state
    SessionBuilder().run(until="open")               # or to one of STAGES
    snapshots = SessionBuilder().snapshots()         # a builder for every stage, built in one go

A builder is cheap to copy (:meth:`SessionBuilder.fork`), because a state is persistent: build once per module, branch
in every test. Steps that a test wants otherwise are taken by hand with :meth:`SessionBuilder.add`, which makes, signs,
replays and keeps an entry, or :meth:`SessionBuilder.entry`, which only makes it. A `hook` sees every entry before
replay and may give other bytes, or raise :class:`Stop`. Everything follows from the seed, byte for byte.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ballots.card import credential_key
from ballots.contest import Contest, Kind, RulesRef
from ballots.encrypt import seal_ballot
from ballots.sealed_ballot import SealedBallot
from tally.entries import (
    ballots,
    closing,
    contests,
    counting,
    credentials,
    outcome,
    session,
)
from tally.entries.bodies import TYPES
from tally.entries.build import build_entry
from tally.entries.entry_type import EntryType
from tally.entries.reading import Body
from tally.replay import expected, initial, replay
from tally.rules.loader import load_rule_set
from tally.state import ContestState, State
from tests.support.builders import small_contest
from tests.support.seeded_rng import SeededRng
from tests.support.trustee_party import TrusteeParty
from voting_core.codec import JsonObject
from voting_core.group import Q
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

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

Hook = Callable[["SessionBuilder", EntryType, bytes], bytes]


class Stop(Exception):
    """Raised by a hook to end :meth:`SessionBuilder.run` where it is."""


@dataclass(frozen=True)
class Cards:
    """How the cards of every class and contest are used; `left_over` are voided before opening."""

    drawn: int = 6
    test: int = 1
    left_over: int = 1
    reserve: int = 1

    @property
    def generated(self) -> int:
        """All of them."""
        return self.drawn + self.test + self.left_over + self.reserve


def motion_contest(rules: RulesRef, **changes: object) -> Contest:
    """A motion of one row and three marks, the smallest contest."""
    settings = {"id": "motion", "kind": Kind.MOTION, "rules": rules, "blank": "abstain", **changes}
    return small_contest(1, **settings)  # type: ignore[arg-type]  # tests hand in what they know


class SessionBuilder:
    """One session in the making. `contests` are made from the reference to the adopted rules, by default one motion."""

    def __init__(
        self,
        seed: str = "session",
        *,
        trustees: int = 3,
        threshold: int = 2,
        kiosks: int = 2,
        rule_set: str = "resolution_default",
        contests: Sequence[Callable[[RulesRef], Contest]] = (motion_contest,),
        cards: Cards | None = None,
        votes: Callable[[Contest, int], tuple[int, ...]] | None = None,
        simulated: bool = True,
        hook: Hook | None = None,
    ) -> None:
        """Make the parties; nothing is in the log yet."""
        self.seed = seed
        self.state: State = initial()
        self.entries: list[bytes] = []
        self.time = 1_790_000_000
        self.hook = hook
        self.rule_set = rule_set
        self.threshold = threshold
        self.simulated = simulated
        self.cards = cards or Cards()
        self.votes = votes or (lambda contest, number: (number % len(contest.marks),) * len(contest.rows))
        self.officials = tuple(sorted((self.key(f"official {n}") for n in (1, 2)), key=lambda key: key.public))
        self.log_key, self.service_key, self.box = self.key("log"), self.key("service"), self.key("box")
        self.trustees = {n: TrusteeParty(seed, n) for n in range(1, trustees + 1)}
        self.kiosks = tuple(self.key(f"kiosk {n}") for n in range(1, kiosks + 1))
        self.make_contests = tuple(contests)

    # Making and keeping entries

    def key(self, name: str) -> SigningKey:
        """A signing key of its own for every name."""
        return SigningKey.generate(SeededRng(f"{self.seed} {name}"))

    def entry(
        self,
        body: Body | JsonObject,
        *signers: SigningKey,
        type: EntryType | None = None,
        seen: tuple[int, bytes] | None = None,
        session: bytes | None = None,
    ) -> bytes:
        """Make an entry for the log as it is, without keeping it; `type` is that of the body unless given."""
        type_ = type or TYPES[body.__class__]  # type: ignore[index]  # a plain dict comes with its type
        is_ballot = type_ in (EntryType.BALLOT_CAST, EntryType.BALLOT_CHALLENGED, EntryType.BALLOT_ASSISTED)
        return build_entry(
            type_,
            body,
            self.state.id if session is None else session,
            signers,
            time=None if is_ballot else self.time + len(self.entries),
            seen=None if is_ballot else (seen or (self.state.size, self.state.root)),
        )

    def add(self, body: Body | JsonObject, *signers: SigningKey, type: EntryType | None = None) -> bytes:
        """Make an entry, show it to the hook, replay it and keep it."""
        return self.append(self.entry(body, *signers, type=type))

    def append(self, raw: bytes) -> bytes:
        """Replay bytes and keep them."""
        if self.hook is not None:
            type_ = EntryType(raw.rsplit(b'"type":"', 1)[1][:-2].decode())
            raw = self.hook(self, type_, raw)
        self.state = replay(self.state, raw)
        self.entries.append(raw)
        return raw

    def fork(self) -> SessionBuilder:
        """A copy that goes its own way from here."""
        other = copy.copy(self)
        other.entries = list(self.entries)
        other.trustees = {n: TrusteeParty(self.seed, n, dict(p.polynomials)) for n, p in self.trustees.items()}
        return other

    # Running

    def run(self, until: str = "sealed") -> SessionBuilder:
        """Take all steps to the end of a stage, from wherever this builder is; a hook may stop it before."""
        try:
            for stage in STAGES[self._stages_done : STAGES.index(until) + 1]:
                getattr(self, f"stage_{stage}")()
                self._stages_done = STAGES.index(stage) + 1
        except Stop:
            pass
        return self

    _stages_done = 0

    def snapshots(self, until: str = "sealed") -> dict[str, SessionBuilder]:
        """A builder at the end of every stage."""
        result = {}
        for stage in STAGES[: STAGES.index(until) + 1]:
            result[stage] = self.run(stage).fork()
        return result

    def contest(self, contest_id: str = "motion") -> ContestState:
        """The contest as it stands."""
        return self.state.contest(contest_id)

    @property
    def contest_ids(self) -> tuple[str, ...]:
        """The contests in the order of their slots."""
        return tuple(self.state.slots[slot] for slot in sorted(self.state.slots))

    # The stages

    def session_body(self, **changes: object) -> session.SessionCreated:
        """What session.created says."""
        facts: dict[str, object] = {
            "title": "某县第十四届党代会第五次会议",
            "place": "县礼堂",
            "date": "2026-09-21",
            "kind": "congress",
            "simulated": self.simulated,
            "threshold": self.threshold,
            "trustees": len(self.trustees),
            "officials": tuple(key.public for key in self.officials),
            "log_key": self.log_key.public,
            "service_key": self.service_key.public,
            "nonce": SeededRng(f"{self.seed} nonce").bytes(32),
        }
        return session.SessionCreated(**{**facts, **changes})  # type: ignore[arg-type]  # the fields of the body

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

    def rules_ref(self) -> RulesRef:
        """The reference of contests to the adopted rule set."""
        return RulesRef(self.rule_set, self.state.rules[self.rule_set].hash)

    def stage_defined(self) -> None:
        """contest.defined of all."""
        for make in self.make_contests:
            self.add(contests.ContestDefined(make(self.rules_ref()).to_json()), *self.definers(make(self.rules_ref())))

    def definers(self, contest: Contest) -> tuple[SigningKey, ...]:
        """Who signs contest.defined: with a waiver, all trustees too."""
        more = tuple(party.signing for party in self.trustees.values()) if contest.waiver else ()
        return (*self.officials, *more)

    def stage_issued(self) -> None:
        """credentials.issued of all slots and classes, credentials.reserve_sealed of all classes."""
        classes = []
        for contest_id in self.contest_ids:
            for class_id in self.contest(contest_id).contest.classes:
                self.add(self.issued(contest_id, class_id), *self.two_trustees())
                classes.append(class_id)
        for class_id in sorted(set(classes)):
            self.add(credentials.ReserveSealed(class_id, self.cards.reserve), *self.two_trustees())

    def two_trustees(self) -> tuple[SigningKey, SigningKey]:
        """The keys of the first two trustees."""
        return self.trustees[1].signing, self.trustees[2].signing

    def credential(self, number: int, contest_id: str = "motion", class_id: str = "delegate") -> SigningKey:
        """The key of a card for a contest. Cards 0.. are drawn, then come those for tests, left over, in reserve."""
        secret = Secret(SeededRng(f"{self.seed} card {class_id} {number}").bytes(16))
        return credential_key(secret, self.state.session_id, self.contest(contest_id).contest.slot)

    def issued(self, contest_id: str, class_id: str) -> credentials.CredentialsIssued:
        """The list of a contest and class."""
        keys = sorted(self.credential(n, contest_id, class_id).public for n in range(self.cards.generated))
        slot = self.contest(contest_id).contest.slot
        return credentials.CredentialsIssued(slot=slot, class_id=class_id, keys=b"".join(keys))

    def void(self, number: int, reason: str, contest_id: str = "motion", class_id: str = "delegate") -> bytes:
        """credential.voided of one card."""
        key = self.credential(number, contest_id, class_id)
        slot = self.contest(contest_id).contest.slot
        body = credentials.CredentialVoided(slot=slot, credential=key.public, reason=reason)
        return self.add(body, self.officials[0], key)

    def attendance(self, contest_id: str = "motion", **changes: object) -> contests.AttendanceDeclared:
        """The attendance that fits the cards."""
        classes = self.contest(contest_id).contest.classes
        present = self.cards.drawn * len(classes)
        facts: dict[str, object] = {
            "contest": contest_id,
            "should_attend": present + 1,
            "present": present,
            "cards": tuple(contests.ClassCards(name, self.cards.drawn, self.cards.test) for name in classes),
        }
        return contests.AttendanceDeclared(**{**facts, **changes})  # type: ignore[arg-type]  # the fields of the body

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

    def ballot(
        self,
        marks: tuple[int, ...],
        number: int,
        contest_id: str = "motion",
        class_id: str = "delegate",
        *,
        attempt: int = 0,
    ) -> SealedBallot:
        """The ballot of a card; every attempt has its own seed."""
        if self.state.joint_key is None:
            raise ValueError("there is no key yet")
        credential = self.credential(number, contest_id, class_id).public
        seed = Secret(self.ballot_seed(number, contest_id, class_id, attempt))
        contest = self.contest(contest_id).contest
        return seal_ballot(contest, self.state.session_id, self.state.joint_key, credential, marks, seed)

    def ballot_seed(self, number: int, contest_id: str, class_id: str, attempt: int) -> bytes:
        """The seed of a ballot."""
        return SeededRng(f"{self.seed} ballot {contest_id} {class_id} {number} {attempt}").bytes(32)

    def cast(
        self,
        marks: tuple[int, ...],
        number: int,
        contest_id: str = "motion",
        class_id: str = "delegate",
        *,
        attempt: int = 0,
    ) -> bytes:
        """ballot.cast, made but not kept: give it to :meth:`append`."""
        body = ballots.BallotCast(self.ballot(marks, number, contest_id, class_id, attempt=attempt))
        return self.entry(body, self.credential(number, contest_id, class_id), self.box)

    def challenge(
        self,
        marks: tuple[int, ...],
        number: int,
        contest_id: str = "motion",
        class_id: str = "delegate",
        *,
        attempt: int = 1,
    ) -> bytes:
        """ballot.challenged, made but not kept."""
        ballot = self.ballot(marks, number, contest_id, class_id, attempt=attempt)
        seed = self.ballot_seed(number, contest_id, class_id, attempt)
        body = ballots.BallotChallenged(ballot, marks, seed)
        return self.entry(body, self.credential(number, contest_id, class_id), self.box)

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

    def report(self, number: int, contest_id: str = "motion") -> closing.KioskReported:
        """What a kiosk reports: the first one had all ballots."""
        contest = self.contest(contest_id)
        if contest.closing is None:
            raise ValueError("the contest is not closed")
        cast, challenged = (contest.cast, contest.challenged) if number == 0 else (0, 0)
        return closing.KioskReported(
            contest=contest_id, cast=cast, challenged=challenged, root=contest.closing.root
        )

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

    @property
    def sharing(self) -> range:
        """The trustees who decrypt: one more than needed, where Q allows it."""
        return range(1, min(self.threshold + 1, self.state.quorum) + 1)

    def private_share(self, index: int) -> int:
        """s_index, which in a real session nobody but the trustee has."""
        return sum(party.share_for(self.state, index) for party in self.trustees.values()) % Q

    def shared(self, index: int, contest_id: str = "motion") -> counting.TallyShared:
        """The decryption shares of a trustee."""
        return self.trustees[index].shared(self.state, contest_id, self.private_share(index))

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
