"""What the screen becomes when what it asked for was done, or was not."""

from dataclasses import replace

from ballots.screen.words import Said
from kiosk.booth_machine.acts import cleared, to
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
from kiosk.booth_machine.screen import Phase, Screen, Turn
from kiosk.booth_machine.typed_code import UNTYPED
from kiosk.outbox import Delivery
from voting_core.secret import Secret


def after(screen: Screen, effect: Effect, result: Result) -> Screen:
    """The screen after an effect.

    Raises:
        ValueError: it is no result of this effect.
    """
    match effect, result:
        case _, Broken():
            return replace(cleared(screen, Phase.BROKEN), view=screen.view, notice=result.said)
        case ReadCard(), CardRead():
            return _begun(screen, effect.code, result.offers)
        case BeginPaper(), PaperBegun():
            return _begun(screen, None, result.offers)
        case BeginPaper(), Failed():
            return replace(screen, notice=result.said)
        case ReadCard(), Failed():
            return replace(screen, notice=result.said, typed=screen.typed if result.slip else UNTYPED)
        case MakeBallot(), Made():
            return to(screen, Phase.SEALED, turn=replace(screen.going, ballot=result.ballot), notice=result.said)
        case Deliver(), Delivered():
            return _delivered(screen, effect, result)
        case PrintPaper(), Paper():
            # A new number: a second touch of the same button prints nothing.
            return to(screen, screen.phase, turn=replace(screen.going, paper=result))
        case PrintBallot(), Paper():
            return _printed(screen, effect, result)
        case ((MakeBallot() | Deliver() | PrintBallot()), Failed()):
            return _failed(screen, result)
        case _:
            raise ValueError(f"{type(result).__name__} is no result of {type(effect).__name__}")


def _begun(screen: Screen, code: Secret[str] | None, offers: tuple[Offer, ...]) -> Screen:
    return replace(cleared(screen, Phase.CHOOSING), view=screen.view, turn=Turn(code, offers))


def _printed(screen: Screen, effect: PrintBallot, result: Paper) -> Screen:
    """The paper is in the delegate's hand and is her ballot. What did not come out was no ballot: she tries again."""
    wrong = result.wrong
    if wrong is not None:
        kept = Said(f"{wrong.zh}。填好的内容还在，好了再按一次", f"{wrong.en}. Your marks are kept; then press again")
        return replace(screen, notice=kept)
    turn = screen.going
    offers = tuple(
        replace(offer, is_open=False) if offer.contest.id == effect.contest.id else offer for offer in turn.offers
    )
    return to(screen, Phase.PRINTED, turn=Turn(None, offers, about=effect.contest, paper=result))


def _delivered(screen: Screen, effect: Deliver, result: Delivered) -> Screen:
    turn, delivery = screen.going, result.delivery
    offers = tuple(
        replace(
            offer,
            # One that was refused has voted before or came too late: here it votes no more.
            is_open=offer.is_open and effect.test,
            not_taken=delivery is Delivery.REFUSED and not effect.test,
            tests_left=offer.tests_left - (1 if effect.test else 0),
        )
        if offer.contest.id == effect.contest.id
        else offer
        for offer in turn.offers
    )
    marking = turn.marking if effect.test and delivery is not Delivery.REFUSED else None
    turn = replace(turn, offers=offers, delivery=delivery, about=effect.contest, marking=marking, paper=result.paper)
    if delivery is Delivery.REFUSED:
        return to(screen, Phase.REFUSED, turn=turn)
    return to(screen, Phase.OPENED if effect.test else Phase.RECEIPT, turn=turn)


def _failed(screen: Screen, result: Failed) -> Screen:
    """Nothing was stored. A contest that is over is offered no more; otherwise the delegate stays and tries again."""
    if not result.over:
        return replace(screen, notice=result.said)
    turn = screen.going
    over = screen.marking.contest.id
    offers = tuple(
        replace(offer, is_open=False, not_taken=True) if offer.contest.id == over else offer for offer in turn.offers
    )
    return to(screen, Phase.CHOOSING, turn=Turn(turn.code, offers), notice=result.said)
