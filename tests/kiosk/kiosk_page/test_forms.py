"""What comes as a form is an act of the screen, or nothing."""

import pytest

from kiosk.booth_machine.events import CardShown, Choose, Helped, Key, Look, Rest, Show, Tap, TurnTo
from kiosk.booth_machine.marking import Marking
from kiosk.booth_machine.screen import Phase, Screen, Turn
from kiosk.kiosk_page.forms import MAX_CODE, PATHS, act_of, number_of
from tests.kiosk.booth_machine.driver import contest
from voting_core.errors import StateError
from voting_core.secret import Secret

SCREEN = Screen(Phase.MARKING, turn=Turn(Secret("card"), (), marking=Marking(contest())))

GOOD = [
    ("choose", {"contest": "a"}, Choose("a")),
    ("tap", {"tap": "2:approve"}, Tap("r2", "approve")),
    ("rest", {"mark": "abstain"}, Rest("abstain")),
    ("turn", {"row": "2"}, TurnTo(2)),
    ("turn", {"row": "blank"}, TurnTo(None)),
    ("show", {"show": "size:large"}, Show("size", "large")),
    ("key", {"key": "7"}, Key("7")),
    ("group", {"group": "3"}, Look(3)),
    ("help", {"helped": "yes"}, Helped(True)),
    ("help", {}, Helped(False)),
]


@pytest.mark.parametrize(("path", "fields", "act"), GOOD)
def test_a_form_is_an_act(path: str, fields: dict[str, str], act: object) -> None:
    assert act_of(path, fields, SCREEN) == act


def test_a_code_is_a_secret_at_once() -> None:
    act = act_of("card", {"code": "123"}, SCREEN)
    assert isinstance(act, CardShown)
    assert act.code.reveal() == "123"


BAD = [
    ("nothing", {}),
    ("card", {}),
    ("card", {"code": "1" * (MAX_CODE + 1)}),
    ("tap", {"tap": "0:approve"}),
    ("tap", {"tap": "9:approve"}),
    ("tap", {"tap": "r2:approve"}),
    ("turn", {"row": "-1"}),
    ("turn", {"row": "１"}),
    ("group", {}),
]


@pytest.mark.parametrize(("path", "fields"), BAD)
def test_what_no_button_sends_is_no_act(path: str, fields: dict[str, str]) -> None:
    with pytest.raises(StateError):
        act_of(path, fields, SCREEN)


def test_numbers_are_short_and_plain() -> None:
    assert number_of("12345") == 12345
    for text in ("", "+1", "1" * 10, "①"):
        with pytest.raises(StateError):
            number_of(text)


def test_every_address_has_an_act() -> None:
    fields = {"code": "1", "tap": "1:approve", "row": "0", "group": "0"}
    for path in PATHS:
        assert act_of(path, fields, SCREEN) is not None
