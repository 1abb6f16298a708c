"""A small session with all its people, for tests of the service and the stations.

Everything is valid and comes from a seed; a test changes only what it is about. The world replays what it writes, so
it always knows the log that a server must have. Two officials, two trustees of whom two are needed, one kiosk, one
class of cards.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from ballots.card import credential_key, new_card_secret
from ballots.contest import Contest, Kind, Row, RulesRef, Title, make_contest
from ballots.encrypt import new_seed, seal_ballot
from ballots.sealed_ballot import SealedBallot
from tally.entries.ballots import BallotAssisted, BallotCast, BallotChallenged
from tally.entries.build import build_entry
from tally.entries.ceremony import DkgCommitted, DkgConfirmed, DkgRevealed, SealedShare, TrusteeJoined
from tally.entries.closing import KioskReported
from tally.entries.contests import (
    AttendanceDeclared,
    ClassCards,
    ContestDefined,
    ContestOpened,
    KioskRegistered,
    RulesAdopted,
    rules_hash,
)
from tally.entries.credentials import CredentialsIssued, CredentialVoided
from tally.entries.reading import Body
from tally.entries.session import SessionCreated
from tally.replay import initial, replay
from tally.replay.expected import close_body
from tally.replay.transcripts import ceremony_transcript, deal_commitment, share_info
from tally.rules.loader import load_rule_set
from tally.state import State
from tests.support.seeded_rng import SeededRng
from voting_core.group import Point, Q, encode_scalar
from voting_core.prove.dealing import commit, constant_term, new_polynomial, share_for
from voting_core.prove.schnorr import prove_deal
from voting_core.schnorr import DealStatement
from voting_core.sealing import generate_sealing_secret, public_of, seal
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

CARDS = 40
RULES = load_rule_set("resolution_default")
TIME = 1_780_000_000


@dataclass
class Trustee:
    """A trustee's keys, and what it deals."""

    index: int
    signing: SigningKey
    witness: SigningKey
    polynomial: Secret[tuple[int, ...]]
    sealing: Secret[bytes]


