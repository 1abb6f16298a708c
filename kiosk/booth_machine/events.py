"""What can happen at the screen, and what the screen asks to be done.

* A :class:`Touch` comes from a form and carries the serial number of the screen that it was drawn on: a form of an
  earlier screen, such as the second half of a double tap, does nothing.
* A :class:`Result` answers an :class:`Effect`, and is only looked at while that effect is awaited.
"""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from ballots.contest import Contest
from ballots.screen.words import Said
from kiosk.outbox import Delivery
from voting_core.secret import Secret


class SealedBallot(Protocol):
    """A sealed ballot, as far as the screen needs it."""

    @property
    def id(self) -> bytes:
        """The ballot's id, of which the confirmation code is made."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A contest that is open, and whether this card still votes in it. `tests_left` ballots may still be tested.

    `not_taken` says that the ballot which was made here did not count: it was refused, or the contest was over.
    """

    contest: Contest
    tests_left: int
    is_open: bool = True
    not_taken: bool = False


# Touches


@dataclass(frozen=True, slots=True)
class CardShown:
    """A card was read by camera or scanner, or its code was typed to the end."""

    code: Secret[str]


@dataclass(frozen=True, slots=True)
class NotACard:
    """What was shown to the camera is no single readable card; `said` helps."""

    said: Said


@dataclass(frozen=True, slots=True)
class Type:
    """Begin to type a card's code by hand."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """Begin to fill in a ballot that is printed and counted by hand; it needs no card but the sheet of the desk."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the pad: a character, or ``back``."""

    key: str


@dataclass(frozen=True, slots=True)
class Look:
    """Show another group of the code that is being typed."""

    group: int


@dataclass(frozen=True, slots=True)
class Choose:
    """Begin with a contest."""

    contest: str


@dataclass(frozen=True, slots=True)
class Tap:
    """Give a row a mark."""

    row: str
    mark: str


@dataclass(frozen=True, slots=True)
class Rest:
    """Give all rows that are still blank a mark."""

    mark: str


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last mark back."""


@dataclass(frozen=True, slots=True)
class TurnTo:
    """Look at the part of the list with this row; None for the first blank one."""

    row: int | None


@dataclass(frozen=True, slots=True)
class Finish:
    """The marks are made: to the summary."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The summary is right: make the ballot."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Cast the sealed ballot."""


@dataclass(frozen=True, slots=True)
class AskTest:
    """Hear what testing this machine means."""


@dataclass(frozen=True, slots=True)
class OpenAsTest:
    """Open the sealed ballot instead of casting it."""


@dataclass(frozen=True, slots=True)
class AskHelp:
    """Hear what being assisted means."""


@dataclass(frozen=True, slots=True)
class Helped:
    """Say that somebody assists with this ballot, or no longer."""

    helped: bool


@dataclass(frozen=True, slots=True)
class PrintAgain:
    """The paper did not come out, or not whole: print the same once more."""


@dataclass(frozen=True, slots=True)
class Back:
    """One step back; a sealed ballot is thrown away unread, and its marks can be corrected."""


@dataclass(frozen=True, slots=True)
class GoOn:
    """After a receipt or a test: to the next ballot."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Finish: everything is forgotten."""


@dataclass(frozen=True, slots=True)
class Show:
    """Change how the screen looks."""

    what: str
    value: str


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody is still there."""


Act: TypeAlias = (
    CardShown
    | NotACard
    | Type
    | OnPaper
    | Key
    | Look
    | Choose
    | Tap
    | Rest
    | Undo
    | TurnTo
    | Finish
    | Seal
    | Cast
    | AskTest
    | OpenAsTest
    | AskHelp
    | Helped
    | PrintAgain
    | Back
    | GoOn
    | Leave
    | Show
    | Here
)


@dataclass(frozen=True, slots=True)
class Touch:
    """An act at the screen with this serial number."""

    serial: int
    act: Act


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed."""


# What the screen asks for


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Find out in which contests a card votes."""

    code: Secret[str]


@dataclass(frozen=True, slots=True)
class BeginPaper:
    """Find out which contests are filled in here for paper, and whether the printer prints."""


@dataclass(frozen=True, slots=True)
class MakeBallot:
    """Seal a ballot of these marks; nothing is stored or sent."""

    code: Secret[str]
    contest: Contest
    marks: Secret[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Deliver:
    """Cast a sealed ballot, or open it as a test; it is kept before it is sent."""

    ballot: SealedBallot
    contest: Contest
    test: bool
    helped: bool


@dataclass(frozen=True, slots=True)
class PrintPaper:
    """Print the last paper once more."""


@dataclass(frozen=True, slots=True)
class PrintBallot:
    """Print a ballot that is the ballot itself: nothing is sealed, sent or kept of it."""

    contest: Contest
    marks: Secret[dict[str, str]]


Effect: TypeAlias = ReadCard | BeginPaper | MakeBallot | Deliver | PrintPaper | PrintBallot


# What came of it


@dataclass(frozen=True, slots=True)
class CardRead:
    """The card votes here."""

    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class PaperBegun:
    """These are filled in here for paper."""

    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """The ballot is sealed; `said` tells what was not as it should be, such as a printer without paper."""

    ballot: SealedBallot
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper record was printed; or it was not, and `wrong` says why."""

    wrong: Said | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """The ballot is kept and, as far as the server answered, delivered; with its paper, where there is one."""

    delivery: Delivery
    paper: Paper | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """It was not done, and nothing was changed; `said` tells why.

    `over` when the contest takes no ballots any more, `slip` when a code that was typed has a slip to be mended.
    """

    said: Said
    over: bool = False
    slip: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """The station must not go on."""

    said: Said


Result: TypeAlias = CardRead | PaperBegun | Made | Delivered | Paper | Failed | Broken
