"""What the screen shows: where the turn stands, and everything that the turn holds. A value that is replaced whole."""

from dataclasses import dataclass, field
from enum import StrEnum

from ballots.contest import Contest
from ballots.screen.words import Said
from kiosk.booth_machine.events import Offer, Paper, SealedBallot
from kiosk.booth_machine.marking import Marking
from kiosk.booth_machine.typed_code import UNTYPED, TypedCode
from kiosk.booth_machine.view import PLAIN, View
from kiosk.outbox import Delivery
from voting_core.errors import StateError
from voting_core.secret import Secret


class Phase(StrEnum):
    """Where a turn stands; the value names the template of its page."""

    WELCOME = "welcome"
    TYPING = "typing"
    CHOOSING = "choosing"
    MARKING = "marking"
    HELPING = "helping"
    REVIEW = "review"
    SEALED = "sealed"
    TESTING = "testing"
    PRINTED = "printed"
    RECEIPT = "receipt"
    OPENED = "opened"
    REFUSED = "refused"
    THANKS = "thanks"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one delegate has brought and done. Nothing of it is in a text that this object gives of itself.

    `code` is that of the card, and None where ballots are filled in for paper, which the desk gives out by the sheet.
    `offers` are the open contests. `ballot` is there from sealing on, and `marking` as long as it can be corrected.
    After a test `marking` holds what was opened, until the delegate goes on. `about` is the contest of the ballot that
    was delivered last.
    """

    code: Secret[str] | None
    offers: tuple[Offer, ...]
    marking: Marking | None = None
    ballot: SealedBallot | None = field(default=None, repr=False)
    delivery: Delivery | None = None
    about: Contest | None = None
    helped: bool = False
    paper: Paper | None = None

    @property
    def on_paper(self) -> bool:
        """Whether the ballots of this turn are printed and counted by hand."""
        return self.code is None

    @property
    def left(self) -> tuple[Contest, ...]:
        """The contests in which the card still votes."""
        return tuple(offer.contest for offer in self.offers if offer.is_open)

    @property
    def has_voted_everywhere(self) -> bool:
        """Whether the card has a ballot in every contest that was open; not where one was not taken."""
        return bool(self.offers) and not any(offer.is_open or offer.not_taken for offer in self.offers)

    def offer_of(self, contest_id: str) -> Offer:
        """The offer of a contest in which the card still votes.

        Raises:
            StateError: it does not vote in it.
        """
        found = next((offer for offer in self.offers if offer.contest.id == contest_id and offer.is_open), None)
        if found is None:
            raise StateError("the card does not vote in this contest, or it is over")
        return found


@dataclass(frozen=True, slots=True)
class Screen:
    """The screen. `serial` grows with every change of `phase`; `touched` is when somebody last did something, and
    `typed` what was typed of a card's code.
    """

    phase: Phase = Phase.WELCOME
    serial: int = 0
    touched: float = 0.0
    view: View = PLAIN
    notice: Said | None = None
    typed: TypedCode = UNTYPED
    turn: Turn | None = None

    @property
    def going(self) -> Turn:
        """The turn that is going on.

        Raises:
            StateError: there is none.
        """
        if self.turn is None:
            raise StateError("nothing is begun here")
        return self.turn

    @property
    def marking(self) -> Marking:
        """The marks of the turn.

        Raises:
            StateError: no contest was chosen.
        """
        marking = self.going.marking
        if marking is None:
            raise StateError("no contest was chosen")
        return marking
