"""The parties of a session in tests and the entries they make, at any point of a session.

:class:`SessionParts` makes, signs, replays and keeps entries; the order of a whole session is in
:mod:`tests.support.session`. Everything follows from the seed, byte for byte.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from ballots.card import credential_key
from ballots.contest import Contest, Kind, RulesRef
from ballots.encrypt import seal_ballot
from ballots.sealed_ballot import SealedBallot
from tally.entries import ballots, closing, contests, counting, credentials, session
from tally.entries.bodies import TYPES
from tally.entries.build import build_entry
from tally.entries.entry_type import EntryType
from tally.entries.reading import Body
from tally.replay import initial, replay
from tally.state import ContestState, State, Status
from tests.support.builders import small_contest
from tests.support.seeded_rng import SeededRng
from tests.support.trustee_party import TrusteeParty
from voting_core.codec import JsonObject
from voting_core.group import Q
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

Hook = Callable[["SessionParts", EntryType, bytes], bytes]
"""Sees every entry before replay, and gives the bytes that are replayed."""


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


def motion_contest(rules: RulesRef, **changes: Any) -> Contest:
    """A motion of one row and three marks, the smallest contest."""
    settings = {"id": "motion", "kind": Kind.MOTION, "rules": rules, "blank": "abstain", **changes}
    return small_contest(1, **settings)


class SessionParts:
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
        type_ = type or TYPES[body.__class__]
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

    def fork(self) -> Self:
        """A copy that goes its own way from here."""
        other = copy.copy(self)
        other.entries = list(self.entries)
        other.trustees = {n: TrusteeParty(self.seed, n, dict(p.polynomials)) for n, p in self.trustees.items()}
        return other

    def contest(self, contest_id: str = "motion") -> ContestState:
        """The contest as it stands."""
        return self.state.contest(contest_id)

    @property
    def contest_ids(self) -> tuple[str, ...]:
        """The contests in the order of their slots, without those that are abandoned."""
        ids = (self.state.slots[slot] for slot in sorted(self.state.slots))
        return tuple(id_ for id_ in ids if self.contest(id_).status is not Status.ABANDONED)

    def session_body(self, **changes: Any) -> session.SessionCreated:
        """What session.created says."""
        facts: dict[str, Any] = {
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
        return session.SessionCreated(**{**facts, **changes})

    def rules_ref(self) -> RulesRef:
        """The reference of contests to the adopted rule set."""
        return RulesRef(self.rule_set, self.state.rules[self.rule_set].hash)

    def definers(self, contest: Contest) -> tuple[SigningKey, ...]:
        """Who signs contest.defined: with a waiver, all trustees too."""
        more = tuple(party.signing for party in self.trustees.values()) if contest.waiver else ()
        return (*self.officials, *more)

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

    def attendance(self, contest_id: str = "motion", **changes: Any) -> contests.AttendanceDeclared:
        """The attendance that fits the cards."""
        classes = self.contest(contest_id).contest.classes
        present = self.cards.drawn * len(classes)
        facts: dict[str, Any] = {
            "contest": contest_id,
            "should_attend": present + 1,
            "present": present,
            "cards": tuple(contests.ClassCards(name, self.cards.drawn, self.cards.test) for name in classes),
            "boxes": (contests.Box("一", present),) if self.contest(contest_id).is_by_hand else (),
        }
        return contests.AttendanceDeclared(**{**facts, **changes})

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

    def report(self, number: int, contest_id: str = "motion") -> closing.KioskReported:
        """What a kiosk reports: the first one had all ballots."""
        contest = self.contest(contest_id)
        if contest.closing is None:
            raise ValueError("the contest is not closed")
        cast, challenged = (contest.cast, contest.challenged) if number == 0 else (0, 0)
        return closing.KioskReported(contest=contest_id, cast=cast, challenged=challenged, root=contest.closing.root)

    def abandon(self, contest_id: str = "motion", reason: str = "emergency") -> bytes:
        """contest.abandoned, by the officials and all trustees."""
        trustees = (party.signing for party in self.trustees.values())
        return self.add(contests.ContestAbandoned(contest_id, reason), *self.officials, *trustees)

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