@dataclass
class World:
    """The people of a session and the log they have written."""

    log_key: bytes
    service_key: bytes
    simulated: bool = False
    seed: str = "world"
    state: State = field(default_factory=initial)
    entries: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = SeededRng(self.seed)
        self.officials = sorted((self._key() for _ in range(2)), key=lambda key: key.public)
        self.trustees = [
            Trustee(index, self._key(), self._key(), new_polynomial(2, self.rng), generate_sealing_secret(self.rng))
            for index in (1, 2)
        ]
        self.kiosk, self.box = self._key(), self._key()
        self.cards = [new_card_secret(self.rng) for _ in range(CARDS)]

    def _key(self) -> SigningKey:
        return SigningKey.generate(self.rng)

    # Writing entries

    def entry(self, body: Body, type: str, *signers: SigningKey, **changes: object) -> bytes:
        """Build an entry over the log as it stands; the first signer is the author."""
        options = {"time": TIME, "seen": (self.state.size, self.state.root), **changes}
        session = body.session_id if isinstance(body, SessionCreated) else self.state.session_id
        return build_entry(type, body, session, signers, **options)  # type: ignore[arg-type]

    def add(self, raw: bytes) -> bytes:
        """Replay an entry that is in the server's log too, or will be."""
        self.state = replay(self.state, raw)
        self.entries.append(raw)
        return raw

    def write(self, body: Body, type: str, *signers: SigningKey) -> bytes:
        """Build an entry and replay it."""
        return self.add(self.entry(body, type, *signers))

    def decree(self, body: Body, type: str) -> bytes:
        """An entry of the two officials."""
        return self.write(body, type, *self.officials)

    @property
    def trustee_keys(self) -> tuple[SigningKey, ...]:
        """The signing keys of the trustees."""
        return tuple(trustee.signing for trustee in self.trustees)

    # The acts of a session

    def session_body(self, **changes: object) -> SessionCreated:
        """The body of `session.created`."""
        facts = {
            "title": "第一次会议",
            "place": "",
            "date": "2026-12-20",
            "kind": "congress",
            "simulated": self.simulated,
            "threshold": 2,
            "trustees": 2,
            "officials": tuple(key.public for key in self.officials),
            "log_key": self.log_key,
            "service_key": self.service_key,
            "nonce": bytes(32),
            **changes,
        }
        return SessionCreated(**facts)  # type: ignore[arg-type]

    def create(self) -> None:
        """Write `session.created`."""
        self.decree(self.session_body(), "session.created")

    def ceremony(self) -> None:
        """Let the trustees join and make the key."""
        for trustee in self.trustees:
            body = TrusteeJoined(
                index=trustee.index,
                name=f"监票人{trustee.index}",
                signing_key=trustee.signing.public,
                witness_key=trustee.witness.public,
            )
            self.write(body, "trustee.joined", trustee.signing, *self.officials)
        reveals = {trustee.index: self._reveal(trustee) for trustee in self.trustees}
        for trustee in self.trustees:
            body = reveals[trustee.index]
            commitment = deal_commitment(self.state, trustee.index, body.commitments, body.proof)
            sealing = public_of(trustee.sealing.reveal())
            committed = DkgCommitted(attempt=1, commitment=commitment, sealing_key=sealing)
            self.write(committed, "dkg.committed", trustee.signing)
        for trustee in self.trustees:
            self.write(reveals[trustee.index], "dkg.revealed", trustee.signing)
        for trustee in self.trustees:
            self.write(DkgConfirmed(1, ceremony_transcript(self.state)), "dkg.confirmed", trustee.signing)

    def _reveal(self, trustee: Trustee) -> DkgRevealed:
        commitments = commit(trustee.polynomial)
        statement = DealStatement(self.state.session_id, 1, self.state.roster_hash, trustee.index, commitments)
        proof = prove_deal(statement, constant_term(trustee.polynomial), self.rng)
        shares = []
        for other in self.trustees:
            if other.index != trustee.index:
                share = encode_scalar(share_for(trustee.polynomial, other.index).reveal())
                info = share_info(self.state, trustee.index, other.index)
                shares.append(SealedShare(other.index, seal(public_of(other.sealing.reveal()), info, share)))
        run = b"".join(point.encode() for point in commitments)
        return DkgRevealed(attempt=1, commitments=run, proof=proof.encode(), shares=tuple(shares))

    def prepare_voting(self, kiosks: Sequence[SigningKey] = ()) -> None:
        """Adopt rules and register kiosks (by default the world's own)."""
        self.decree(RulesAdopted(RULES.id, RULES.to_json()), "rules.adopted")
        for number, kiosk in enumerate(kiosks or (self.kiosk,), 1):
            body = KioskRegistered(name=str(number), kiosk=kiosk.public, box_key=self.box.public)
            self.write(body, "kiosk.registered", *self.officials, kiosk)

    def contest(self, id: str = "report", slot: int = 0, rows: int = 1) -> Contest:
        """A motion, by default with one row, so that its ballots are small."""
        return make_contest(
            id=id,
            kind=Kind.MOTION,
            title=Title(en="Report", zh="工作报告"),
            slot=slot,
            rows=[Row(f"r{number}", f"第{number}项") for number in range(rows)],
            marks=("approve", "disapprove", "abstain"),
            blank="abstain",
            rules=RulesRef(RULES.id, rules_hash(RULES.to_json())),
            classes=("delegate",),
        )

    def define(self, contest: Contest) -> None:
        """Define a contest and issue its credentials."""
        self.decree(ContestDefined(contest.to_json()), "contest.defined")
        keys = sorted(self.credential(number, contest).public for number in range(CARDS))
        body = CredentialsIssued(slot=contest.slot, class_id="delegate", keys=b"".join(keys))
        self.write(body, "credentials.issued", *self.trustee_keys)

    def open(self, contest: Contest, *, drawn: int = CARDS, test: int = 0) -> None:
        """Declare attendance and open a contest."""
        body = AttendanceDeclared(
            contest=contest.id, should_attend=CARDS, present=drawn, cards=(ClassCards("delegate", drawn, test),)
        )
        self.write(body, "attendance.declared", *self.trustee_keys)
        self.decree(ContestOpened(contest.id), "contest.opened")

    def close(self, contest: Contest) -> bytes:
        """Close a contest over the log as it stands."""
        return self.decree(close_body(self.state, contest.id), "contest.closed")

    def report(self, contest: Contest) -> bytes:
        """Let the kiosk report everything that the log has."""
        state = self.state.contest(contest.id)
        assert state.closing is not None
        body = KioskReported(contest=contest.id, cast=state.cast, challenged=state.challenged, root=state.closing.root)
        return self.write(body, "kiosk.reported", self.kiosk)

    # Cards and ballots

    def credential(self, card: int, contest: Contest) -> SigningKey:
        """The key of a card for a contest."""
        return credential_key(self.cards[card], self.state.session_id, contest.slot)

    @property
    def joint_key(self) -> Point:
        """The joint key of the session."""
        assert self.state.joint_key is not None
        return self.state.joint_key

    def sealed(
        self, card: int, contest: Contest, marks: Sequence[int] = (), seed: Secret[bytes] | None = None
    ) -> SealedBallot:
        """A sealed ballot of a card; by default everything is approved."""
        given = tuple(marks) or (0,) * len(contest.rows)
        credential = self.credential(card, contest).public
        seed = new_seed(self.rng) if seed is None else seed
        return seal_ballot(contest, self.state.session_id, self.joint_key, credential, given, seed)

    def cast(self, card: int, contest: Contest, marks: Sequence[int] = ()) -> bytes:
        """A `ballot.cast` entry of a card."""
        return self.signed_ballot(BallotCast(self.sealed(card, contest, marks)), "ballot.cast", card, contest)

    def altered(self, card: int, contest: Contest, **parts: bytes) -> bytes:
        """A `ballot.cast` entry, rightly signed, with other bytes in `ciphertexts_bytes` or `argument_bytes`."""
        ballot = replace(self.sealed(card, contest), **parts)
        return self.signed_ballot(BallotCast(ballot), "ballot.cast", card, contest)

    def forged(self, card: int, contest: Contest) -> bytes:
        """A `ballot.cast` entry whose argument is well-formed and false: its last scalar is one too large (eq. 4)."""
        ballot = self.sealed(card, contest)
        rho = (int.from_bytes(ballot.argument_bytes[-32:], "little") + 1) % Q
        changed = replace(ballot, argument_bytes=ballot.argument_bytes[:-32] + encode_scalar(rho))
        return self.signed_ballot(BallotCast(changed), "ballot.cast", card, contest)

    def challenged(self, card: int, contest: Contest, marks: Sequence[int] = ()) -> bytes:
        """A `ballot.challenged` entry of a card."""
        seed = new_seed(self.rng)
        given = tuple(marks) or (0,) * len(contest.rows)
        body = BallotChallenged(self.sealed(card, contest, given, seed), given, seed.reveal())
        return self.signed_ballot(body, "ballot.challenged", card, contest)

    def assisted(self, contest: Contest) -> bytes:
        """A `ballot.assisted` entry."""
        body = BallotAssisted(contest.id, self.rng.bytes(16))
        return self.entry(body, "ballot.assisted", self.box, time=None, seen=None)

    def signed_ballot(self, body: Body, type: str, card: int, contest: Contest) -> bytes:
        """An entry signed by a card's key and the ballot box."""
        return self.entry(body, type, self.credential(card, contest), self.box, time=None, seen=None)

    def void(self, card: int, contest: Contest, reason: str) -> bytes:
        """A `credential.voided` entry, not replayed here."""
        credential = self.credential(card, contest)
        body = CredentialVoided(slot=contest.slot, credential=credential.public, reason=reason)
        return self.entry(body, "credential.voided", self.officials[0], credential)


def voting(world: World, post: Callable[[bytes], object], contest: Contest) -> None:
    """Take a session from nothing to an open contest, posting every entry."""
    world.create()
    world.ceremony()
    world.prepare_voting()
    world.define(contest)
    world.open(contest)
    for raw in world.entries:
        post(raw)


def voting_world() -> tuple[World, Contest]:
    """A world with an open contest, without a server."""
    log, service = (SigningKey.generate(SeededRng(seed)).public for seed in ("log", "service"))
    world = World(log, service)
    contest = world.contest()
    voting(world, lambda _: None, contest)
    return world, contest
