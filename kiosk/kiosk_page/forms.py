"""What the buttons of the screen mean: each address with the act that its form asks for.

A form that the screen did not draw gives no act: it is refused, and nothing of it is repeated.
"""

from collections.abc import Callable, Mapping
from typing import Final

from kiosk.booth_machine.events import (
    Act,
    AskHelp,
    AskTest,
    Back,
    CardShown,
    Cast,
    Choose,
    Finish,
    GoOn,
    Helped,
    Here,
    Key,
    Leave,
    Look,
    OnPaper,
    OpenAsTest,
    PrintAgain,
    Rest,
    Seal,
    Show,
    Tap,
    TurnTo,
    Type,
    Undo,
)
from kiosk.booth_machine.screen import Screen
from voting_core.errors import StateError
from voting_core.secret import Secret

MAX_CODE: Final = 200
"""The longest text that is looked at as a card's code: three times a QR code's digits."""

_MAX_NUMBER: Final = 9

Fields = Mapping[str, str]


def act_of(path: str, fields: Fields, screen: Screen) -> Act:
    """The act that a form at this address asks for.

    Raises:
        StateError: no form of the screen is like this.
    """
    reader = _READERS.get(path)
    if reader is None:
        raise StateError("there is no such button")
    return reader(fields, screen)


def number_of(text: str) -> int:
    """A small number as forms carry it.

    Raises:
        StateError: it is none.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= _MAX_NUMBER):
        raise StateError("this is no number of a form")
    return int(text)


def _card(fields: Fields, screen: Screen) -> Act:
    del screen
    code = fields.get("code", "")
    if not 0 < len(code) <= MAX_CODE:
        raise StateError("this is no code")
    return CardShown(Secret(code))


def _tap(fields: Fields, screen: Screen) -> Act:
    """A mark's button carries the number of its row in the list and the mark: the page needs no ids of people."""
    number, _, mark = fields.get("tap", "").partition(":")
    rows = screen.marking.contest.rows
    at = number_of(number)
    if not 1 <= at <= len(rows):
        raise StateError("the ballot has no such row")
    return Tap(rows[at - 1].id, mark)


def _turn(fields: Fields, screen: Screen) -> Act:
    del screen
    row = fields.get("row", "")
    return TurnTo(None if row == "blank" else number_of(row))


def _show(fields: Fields, screen: Screen) -> Act:
    del screen
    what, _, value = fields.get("show", "").partition(":")
    return Show(what, value)


def _simple(act: Act) -> Callable[[Fields, Screen], Act]:
    return lambda *_: act


_READERS: Final[Mapping[str, Callable[[Fields, Screen], Act]]] = {
    "card": _card,
    "type": _simple(Type()),
    "on-paper": _simple(OnPaper()),
    "key": lambda fields, _: Key(fields.get("key", "")),
    "group": lambda fields, _: Look(number_of(fields.get("group", ""))),
    "choose": lambda fields, _: Choose(fields.get("contest", "")),
    "tap": _tap,
    "rest": lambda fields, _: Rest(fields.get("mark", "")),
    "undo": _simple(Undo()),
    "turn": _turn,
    "finish": _simple(Finish()),
    "seal": _simple(Seal()),
    "cast": _simple(Cast()),
    "ask-test": _simple(AskTest()),
    "test": _simple(OpenAsTest()),
    "ask-help": _simple(AskHelp()),
    "help": lambda fields, _: Helped(fields.get("helped", "") == "yes"),
    "print": _simple(PrintAgain()),
    "back": _simple(Back()),
    "next": _simple(GoOn()),
    "leave": _simple(Leave()),
    "show": _show,
    "here": _simple(Here()),
}

PATHS: Final = tuple(_READERS)
"""Where the forms of the screen go."""
