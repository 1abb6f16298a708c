"""What each act does in each phase: a table. What stands in no row does nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

from kiosk.booth_machine.events import (
    AskHelp,
    AskTest,
    Back,
    BeginPaper,
    Cast,
    Choose,
    Deliver,
    Effect,
    Finish,
    GoOn,
    Helped,
    Key,
    Look,
    MakeBallot,
    OnPaper,
    OpenAsTest,
    PrintAgain,
    PrintBallot,
    PrintPaper,
    ReadCard,
    Rest,
    Seal,
    Tap,
    TurnTo,
    Type,
    Undo,
)
from kiosk.booth_machine.marking import Marking
from kiosk.booth_machine.screen import Phase, Screen, Turn
from kiosk.booth_machine.summary import hindrance
from kiosk.booth_machine.typed_code import UNTYPED
from kiosk.booth_machine.view import PLAIN
from voting_core.errors import StateError
from voting_core.secret import Secret

READING: Final = (Phase.WELCOME, Phase.TYPING, Phase.THANKS)
"""Screens at which a card is taken."""

UNFINISHED: Final = (Phase.CHOOSING, Phase.MARKING, Phase.HELPING, Phase.REVIEW, Phase.SEALED, Phase.TESTING)
"""Screens that end without a ballot when they are left."""

Done: TypeAlias = tuple[Screen, Effect | None]
"""The next screen, and what it asks for."""


def to(screen: Screen, phase: Phase, **changes: Any) -> Screen:
    """The screen in another phase; forms of the one before mean nothing any more."""
    return replace(screen, phase=phase, serial=screen.serial + 1, **changes)


def cleared(screen: Screen, phase: Phase) -> Screen:
    """A screen that remembers nothing. Only the serial number goes on, so that old forms stay old."""
    return Screen(phase=phase, serial=screen.serial + 1)


def _type(screen: Screen, act: Type) -> Done:
    del act
    view = PLAIN if screen.phase is Phase.THANKS else screen.view
    return to(screen, Phase.TYPING, typed=UNTYPED, view=view), None


def _on_paper(screen: Screen, act: OnPaper) -> Done:
    del act
    view = PLAIN if screen.phase is Phase.THANKS else screen.view
    return replace(screen, view=view), BeginPaper()


def _key(screen: Screen, act: Key) -> Done:
    typed = screen.typed.key(act.key)
    return replace(screen, typed=typed), ReadCard(Secret(typed.text)) if typed.text else None


def _look(screen: Screen, act: Look) -> Done:
    return replace(screen, typed=screen.typed.look(act.group)), None


def _leave_typing(screen: Screen, act: Back) -> Done:
    del act
    return to(screen, Phase.WELCOME, typed=UNTYPED), None


def _choose(screen: Screen, act: Choose) -> Done:
    offer = screen.going.offer_of(act.contest)
    return to(screen, Phase.MARKING, turn=replace(screen.going, marking=Marking(offer.contest))), None


def _marked(screen: Screen, marking: Marking) -> Done:
    return replace(screen, turn=replace(screen.going, marking=marking)), None


def _tap(screen: Screen, act: Tap) -> Done:
    return _marked(screen, screen.marking.tap(act.row, act.mark))


def _rest(screen: Screen, act: Rest) -> Done:
    return _marked(screen, screen.marking.rest(act.mark))


def _undo(screen: Screen, act: Undo) -> Done:
    del act
    return _marked(screen, screen.marking.undo())


def _turn_to(screen: Screen, act: TurnTo) -> Done:
    marking = screen.marking
    moved = marking.turn_to_blank() if act.row is None else marking.turn_to(act.row)
    turn = replace(screen.going, marking=moved)
    if screen.phase is Phase.MARKING:
        return replace(screen, turn=turn), None
    return to(screen, Phase.MARKING, turn=turn), None


def _finish(screen: Screen, act: Finish) -> Done:
    del act
    return to(screen, Phase.REVIEW), None


def _ask_help(screen: Screen, act: AskHelp) -> Done:
    del act
    if screen.going.on_paper:
        raise StateError("the record notes assistance with ballots of kiosks alone")
    return to(screen, Phase.HELPING), None


def _helped(screen: Screen, act: Helped) -> Done:
    return to(screen, Phase.MARKING, turn=replace(screen.going, helped=act.helped)), None


def _to_marking(screen: Screen, act: Back) -> Done:
    """Back to the marks; a sealed ballot is dropped, and nobody can ever cast it."""
    del act
    return to(screen, Phase.MARKING, turn=replace(screen.going, ballot=None)), None


def _to_choosing(screen: Screen, act: Back) -> Done:
    del act
    return to(screen, Phase.CHOOSING, turn=_blank(screen.going)), None


def _to_sealed(screen: Screen, act: Back) -> Done:
    del act
    return to(screen, Phase.SEALED), None


def _seal(screen: Screen, act: Seal) -> Done:
    del act
    marking = screen.marking
    if hindrance(marking.contest, marking.marks) is not None:
        raise StateError("the ballot is not ready to be sealed")
    code, marks = screen.going.code, Secret(dict(marking.marks))
    if code is None:
        return screen, PrintBallot(marking.contest, marks)
    return screen, MakeBallot(code, marking.contest, marks)


def _cast(screen: Screen, act: Cast) -> Done:
    del act
    return screen, _delivery(screen, test=False)


def _ask_test(screen: Screen, act: AskTest) -> Done:
    del act
    if screen.going.offer_of(screen.marking.contest.id).tests_left < 1:
        raise StateError("no further ballot is tested with this card")
    return to(screen, Phase.TESTING), None


def _test(screen: Screen, act: OpenAsTest) -> Done:
    del act
    return screen, _delivery(screen, test=True)


def _delivery(screen: Screen, *, test: bool) -> Deliver:
    turn = screen.going
    if turn.ballot is None:
        raise StateError("there is no sealed ballot")
    return Deliver(turn.ballot, screen.marking.contest, test, turn.helped and not test)


def _print_again(screen: Screen, act: PrintAgain) -> Done:
    del act
    if screen.going.paper is None:
        raise StateError("no paper was printed")
    return screen, PrintPaper()


def _go_on(screen: Screen, act: GoOn) -> Done:
    del act
    return to(screen, Phase.CHOOSING, turn=_blank(screen.going)), None


def _vote_anew(screen: Screen, act: GoOn) -> Done:
    """After a test the same contest begins again, empty: what was tested is known to everybody."""
    del act
    turn, contest = screen.going, screen.marking.contest
    blank = _blank(turn)
    if contest not in turn.left:
        return to(screen, Phase.CHOOSING, turn=blank), None
    return to(screen, Phase.MARKING, turn=replace(blank, marking=Marking(contest))), None


def _blank(turn: Turn) -> Turn:
    return Turn(turn.code, turn.offers)


Work: TypeAlias = Callable[[Screen, Any], Done]

ACTS: Final[Mapping[tuple[Phase, type], Work]] = {
    (Phase.WELCOME, Type): _type,
    (Phase.THANKS, Type): _type,
    (Phase.WELCOME, OnPaper): _on_paper,
    (Phase.THANKS, OnPaper): _on_paper,
    (Phase.TYPING, Key): _key,
    (Phase.TYPING, Look): _look,
    (Phase.TYPING, Back): _leave_typing,
    (Phase.CHOOSING, Choose): _choose,
    (Phase.MARKING, Tap): _tap,
    (Phase.MARKING, Rest): _rest,
    (Phase.MARKING, Undo): _undo,
    (Phase.MARKING, TurnTo): _turn_to,
    (Phase.MARKING, Finish): _finish,
    (Phase.MARKING, AskHelp): _ask_help,
    (Phase.MARKING, Back): _to_choosing,
    (Phase.HELPING, Helped): _helped,
    (Phase.HELPING, Back): _to_marking,
    (Phase.REVIEW, TurnTo): _turn_to,
    (Phase.REVIEW, Back): _to_marking,
    (Phase.REVIEW, Seal): _seal,
    (Phase.SEALED, Back): _to_marking,
    (Phase.SEALED, Cast): _cast,
    (Phase.SEALED, AskTest): _ask_test,
    (Phase.TESTING, Back): _to_sealed,
    (Phase.TESTING, OpenAsTest): _test,
    (Phase.RECEIPT, GoOn): _go_on,
    (Phase.RECEIPT, PrintAgain): _print_again,
    (Phase.PRINTED, GoOn): _go_on,
    (Phase.PRINTED, PrintAgain): _print_again,
    (Phase.REFUSED, GoOn): _go_on,
    (Phase.OPENED, GoOn): _vote_anew,
}
"""Every act that does something, by the phase in which it does."""
