"""What is true of a person at the desk, and what each act there makes of it. Pure; no time, no order, no card.

Every act says what is to be true afterwards, so doing it twice is the same as doing it once. Cards that come back are
counted, and an act on that number says which number it saw: pressing twice gives back one card.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from ballots.screen.words import Said
from voting_core.errors import StateError

MAX_CARDS_BACK: Final = 99
"""Cards that one person may give back; whoever needs more has another problem than a damaged card."""


class DeskError(StateError):
    """Something at the desk that does not fit; `said` tells it in both languages."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


NOT_ARRIVED: Final = Said(
    "此人尚未报到；不能来的请记请假", "this person has not arrived; note leave of absence instead"
)
HAS_ARRIVED: Final = Said(
    "此人已经报到；请记离场，或先撤销报到",
    "this person has arrived; note that they left, or undo the check-in first",
)
HOLDS_CARD: Final = Said(
    "此人手里有表决卡；先收回，再记请假", "this person holds a card; take it back before noting leave of absence"
)
CARD_IS_OUT: Final = Said(
    "此人已领表决卡；收回之前不能撤销报到",
    "this person has drawn a card; the check-in cannot be undone before the card is back",
)
CHANGED_MEANWHILE: Final = Said(
    "另一处签到处刚改过此人的记录，请重新查看", "this was changed at another desk meanwhile; look at the person again"
)
TOO_MANY_BACK: Final = Said(
    "此人交回的卡太多，请找工作人员", "too many cards of this person have come back; ask an official"
)
NOT_HERE: Final = Said("此人尚未报到，请先报到", "this person has not arrived; check them in first")
NONE_BACK: Final = Said("此人没有交回过卡", "no card of this person has come back")
NO_CARD: Final = Said("此人手里没有表决卡", "this person holds no card")


class Act(StrEnum):
    """What a desk notes."""

    ARRIVE = "arrive"
    ARRIVE_LATE = "arrive_late"
    ON_TIME = "on_time"
    DRAW_CARD = "draw_card"
    LEAVE = "leave"
    EXCUSE = "excuse"
    UNDO = "undo"
    UNDO_CARD = "undo_card"
    RETURN_CARD = "return_card"
    REPLACE_CARD = "replace_card"
    UNDO_BACK = "undo_back"

    @property
    def counts(self) -> bool:
        """Whether the act changes the number of cards that came back, and so has to say which number it saw."""
        return self in (Act.RETURN_CARD, Act.REPLACE_CARD, Act.UNDO_BACK)


@dataclass(frozen=True, slots=True)
class DeskStatus:
    """A person's line at the desk.

    At most one of `present`, `departed` (was here and left) and `on_leave` is true; none means: not here yet. `late`
    says that the person came after the beginning. `card_drawn` says that the person holds a card, never which;
    `cards_back` is how many the person gave back, to be voided.
    """

    present: bool = False
    departed: bool = False
    on_leave: bool = False
    late: bool = False
    card_drawn: bool = False
    cards_back: int = 0

    @classmethod
    def of_row(cls, present: int, departed: int, on_leave: int, late: int, card_drawn: int, cards_back: int) -> Self:
        """The status from the columns of a row, which some databases give as numbers."""
        return cls(bool(present), bool(departed), bool(on_leave), bool(late), bool(card_drawn), cards_back)


@dataclass(frozen=True, slots=True)
class Change:
    """What an act did."""

    before: DeskStatus
    after: DeskStatus

    @property
    def is_new(self) -> bool:
        """Whether anything changed; not when it was noted already, by a second press or at another desk."""
        return self.before != self.after


def acted(status: DeskStatus, act: Act, *, roll_leave: bool, seen: int | None = None) -> DeskStatus:
    """The status after an act. `roll_leave` is the roll's word on leave, `seen` the number of cards given back so far.

    Raises:
        DeskError: the act does not fit the status; says what does.
        StateError: an act that counts does not say what it saw.
    """
    match act:
        case Act.ARRIVE:
            return _here(status)
        case Act.ARRIVE_LATE:
            return replace(_here(status), late=True)
        case Act.ON_TIME:
            return replace(status, late=False)
        case Act.DRAW_CARD:
            return replace(_here(status), card_drawn=True)
        case Act.LEAVE:
            return _left(status)
        case Act.EXCUSE:
            return _excused(status)
        case Act.UNDO:
            return _undone(status, roll_leave)
        case Act.UNDO_CARD:
            return replace(status, card_drawn=False)
        case Act.RETURN_CARD | Act.REPLACE_CARD | Act.UNDO_BACK:
            return _counted(status, act, seen)


def _here(status: DeskStatus) -> DeskStatus:
    return replace(status, present=True, departed=False, on_leave=False)


def _left(status: DeskStatus) -> DeskStatus:
    if not (status.present or status.departed):
        raise DeskError(NOT_ARRIVED)
    return replace(status, present=False, departed=True)


def _excused(status: DeskStatus) -> DeskStatus:
    if status.present or status.departed:
        raise DeskError(HAS_ARRIVED)
    if status.card_drawn:
        raise DeskError(HOLDS_CARD)
    return replace(status, on_leave=True)


def _undone(status: DeskStatus, roll_leave: bool) -> DeskStatus:
    blank = DeskStatus(on_leave=roll_leave)
    if status.card_drawn:
        raise DeskError(CARD_IS_OUT)
    # What came back stays counted: those cards lie in the box of cards to be voided.
    return replace(blank, cards_back=status.cards_back)


def _counted(status: DeskStatus, act: Act, seen: int | None) -> DeskStatus:
    if seen is None:
        raise StateError(f"{act} says how many cards of this person had come back before")
    back = seen - 1 if act is Act.UNDO_BACK else seen + 1
    after = replace(status, card_drawn=act is not Act.RETURN_CARD, cards_back=back)
    if status == after:
        return status
    if status.cards_back != seen:
        raise DeskError(CHANGED_MEANWHILE)
    if seen >= MAX_CARDS_BACK and act is not Act.UNDO_BACK:
        raise DeskError(TOO_MANY_BACK)
    if act is Act.UNDO_BACK and seen < 1:
        raise DeskError(NONE_BACK)
    if act is Act.UNDO_BACK and not (status.present or status.departed):
        raise DeskError(NOT_HERE)
    if act is not Act.UNDO_BACK and not status.card_drawn:
        raise DeskError(NO_CARD)
    return after
