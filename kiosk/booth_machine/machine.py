"""The machine: a screen and what happened give the next screen, and what is to be done for it.

* At most one thing is asked for at a time, and the one who drives the machine brings its result before anything else.
* What is not possible at this point changes nothing: forms that are old, buttons pressed twice, a second card.
* A ballot is cast by exactly one act, from exactly one phase, which that act leaves for good.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, NamedTuple, TypeAlias

from ballots.screen.words import Said
from kiosk.booth_machine import acts, results
from kiosk.booth_machine.events import (
    CardShown,
    Effect,
    Here,
    Leave,
    NotACard,
    ReadCard,
    Result,
    Show,
    Tick,
    Touch,
)
from kiosk.booth_machine.patience import Mood, mood
from kiosk.booth_machine.screen import Phase, Screen
from kiosk.booth_machine.view import PLAIN
from voting_core.errors import StateError

OVER: Final = Said(
    "刚才没有办完的一票因长时间无人操作已清除，没有投出；此前投出的选票不受影响",
    "The ballot that was begun here was left for too long and cleared; it was not cast. Ballots cast before stand",
)
STILL_OPEN: Final = Said(
    "您还有 {n} 项没有投票。没有投出的内容已清除；要投票，请再次出示表决卡",
    "You have not voted on {n} item(s). What was not cast is cleared; to vote, show your card again",
)
ONE_AT_A_TIME: Final = Said(
    "请等前一位代表用完，再出示下一张卡", "Let the delegate before you finish; then show the next card"
)

Event: TypeAlias = Touch | Tick | Result


class Step(NamedTuple):
    """The next screen, and what is to be done for it, if anything."""

    screen: Screen
    effect: Effect | None = None


def step(screen: Screen, event: Event, now: float, awaited: Effect | None = None) -> Step:
    """One step of the machine. `awaited` is the effect whose result the event is."""
    if not isinstance(event, Touch | Tick):
        if awaited is None:
            raise ValueError("nothing was asked for that this could be the result of")
        return Step(replace(results.after(screen, awaited, event), touched=now))
    if mood(screen, now) is Mood.OVER:
        screen = _forgotten(screen, now)
    if isinstance(event, Tick):
        return Step(screen)
    if isinstance(event.act, CardShown | NotACard):
        return _shown(screen, event, event.act, now)
    return _touched(screen, event, now)


def _touched(screen: Screen, touch: Touch, now: float) -> Step:
    act, turn = touch.act, screen.turn
    if touch.serial != screen.serial or screen.phase is Phase.BROKEN:
        return Step(screen)
    screen = replace(screen, touched=now)
    match act:
        case Here():
            return Step(screen)
        case Leave():
            if turn is None:
                return Step(replace(acts.cleared(screen, Phase.WELCOME), touched=now))
            # Thanks are said in the delegate's own language; the next card finds the screen as everybody does.
            open_still = STILL_OPEN.filled(n=len(turn.left)) if turn.left and not turn.on_paper else None
            thanks = acts.cleared(screen, Phase.THANKS)
            return Step(replace(thanks, view=screen.view, touched=now, notice=open_still))
        case Show():
            try:
                return Step(replace(screen, view=screen.view.chosen(act.what, act.value)))
            except StateError:
                return Step(screen)
        case _:
            pass
    work: Callable[[Screen, Any], tuple[Screen, Effect | None]] | None = acts.ACTS.get((screen.phase, type(act)))
    if work is None:
        return Step(screen)
    try:
        return Step(*work(replace(screen, notice=None), act))
    except StateError:
        # The form was not one that this screen draws.
        return Step(screen)


def _shown(screen: Screen, touch: Touch, act: CardShown | NotACard, now: float) -> Step:
    """A card is read while nobody is at the screen; in the middle of a turn it waits."""
    if screen.phase is Phase.BROKEN:
        return Step(screen)
    if screen.phase not in acts.READING:
        # With an old number it is the same card, which the camera saw twice.
        is_second = isinstance(act, CardShown) and touch.serial == screen.serial
        return Step(replace(screen, notice=ONE_AT_A_TIME) if is_second else screen)
    view = PLAIN if screen.phase is Phase.THANKS else screen.view
    screen = replace(screen, view=view, touched=now)
    if isinstance(act, NotACard):
        return Step(replace(screen, notice=act.said))
    return Step(replace(screen, notice=None), ReadCard(act.code))


def _forgotten(screen: Screen, now: float) -> Screen:
    """Everything is forgotten. Who comes back finds no trace, and is told so if a ballot was in the making."""
    nothing_left = screen.phase is Phase.CHOOSING and screen.turn is not None and not screen.turn.left
    unfinished = screen.phase in acts.UNFINISHED and not nothing_left
    cleared = acts.cleared(screen, Phase.WELCOME)
    return replace(cleared, touched=now, notice=OVER if unfinished else None)
