"""The life of one contest in a demonstration, from attendance to publication."""

from collections.abc import Callable, Sequence
from functools import partial

from ballots.card import CardSecret
from ballots.contest import Contest, WriteInWay
from kiosk.demo.cards import RESERVE, TEST, Cards, challenges, keys_of, run_of, spare_class
from kiosk.demo.hall import Hall
from tally.entries.contests import AttendanceDeclared, ClassCards, ContestOpened, ContestPaused
from tally.entries.credentials import CredentialsIssued, CredentialVoided, ReserveSealed
from tally.entries.outcome import ResultPublished
from tally.entries.sheets import CountEntered
from tally.plan.evaluators import present_by_class
from tally.roll.person import Roll
from tally.simulate.scrutineers import EMPTY_SLIPS
from tally.state import State, Status
from voting_core.errors import FatalError

Report = Callable[[str, int, int], None]
"""Called with a step, how much of it is done, and how much there is."""


def issue_cards(hall: Hall, contests: Sequence[Contest], cards: Cards, roll: Roll, report: Report) -> None:
    """Publish the credentials of every contest and seal the reserve, each signed by two scrutineers."""
    session = hall.state.session_id
    for number, contest in enumerate(contests, 1):
        for name, own in cards.of_classes(contest, present_by_class(contest, roll)).items():
            keys = run_of(own, session, contest.slot)
            hall.ask_pair(CredentialsIssued(slot=contest.slot, class_id=name, keys=keys))
            hall.wait("credentials of a contest", partial(_issued, contest.slot, name))
        report("凭证登记 credentials issued", number, len(contests))
    for name in sorted({spare_class(contest) for contest in contests}):
        hall.ask_pair(ReserveSealed(name, RESERVE))
        hall.wait("the sealed reserve", partial(_sealed, name))


def _issued(slot: int, name: str, state: State) -> bool:
    return (slot, name) in state.lists


def _sealed(name: str, state: State) -> bool:
    return name in state.reserve


def hold(hall: Hall, contest: Contest, cards: Cards, roll: Roll, active: int, report: Report) -> None:
    """Hold one contest with the kiosks and scrutineers that are there; `active` scrutineers verify and sign."""
    title, id_ = contest.title.zh, contest.id
    _open(hall, contest, cards, roll)
    expected = len(cards.drawn) + challenges(len(cards.drawn))
    step = f"{title}：投票 voting"

    def delivered(_state: State) -> bool:
        count = hall.delivered(id_)
        report(step, count, expected)
        if hall.refusals():
            raise FatalError(f"a kiosk refused a ballot: {hall.refusals()[0]}")
        return count >= expected

    hall.wait(step, delivered)
    # Pausing brings the waiting ballots into the log, so that test cards can be voided over what they challenged.
    hall.officials.decree(ContestPaused(id_))
    _void(hall, contest, cards.test, "test")
    hall.officials.close(id_)
    threshold = hall.state.facts.threshold
    _progress(hall, f"{title}：核验 scrutineers verify", active, report, lambda state: len(state.contest(id_).verified))
    _progress(hall, f"{title}：解密 decrypt", threshold, report, lambda state: len(state.contest(id_).good_shares))
    hall.officials.first.count(id_)
    _count_slips(hall, contest)
    hall.officials.declare(id_)
    _progress(hall, f"{title}：签字 report signed", active, report, lambda state: len(state.contest(id_).signers))
    hall.officials.decree(ResultPublished(id_, "all"))


def _count_slips(hall: Hall, contest: Contest) -> None:
    """Where persons can be written in on slips, two scrutineers enter that nobody was."""
    if contest.write_ins.way is WriteInWay.SLIPS:
        hall.ask_pair(CountEntered.slips(contest.id, EMPTY_SLIPS))
        hall.wait("the count of slips", lambda state: not state.contest(contest.id).uncounted_boxes)


def _open(hall: Hall, contest: Contest, cards: Cards, roll: Roll) -> None:
    _void(hall, contest, cards.left_over, "left_over")
    spare = spare_class(contest)
    drawn = present_by_class(contest, roll)
    hall.ask_pair(
        AttendanceDeclared(
            contest=contest.id,
            should_attend=roll.should_attend,
            present=len(cards.drawn),
            cards=tuple(ClassCards(name, drawn[name], TEST if name == spare else 0) for name in contest.classes),
        )
    )
    hall.wait("attendance", lambda state: state.contest(contest.id).attendance is not None)
    hall.officials.decree(ContestOpened(contest.id))
    hall.wait("opening", lambda state: state.contest(contest.id).status is Status.OPEN)


def _void(hall: Hall, contest: Contest, cards: Sequence[CardSecret], reason: str) -> None:
    session = hall.state.session_id
    for key in keys_of(cards, session, contest.slot):
        hall.officials.first.void(CredentialVoided(slot=contest.slot, credential=key.public, reason=reason), key)


def _progress(hall: Hall, step: str, total: int, report: Report, count: Callable[[State], int]) -> None:
    def enough(state: State) -> bool:
        report(step, min(count(state), total), total)
        return count(state) >= total

    hall.wait(step, enough)
