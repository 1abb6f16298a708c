"""Drawing the screen: from the state of the machine to the page, with nothing in it that it need not say."""

from typing import Any, Final

from ballots.crockford import ALPHABET, GROUP, fingerprint_text
from ballots.paper.qr import qr_matrix
from ballots.qr.receipt import encode_receipt
from ballots.screen.ballot import NAMES_AT_A_TIME, Shape, Sight, ballot_view, button_of
from ballots.screen.pages import Pages
from ballots.screen.rest import rest_marks
from ballots.sealed_ballot import confirmation_code
from kiosk.booth_machine.patience import Mood, mood, seconds_left
from kiosk.booth_machine.screen import Phase, Screen
from kiosk.booth_machine.summary import hindrance, summary
from kiosk.kiosk_page.booth import Booth
from kiosk.kiosk_page.self_test import hindering

_PAGES: Final = Pages("kiosk.kiosk_page")

IDLE_SECONDS: Final = 5.0
"""How often an idle screen looks whether something has been opened."""

_WITH_CODE: Final = (Phase.SEALED, Phase.TESTING, Phase.RECEIPT, Phase.OPENED)
_WITH_QR: Final = (Phase.RECEIPT, Phase.OPENED)
_WITH_SUMMARY: Final = (Phase.REVIEW, Phase.OPENED)

STEPS: Final[dict[Phase, int]] = {
    Phase.CHOOSING: 1,
    Phase.MARKING: 2,
    Phase.HELPING: 2,
    Phase.REVIEW: 3,
    Phase.SEALED: 4,
    Phase.TESTING: 4,
    Phase.PRINTED: 4,
    Phase.RECEIPT: 5,
    Phase.OPENED: 4,
}
"""Where the turn stands on its way, of the steps that the head of the screen counts."""


def draw(booth: Booth, screen: Screen, shape: Shape, csrf: str) -> str:
    """The page for a screen."""
    now, state = booth.now, booth.state
    asking = mood(screen, now) is Mood.ASKING
    left = seconds_left(screen, now)
    return _PAGES.render(
        "phase/asking.html" if asking else f"phase/{screen.phase}.html",
        screen.view.language,
        csrf=csrf,
        screen=screen,
        view=screen.view,
        shape=shape.value,
        stamp=stamp(booth, screen),
        step=STEPS.get(screen.phase, 0),
        again=round(left) + 1 if left is not None else IDLE_SECONDS,
        seconds=round(left or 0),
        title=state.session.title if state.session else "",
        rehearsal=state.session.simulated if state.session else False,
        fingerprint=fingerprint_text(state.fingerprint) if state.fingerprint else "",
        kiosk=booth.name,
        ready=booth.ready,
        admitted=booth.admitted,
        contests=booth.open_contests(),
        papers=booth.paper_contests(),
        checks=booth.checks,
        undelivered=booth.undelivered,
        hindering=hindering(booth.checks),
        names_at_a_time=NAMES_AT_A_TIME,
        keys=ALPHABET,
        group_size=GROUP,
        **_turn(booth, screen, shape),
    )


def stamp(booth: Booth, screen: Screen) -> str:
    """What a page that is open compares to see whether it still shows what is so: no word of it tells anything."""
    asking = mood(screen, booth.now) is Mood.ASKING
    contests = ",".join(contest.id for contest in (*booth.open_contests(), *booth.paper_contests()))
    told = hash((screen.notice, contests, booth.ready, asking, booth.checks, booth.undelivered)) & 0xFFFFFFFF
    return f"{screen.serial}-{told:08x}"


def _turn(booth: Booth, screen: Screen, shape: Shape) -> dict[str, Any]:
    turn = screen.turn
    ballot = turn.ballot if turn is not None and screen.phase in _WITH_CODE else None
    values: dict[str, Any] = {"turn": turn, "code": confirmation_code(ballot.id) if ballot is not None else ""}
    if turn is not None:
        values["about"] = turn.marking.contest if turn.marking is not None else turn.about
    if ballot is not None and screen.phase in _WITH_QR:
        values["receipt"] = qr_matrix(encode_receipt(ballot.id, booth.state.session_id))
    if turn is not None and turn.marking is not None:
        marking, contest = turn.marking, turn.marking.contest
        if screen.phase is Phase.MARKING:
            sight = Sight(screen.view.names, screen.view.large, marking.first)
            values["ballot"] = ballot_view(contest, marking.marks, shape, sight)
            values["rest"] = [button_of(contest, mark) for mark in rest_marks(contest)]
        if screen.phase in _WITH_SUMMARY:
            values["lines"] = summary(contest, marking.marks)
            values["wrong"] = hindrance(contest, marking.marks)
    return values
