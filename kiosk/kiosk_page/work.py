"""Doing what the screen asks for, with the station: look at a card, seal a ballot, deliver it.

Whatever comes of it is a result for the machine. Nothing that is done here is done twice by itself.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

from ballots.contest import Contest
from ballots.marks import complete_marks
from ballots.paper.receipt_sheet import receipt_sheet
from ballots.screen.words import Said
from kiosk import voting
from kiosk.booth_machine.events import (
    BeginPaper,
    Broken,
    CardRead,
    Deliver,
    Delivered,
    Effect,
    Failed,
    Made,
    MakeBallot,
    Offer,
    Paper,
    PaperBegun,
    PrintBallot,
    PrintPaper,
    ReadCard,
    Result,
)
from kiosk.client import Refused, Unreachable
from kiosk.kiosk_page import card_words, words
from kiosk.kiosk_page.jobs import Jobs
from kiosk.outbox import Delivery, Kind
from kiosk.paper.press import Press
from kiosk.paper.printers import REFUSED, Printer, PrinterError
from kiosk.receipts import receipt_of
from kiosk.station import Station
from tally.state import Status
from voting_core.errors import FatalError, InputError, PlenumError
from voting_core.params import MAX_CHALLENGES
from voting_core.secret import Secret

T = TypeVar("T")

_PAUSES: Final = (Status.PAUSED, Status.DEFINED)


class Work:
    """What a station does for its screen."""

    def __init__(self, station: Station, jobs: Jobs, press: Press | None = None, slips: Printer | None = None) -> None:
        self._station = station
        self._jobs = jobs
        self._press = press
        self._slips = slips

    def perform(self, effect: Effect) -> Result:
        """Do one thing, and tell what came of it."""
        try:
            match effect:
                case ReadCard():
                    return self._read(effect.code)
                case BeginPaper():
                    return self._begin_paper()
                case MakeBallot():
                    return self._make(effect)
                case Deliver():
                    return self._deliver(effect)
                case PrintPaper():
                    return self._print(lambda press: press.again())
                case PrintBallot():
                    return self._print_ballot(effect)
        except FatalError:
            return Broken(words.BROKEN)
        except (PlenumError, Refused) as error:
            return Failed(words.kiosk_words(error))

    # Cards

    def _read(self, code: Secret[str]) -> Result:
        try:
            offers = self._jobs.ask(lambda: self._offers(code))
        except InputError as error:
            return Failed(card_words.card_words(error), slip=card_words.is_slip(error))
        except Unreachable:
            # The kiosk's own disk knows all the same: nobody must believe that a ballot that waits here was not cast.
            if self._jobs.ask(lambda: self._waits(code)):
                return Failed(card_words.QUEUED)
            raise
        if any(offer.is_open for offer in offers):
            return CardRead(offers)
        waiting = self._jobs.ask(lambda: self._waits(code))
        return Failed(card_words.QUEUED if waiting else card_words.USED)

    def _offers(self, code: Secret[str]) -> tuple[Offer, ...]:
        """The open contests of a card; the reason of the last one when it has no part in any of them."""
        if self._press is not None and self._press.setting is None:
            # Before the first ballot the kiosk knows whether it is printed.
            self._press.agree(self._station.client.paper())
        state, own = self._station.state, self._station.own
        problem = InputError("contest", "no contest is open now", "Wait until the officials open one")
        if voting.open_contests(state):
            problem = InputError("contest", "this kiosk takes no ballots of what is open", "Vote at another kiosk")
        offers = []
        for contest in voting.open_contests(state, own):
            try:
                offers.append(self._offer(code, contest))
            except InputError as error:
                problem = error
        if not offers:
            raise problem
        return tuple(offers)

    def _offer(self, code: Secret[str], contest: Contest) -> Offer:
        key = voting.read_card(self._station.state, contest, code).public
        answer = self._station.client.credential(contest.slot, key)
        kept = Counter(own.kind for own in self._station.kept_of(contest.id, key))
        tested = max(answer.challenges, kept[Kind.CHALLENGED])
        return Offer(contest, MAX_CHALLENGES - tested, is_open=not (answer.used or kept[Kind.CAST]))

    def _waits(self, code: Secret[str]) -> bool:
        """Whether a ballot of the card waits here to be delivered, in a contest that is open."""
        state = self._station.state
        for contest in voting.open_contests(state):
            with suppress(InputError):
                kept = self._station.kept_of(contest.id, voting.read_card(state, contest, code).public)
                if any(own.kind is Kind.CAST and own.delivery is Delivery.WAITING for own in kept):
                    return True
        return False

    # Ballots

    def _make(self, effect: MakeBallot) -> Result:
        # What is asked of the server was asked when the card was read, and is judged again when the ballot comes there.
        request = voting.Request(effect.code, effect.contest.id, effect.marks, challenge=False)
        return self._while_open(effect.contest.id, lambda: self._made(self._station.prepare(request)))

    def _made(self, sealed: voting.SealedVote) -> Result:
        """Print the code before anybody says what becomes of the ballot. It is on the screen all the same."""
        if self._slips is None:
            return Made(sealed)
        facts, receipt = self._station.state.facts, receipt_of(self._station.state, sealed.id, None)
        day = date.fromisoformat(facts.date)
        try:
            self._slips.send(Secret(receipt_sheet(receipt, facts.title, day, simulated=facts.simulated)))
        except PlenumError as error:
            # A slip that cannot be printed keeps nobody from voting.
            wrong = error.said if isinstance(error, PrinterError) else REFUSED
            said = Said(f"{wrong.zh}。请记下或拍下确认码", f"{wrong.en}. Note the code, or photograph it")
            return Made(sealed, said)
        return Made(sealed)

    def _deliver(self, effect: Deliver) -> Result:
        sealed = effect.ballot
        if not isinstance(sealed, voting.SealedVote):
            raise TypeError("this is no ballot of this station")

        def send() -> Result:
            delivery = self._station.finish(sealed, challenge=effect.test, helped=effect.helped)
            return Delivered(delivery)

        result = self._jobs.ask(lambda: self._while_open(effect.contest.id, send))
        press = self._press
        if press is None or effect.test or not press.prints(effect.contest) or not isinstance(result, Delivered):
            return result
        if result.delivery is Delivery.REFUSED:
            return result
        # The ballot is kept by now. Its paper is drawn here and not by the station, which goes on delivering.
        state, marks = self._station.state, sealed.marks
        return replace(result, paper=self._print(lambda press: press.print(state, effect.contest, marks)))

    # Ballots of record

    def paper_contests(self) -> tuple[Contest, ...]:
        """The open contests counted by hand whose ballots are printed here; none before the setting is known."""
        press = self._press
        if press is None:
            return ()
        return tuple(contest for contest in voting.paper_contests(self._station.state) if press.prints(contest))

    def _begin_paper(self) -> Result:
        contests = self.paper_contests()
        if self._press is None or not contests:
            return Failed(words.NO_PAPER)
        wrong = self._press.problem(self._station.state)
        if wrong is not None:
            # Nobody fills in sixty names for a printer without paper.
            return Failed(wrong)
        return PaperBegun(tuple(Offer(contest, 0) for contest in contests))

    def _print_ballot(self, effect: PrintBallot) -> Result:
        state, contest = self._station.state, effect.contest
        marks = Secret(complete_marks(contest, effect.marks.reveal()))

        def printed() -> Result:
            return self._print(lambda press: press.print(state, contest, marks))

        return self._while_open(contest.id, printed, on_paper=True)

    def forget(self) -> None:
        """Forget the paper that could be printed again: its delegate is gone, or goes on."""
        if self._press is not None:
            self._press.forget()

    def _print(self, work: Callable[[Press], None]) -> Paper:
        if self._press is None:
            raise TypeError("this kiosk prints no paper")
        try:
            work(self._press)
        except PlenumError as error:
            # The ballot is cast: whatever becomes of its paper, nobody is told that nothing was done.
            return Paper(error.said if isinstance(error, PrinterError) else REFUSED)
        return Paper()

    def _while_open(self, contest_id: str, work: Callable[[], Result], *, on_paper: bool = False) -> Result:
        """Do it, unless the log says by now that no ballot is taken."""
        try:
            voting.open_contest(self._station.state, contest_id, self._station.own, on_paper=on_paper)
        except InputError:
            contest = self._station.state.contests.get(contest_id)
            if contest is not None and contest.status in _PAUSES:
                return Failed(words.PAUSED)
            is_open = contest is not None and contest.status is Status.OPEN
            return Failed(words.GIVEN_UP if is_open else words.OVER, over=True)
        try:
            return work()
        except InputError:
            # The card was read and the marks were checked: only a card that was voided meanwhile is left.
            return Failed(words.VOIDED_MEANWHILE, over=True)
