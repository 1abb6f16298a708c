"""How long the screen waits for somebody, when it asks whether anybody is there, and when it forgets everything."""

from enum import Enum, auto
from typing import Final

from kiosk.booth_machine.screen import Phase, Screen
from kiosk.booth_machine.view import PLAIN

REST_SECONDS: Final = 120.0
"""A turn that nobody touches for so long is asked about: reading sixty names takes less."""

WARNING_SECONDS: Final = 30.0
"""How long the question stands before everything is forgotten: enough for somebody who bent down for a dropped card."""

TYPING_SECONDS: Final = 60.0
"""Half a code that nobody types on is forgotten, and so is a language that nobody uses."""

RECEIPT_SECONDS: Final = 90.0
"""How long a receipt stays on the screen: enough to find one's telephone and photograph it."""

THANKS_SECONDS: Final = 6.0
"""How long the last screen says thank you."""


LEFT_SECONDS: Final = 20.0
"""How long the last screen says that something was not voted on: it is read slowly. The next card need not wait."""


class Mood(Enum):
    """How the screen takes the silence."""

    CALM = auto()
    ASKING = auto()
    OVER = auto()


_CLEARED_BY_ITSELF: Final = {
    Phase.WELCOME: TYPING_SECONDS,
    Phase.TYPING: TYPING_SECONDS,
    Phase.PRINTED: RECEIPT_SECONDS,
    Phase.RECEIPT: RECEIPT_SECONDS,
    Phase.REFUSED: RECEIPT_SECONDS,
    Phase.THANKS: THANKS_SECONDS,
}
"""Screens on which nothing can be lost go without a question."""


def mood(screen: Screen, now: float) -> Mood:
    """How long nobody has touched the screen, judged."""
    if screen.phase is Phase.BROKEN or is_clear(screen):
        return Mood.CALM
    rested = now - screen.touched
    ends = _ends(screen)
    if ends is not None:
        return Mood.OVER if rested >= ends else Mood.CALM
    if rested >= REST_SECONDS + WARNING_SECONDS:
        return Mood.OVER
    return Mood.ASKING if rested >= REST_SECONDS else Mood.CALM


def is_clear(screen: Screen) -> bool:
    """Whether the screen is as nobody has touched it."""
    return screen.phase is Phase.WELCOME and screen.notice is None and screen.view == PLAIN


def seconds_left(screen: Screen, now: float) -> float | None:
    """In how many seconds the screen changes by itself; None when it does not."""
    if screen.phase is Phase.BROKEN or is_clear(screen):
        return None
    ends = _ends(screen)
    rested = now - screen.touched
    if ends is None:
        ends = REST_SECONDS if rested < REST_SECONDS else REST_SECONDS + WARNING_SECONDS
    return max(0.0, ends - rested)


def _ends(screen: Screen) -> float | None:
    """After how many seconds a screen goes without a question; None where it asks first."""
    if screen.phase is Phase.THANKS and screen.notice is not None:
        return LEFT_SECONDS
    return _CLEARED_BY_ITSELF.get(screen.phase)
