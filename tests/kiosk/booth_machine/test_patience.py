"""How long a screen waits, and when it asks."""

import pytest

from ballots.screen.words import Said
from kiosk.booth_machine.patience import (
    LEFT_SECONDS,
    RECEIPT_SECONDS,
    REST_SECONDS,
    THANKS_SECONDS,
    TYPING_SECONDS,
    WARNING_SECONDS,
    Mood,
    mood,
    seconds_left,
)
from kiosk.booth_machine.screen import Phase, Screen
from kiosk.booth_machine.view import PLAIN

ASKED = [Phase.CHOOSING, Phase.MARKING, Phase.HELPING, Phase.REVIEW, Phase.SEALED, Phase.TESTING, Phase.OPENED]


@pytest.mark.parametrize("phase", ASKED)
def test_where_something_can_be_lost_it_asks_first(phase: Phase) -> None:
    screen = Screen(phase)
    assert mood(screen, REST_SECONDS - 1) is Mood.CALM
    assert mood(screen, REST_SECONDS) is Mood.ASKING
    assert mood(screen, REST_SECONDS + WARNING_SECONDS) is Mood.OVER
    assert seconds_left(screen, 0.0) == REST_SECONDS
    assert seconds_left(screen, REST_SECONDS) == WARNING_SECONDS


@pytest.mark.parametrize(
    ("phase", "seconds"),
    [(Phase.RECEIPT, RECEIPT_SECONDS), (Phase.THANKS, THANKS_SECONDS), (Phase.TYPING, TYPING_SECONDS)],
)
def test_others_go_by_themselves(phase: Phase, seconds: float) -> None:
    assert mood(Screen(phase), seconds - 1) is Mood.CALM
    assert mood(Screen(phase), seconds) is Mood.OVER
    assert seconds_left(Screen(phase), 1.0) == seconds - 1


def test_what_was_not_voted_on_stands_longer_than_thanks() -> None:
    screen = Screen(Phase.THANKS, notice=Said("词", "word"))
    assert mood(screen, THANKS_SECONDS) is Mood.CALM
    assert mood(screen, LEFT_SECONDS) is Mood.OVER
    assert seconds_left(screen, 0.0) == LEFT_SECONDS


def test_an_untouched_welcome_stays_and_a_touched_one_goes_back() -> None:
    assert mood(Screen(), 1e9) is Mood.CALM
    assert seconds_left(Screen(), 0.0) is None
    for touched in (Screen(view=PLAIN.chosen("language", "en")), Screen(notice=Said("词", "word"))):
        assert mood(touched, TYPING_SECONDS) is Mood.OVER


def test_a_broken_station_stays_so() -> None:
    assert mood(Screen(Phase.BROKEN), 1e9) is Mood.CALM
    assert seconds_left(Screen(Phase.BROKEN), 0.0) is None
