"""A whole session, from the first entry to the sealed log (SPEC §1.3), in one process.

Every step is the real one: keys are dealt and confirmed, ballots sealed and proved, arguments verified, totals
decrypted from shares with proofs,
outcomes decided by the adopted rules. Only the people are missing: one process plays all of them, and one replay
stands for the replays that
several scrutineers would run. The first entry says that the session is simulated.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ballots.contest import Contest
from tally.entries.closing import KioskReported
from tally.entries.contests import (
    AttendanceDeclared,
    ClassCards,
    ContestDefined,
    ContestOpened,
    KioskRegistered,
    RulesAdopted,
)
from tally.entries.credentials import CredentialsIssued
from tally.entries.outcome import ResultPublished
from tally.entries.session import SessionSealed
from tally.replay.expected import close_body, counted_body, outcome_body
from tally.simulate.cards import card_keys, cast_ballot, make_cards
from tally.simulate.hall import Hall
from tally.simulate.inputs import Contested, Simulation, Voters
from tally.simulate.scrutineers import Scrutineers
from tally.state import State
from voting_core.errors import FatalError
from voting_core.public import SODIUM, PublicGroup
from voting_core.rng import Rng
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

Report = Callable[[str, int, int], None]
"""Called with the name of a step, how much of it is done, and how much there is."""

PUBLISHED_TO = "all"


@dataclass(frozen=True, slots=True)
class Simulated:
    """A sealed session: its log, the checkpoint of the whole log by its size, the key that signs the record, and the
    state.
    """

    entries: tuple[bytes, ...]
    checkpoints: tuple[tuple[int, bytes], ...]
    service_key: SigningKey
    state: State


def simulate(
    plan: Simulation, rng: Rng, clock: Callable[[], int], report: Report, group: PublicGroup = SODIUM
) -> Simulated:
    """Run the session; `group` is the backend that verifies its ballots.

    Raises:
        VerificationError: an entry is refused by replay; for input that was read by `tally.plan`, that is a mistake
        in this program.
    """
    hall = Hall(rng, clock, group)
    hall.create(
        kind=plan.kind,
        title=plan.title,
        date=plan.date,
        place=plan.place,
        trustees=len(plan.scrutineers),
        threshold=plan.threshold,
    )
    scrutineers = Scrutineers.join(hall, plan.scrutineers)
    scrutineers.make_key(hall)
    report("监票人生成密钥 scrutineers make the key", 1, 1)
    box = _prepare(hall, plan, scrutineers)
    for item in plan.contests:
        _vote(hall, item, box, scrutineers, report)
    scrutineers.destroy_keys(hall)
    hall.decree(SessionSealed())
    note = hall.checkpoint(scrutineers.witnesses)
    return Simulated(tuple(hall.entries), ((hall.state.size, note),), hall.service_key, hall.state)


@dataclass(frozen=True, slots=True)
class _Equipment:
    """The kiosk of the simulation, the ballot-box key, and the card secrets of each contest."""

    kiosk: SigningKey
    box: SigningKey
    cards: tuple[Secret[bytes], ...]


def _prepare(hall: Hall, plan: Simulation, scrutineers: Scrutineers) -> _Equipment:
    """Adopt rules, register the kiosk, define the contests and issue the credentials."""
    for rules in plan.rules.values():
        hall.decree(RulesAdopted(rules.id, rules.to_json()))
    kiosk, box = SigningKey.generate(hall.rng), SigningKey.generate(hall.rng)
    hall.decree(KioskRegistered(name="1", kiosk=kiosk.public, box_key=box.public), kiosk)
    cards = make_cards(max((item.present for item in plan.contests), default=0), hall.rng)
    for item in plan.contests:
        contest = item.contest
        hall.decree(ContestDefined(contest.to_json()), *(scrutineers.quorum(hall) if contest.waiver else ()))
        for voters, own in _by_class(item, cards):
            keys = sorted(key.public for key in card_keys(own, hall.state.session_id, contest.slot))
            issued = CredentialsIssued(slot=contest.slot, class_id=voters.class_id, keys=b"".join(keys))
            hall.append(issued, *scrutineers.pair)
    return _Equipment(kiosk, box, cards)


def _by_class(item: Contested, cards: Sequence[Secret[bytes]]) -> Iterator[tuple[Voters, Sequence[Secret[bytes]]]]:
    """Each class of a contest in which somebody is present, with its cards: one for each of them."""
    start = 0
    for voters in item.voters:
        if voters.present:
            yield voters, cards[start : start + voters.present]
        start += voters.present


def _vote(hall: Hall, item: Contested, equipment: _Equipment, scrutineers: Scrutineers, report: Report) -> None:
    """Hold one contest: from attendance to the published result."""
    contest = item.contest
    cards = tuple(ClassCards(voters.class_id, drawn=voters.present, test=0) for voters in item.voters)
    hall.append(
        AttendanceDeclared(contest=contest.id, should_attend=item.should_attend, present=item.present, cards=cards),
        *scrutineers.pair,
    )
    hall.decree(ContestOpened(contest.id))
    _cast(hall, item, equipment, report)
    hall.decree(close_body(hall.state, contest.id))
    closing = hall.state.contest(contest.id).closing
    if closing is None:
        raise FatalError(f"{contest.id} was closed and has no closed root")
    count = hall.state.contest(contest.id).cast
    hall.append(KioskReported(contest=contest.id, cast=count, challenged=0, root=closing.root), equipment.kiosk)
    scrutineers.decrypt(hall, contest.id)
    hall.append(counted_body(hall.state, contest.id), hall.officials[0])
    scrutineers.count_slips(hall, contest)
    hall.decree(outcome_body(hall.state, contest.id))
    scrutineers.sign_report(hall, contest.id)
    hall.decree(ResultPublished(contest.id, PUBLISHED_TO))
    report(f"{contest.title.zh}：开票 counted", 1, 1)


def _cast(hall: Hall, item: Contested, equipment: _Equipment, report: Report) -> None:
    """Seal all ballots of a contest and put them into the log in the order of their ids (SPEC §8.7)."""
    contest: Contest = item.contest
    key = hall.state.joint_key
    if key is None:
        raise FatalError("the ceremony ended without a key")
    session = hall.state.session_id
    sealed = []
    for voters, cards in _by_class(item, equipment.cards):
        credentials = card_keys(cards, session, contest.slot)
        for credential, marks in zip(credentials, voters.ballots, strict=False):
            sealed.append(cast_ballot(contest, session, key, credential, equipment.box, marks, hall.rng))
            report(f"{contest.title.zh}：加密 sealed", len(sealed), item.ballots)
    verified = 0

    def advance(count: int) -> None:
        nonlocal verified
        verified += count
        report(f"{contest.title.zh}：核验 verified", verified, item.ballots)

    hall.append_ballots([raw for _, raw in sorted(sealed)], advance)
