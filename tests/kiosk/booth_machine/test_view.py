import pytest

from ballots.screen.words import Language
from kiosk.booth_machine.view import PLAIN, View
from voting_core.errors import StateError


def test_one_thing_is_chosen_at_a_time() -> None:
    view = PLAIN.chosen("language", "en").chosen("size", "large").chosen("contrast", "high").chosen("names", "5")
    assert view == View(Language.EN, large=True, contrast=True, names=5)
    assert view.chosen("size", "normal").chosen("contrast", "normal") == View(Language.EN, names=5)


@pytest.mark.parametrize(("what", "value"), [("names", "7"), ("language", "fr"), ("colour", "pink")])
def test_there_are_no_other_choices(what: str, value: str) -> None:
    with pytest.raises(StateError, match="no such choice"):
        PLAIN.chosen(what, value)
