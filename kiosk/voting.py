"""One delegate's turn: from a card and marks to a sealed ballot.

Every problem is one sentence for the person who stands there. Nothing in here talks to the server or to the disk.
"""

from dataclasses import dataclass, field
from typing import Final

from ballots.card import credential_key, parse_typed_code
from ballots.contest import Contest
from ballots.encrypt import new_seed, seal_ballot
from ballots.marks import complete_marks
from ballots.qr.credential import decode_credential
from ballots.sealed_ballot import SealedBallot, ballot_id
from kiosk.outbox import Delivery, Kind, OwnBallot
from tally.entries.ballots import BallotAssisted, BallotCast, BallotChallenged
from tally.entries.build import build_entry
from tally.entries.entry_type import EntryType
from tally.state import ContestState, State, Status
from voting_core.codec import Fields, parse_json
from voting_core.errors import EncodingError, InputError
from voting_core.params import MAX_CHALLENGES
from voting_core.rng import Rng
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

MAX_LINE: Final = 100_000
_ASSISTED_ID_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Request:
    """What a delegate wants: a card (typed code, or the digits of its QR code), a contest, marks by row id."""

    card: Secret[str]
    contest: str
    marks: Secret[dict[str, str]]
    challenge: bool


@dataclass(frozen=True, slots=True)
class SealedVote:
    """A sealed ballot whose code may be shown. Only now is it said whether it is cast or challenged."""

    contest: Contest
    credential: SigningKey
    ballot: SealedBallot
    marks: Secret[tuple[int, ...]]
    seed: Secret[bytes]
    id: bytes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", ballot_id(self.ballot))

    def cast(self, box: SigningKey) -> OwnBallot:
        """The entry that casts the ballot."""
        return self._own(EntryType.BALLOT_CAST, BallotCast(self.ballot), box, Kind.CAST)

    def challenge(self, box: SigningKey) -> OwnBallot:
        """The entry that opens the ballot instead of casting it."""
        body = BallotChallenged(self.ballot, self.marks.reveal(), self.seed.reveal())
        return self._own(EntryType.BALLOT_CHALLENGED, body, box, Kind.CHALLENGED)

    def _own(self, type_: EntryType, body: BallotCast | BallotChallenged, box: SigningKey, kind: Kind) -> OwnBallot:
        raw = build_entry(type_, body, self.ballot.session, [self.credential, box], time=None, seen=None)
        return OwnBallot(self.id, self.contest.id, kind, Delivery.WAITING, raw)


def read_request(line: str, place: str) -> Request:
    """Read a line `{"card", "contest", "marks": {row: mark}, "challenge"?}`.

    Raises:
        InputError: it is not of this form.
    """
    try:
        fields = Fields(parse_json(line.encode(), place, MAX_LINE), place)
        marks = fields.fields("marks")
        request = Request(
            card=Secret(fields.text("card")),
            contest=fields.text("contest"),
            marks=Secret({row: marks.text(row) for row in fields.object("marks")}),
            challenge=fields.boolean("challenge") if fields.has("challenge") else False,
        )
        fields.done()
    except EncodingError as error:
        raise InputError(place, error.problem, 'Write {"card": …, "contest": …, "marks": {row: mark}}') from error
    return request


def open_contests(state: State, kiosk: bytes = b"") -> tuple[Contest, ...]:
    """The contests that take ballots at kiosks now, in the order of the session; with its key, at this `kiosk`.

    One that scrutineers have recorded as lost in a contest takes no more ballots of it, also when it is found again and
    voting goes on: nobody waits any more for what it holds (SPEC §8.9).
    """
    found = (
        held.contest
        for held in state.contests.values()
        if held.status is Status.OPEN and not held.is_by_hand and kiosk not in held.lost
    )
    # The log keeps contests by id, in no order; their slots are their places in the session.
    return tuple(sorted(found, key=lambda contest: contest.slot))


def paper_contests(state: State) -> tuple[Contest, ...]:
    """The contests counted by hand that are open now, in the order of the session."""
    found = (held.contest for held in state.contests.values() if held.status is Status.OPEN and held.is_by_hand)
    return tuple(sorted(found, key=lambda contest: contest.slot))


def open_contest(state: State, contest_id: str, kiosk: bytes = b"", *, on_paper: bool = False) -> ContestState:
    """The contest, if it takes ballots now: from kiosks (with its key, from this `kiosk`), or `on_paper`.

    Raises:
        InputError: there is none of this id, or it is not open.
    """
    contest = state.contests.get(contest_id)
    if contest is None:
        raise InputError(
            f"contest {contest_id}", "there is no such contest in this session", "Choose one that is shown"
        )
    problem = {
        Status.DEFINED: ("it is not open yet", "Wait until the officials open it"),
        Status.OPEN: None,
        Status.PAUSED: ("it is paused", "Wait until the officials resume it"),
        Status.ABANDONED: ("it was broken off", "Wait for the new contest that takes its place"),
    }.get(contest.status, ("it is closed", "No more ballots are taken"))
    if contest.is_by_hand and not on_paper:
        problem = ("it is voted on paper", "Use the paper ballot")
    elif problem is None and kiosk in contest.lost:
        problem = ("this kiosk is recorded as lost in it", "Vote at another kiosk")
    if problem is not None:
        raise InputError(f"contest {contest_id}", *problem)
    return contest


def read_card(state: State, contest: Contest, card: Secret[str]) -> SigningKey:
    """The key of a card for a contest.

    Raises:
        InputError: mistyped, of another session, not of this contest, or voided.
    """
    text = card.reveal().strip()
    session = state.session_id
    secret = (
        decode_credential(text, session) if text.isdecimal() and len(text) > 32 else parse_typed_code(text, session)
    )
    key = credential_key(secret, session, contest.slot)
    issued = state.credentials.get(key.public)
    if issued is None or issued.slot != contest.slot:
        raise InputError("card", "it does not vote in this contest", "Ask at the desk which contests the card is for")
    if key.public in state.voided:
        raise InputError("card", "it was declared void", "Ask at the desk for another card")
    return key


def check_unused(*, used: bool, challenges: int, challenge: bool) -> None:
    """Refuse a card that has voted, and a fourth test.

    Raises:
        InputError: with what to do.
    """
    if used:
        raise spent_card(Kind.CAST)
    if challenge and challenges >= MAX_CHALLENGES:
        raise spent_card(Kind.CHALLENGED)


def spent_card(kind: Kind) -> InputError:
    """What to say to somebody whose card does not give another ballot of this kind."""
    if kind is Kind.CAST:
        return InputError(
            "card", "it has already voted in this contest", "Look the ballot up by the code of its receipt"
        )
    return InputError("card", f"{MAX_CHALLENGES} ballots were tested with it", "Cast the next one")


def assisted(sealed: SealedVote, box: SigningKey, rng: Rng) -> OwnBallot:
    """The note that somebody was assisted with a ballot: random, it says neither who nor with which."""
    body = BallotAssisted(sealed.contest.id, rng.bytes(_ASSISTED_ID_BYTES))
    raw = build_entry(EntryType.BALLOT_ASSISTED, body, sealed.ballot.session, [box], time=None, seen=None)
    return OwnBallot(body.id, body.contest, Kind.ASSISTED, Delivery.WAITING, raw)


def seal(state: State, contest: Contest, credential: SigningKey, request: Request, rng: Rng) -> SealedVote:
    """Seal a ballot within the rules of the contest.

    Raises:
        InputError: an unknown row or mark, a row without a mark, a limit exceeded.
    """
    marks = complete_marks(contest, request.marks.reveal())
    key = state.joint_key
    if key is None:
        raise InputError("session", "the scrutineers have not made the key yet", "Wait for them")
    seed = new_seed(rng)
    ballot = seal_ballot(contest, state.session_id, key, credential.public, marks, seed)
    return SealedVote(contest, credential, ballot, Secret(marks), seed)
