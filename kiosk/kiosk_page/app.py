"""The pages of the kiosk's screen: every touch is a form, and the page that comes back is where the turn stands."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import FastAPI, Form, Request
from fastapi.exceptions import RequestValidationError
from fastapi.telemetry import TelemetryConfig
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ballots.crockford import fingerprint_text
from ballots.paper.qr import qr_matrix
from ballots.qr.receipt import encode_receipt
from ballots.screen.ballot import Shape, ballot_view
from ballots.screen.pages import Pages
from ballots.screen.policy import PAGE_HEADERS
from ballots.screen.words import Language, Said, read_language
from ballots.sealed_ballot import confirmation_code
from kiosk.kiosk_page.booth import Booth
from kiosk.kiosk_page.turn import Phase, Turn
from kiosk.kiosk_page.words import kiosk_words
from kiosk.local_page.door import Door
from kiosk.local_page.gate import Gate
from kiosk.local_page.keys import is_own_form
from kiosk.local_page.plain import HANDLERS
from kiosk.local_page.routes import routes_of
from voting_core.errors import FatalError, PlenumError
from voting_core.secret import Secret

_PAGES: Final = Pages("kiosk.kiosk_page")
_TELEMETRY_OFF: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
MAX_BODY_BYTES: Final = 65_536
"""The largest form is a page of a ballot: a mark for each of its rows."""

LANGUAGE_COOKIE: Final = "kiosk-language"
UNREADABLE: Final = Said("没有读清，请把卡再放一次", "That was not read; present the card once more")

Field = Annotated[str, Form(max_length=200)]


def create_kiosk_page(booth: Booth, door: Door, shape: Shape) -> Gate:
    """The kiosk's screen behind its gate. `shape` is how the screen stands."""
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        telemetry=_TELEMETRY_OFF,
        routes=list(routes_of(door)),
        exception_handlers=dict(HANDLERS),
    )

    def show(request: Request, error: Said | None = None, status: int = 200) -> Response:
        return HTMLResponse(_text(request, booth, shape, error), status_code=status, headers=PAGE_HEADERS)

    async def touch(request: Request, csrf: str, work: Callable[[], Any]) -> Response:
        if not is_own_form(request.state.visit, csrf):
            return show(request, status=403)

        def locked() -> None:
            with booth.lock:
                work()

        try:
            await run_in_threadpool(locked)
        except FatalError:
            with booth.lock:
                booth.leave()
            raise
        except PlenumError as error:
            return show(request, kiosk_words(error), 422)
        return RedirectResponse("/", 303)

    async def unreadable(request: Request, error: Exception) -> Response:
        # The answer that the framework would give repeats what was sent, and that may be the code of a card.
        del error
        return show(request, UNREADABLE, 422)

    app.add_exception_handler(RequestValidationError, unreadable)

    @app.get("/")
    async def screen(request: Request) -> Response:
        return show(request)

    @app.get("/language/{name}")
    async def language(name: str) -> Response:
        answer = RedirectResponse("/", 303)
        answer.set_cookie(LANGUAGE_COOKIE, (read_language(name) or Language.ZH).value, samesite="strict")
        return answer

    @app.post("/card")
    async def card(request: Request, csrf: Field, code: Field = "") -> Response:
        return await touch(request, csrf, lambda: booth.present(Secret(code)))

    @app.post("/choose")
    async def choose(request: Request, csrf: Field, contest: Field = "") -> Response:
        return await touch(request, csrf, lambda: booth.going_on().choose(contest))

    @app.post("/mark")
    async def mark(request: Request) -> Response:
        form = await request.form(max_fields=500)
        turn = booth.turn
        given = _given(turn, {key: str(value) for key, value in form.items()}) if turn is not None else {}
        page = _page_number(str(form.get("page", "0")))

        def work() -> None:
            going = booth.going_on()
            going.mark(given)
            if page is None:
                going.review()

        answer = await touch(request, str(form.get("csrf", "")), work)
        if answer.status_code == 303 and page is not None:
            return RedirectResponse(f"/?page={page}", 303)
        return answer

    @app.post("/back")
    async def back(request: Request, csrf: Field) -> Response:
        return await touch(request, csrf, lambda: booth.going_on().back())

    @app.post("/seal")
    async def seal(request: Request, csrf: Field) -> Response:
        return await touch(request, csrf, booth.seal)

    @app.post("/cast")
    async def cast(request: Request, csrf: Field) -> Response:
        return await touch(request, csrf, lambda: booth.finish(challenge=False))

    @app.post("/test")
    async def test(request: Request, csrf: Field) -> Response:
        return await touch(request, csrf, lambda: booth.finish(challenge=True))

    @app.post("/next")
    async def go_on(request: Request, csrf: Field) -> Response:
        return await touch(request, csrf, lambda: booth.going_on().go_on())

    @app.post("/leave")
    async def leave(request: Request, csrf: Field) -> Response:
        return await touch(request, csrf, booth.leave)

    return Gate(app, door=door, most=MAX_BODY_BYTES)


def _text(request: Request, booth: Booth, shape: Shape, error: Said | None) -> str:
    turn, state = booth.turn, booth.state
    language = read_language(request.cookies.get(LANGUAGE_COOKIE)) or Language.ZH
    view = None
    page = 0
    if turn is not None and turn.phase is Phase.MARKING:
        view = ballot_view(turn.chosen, turn.marks.reveal(), shape)
        page = min(_page_number(request.query_params.get("page", "0")) or 0, len(view.pages) - 1)
    return _PAGES.render(
        f"turn/{turn.phase if turn is not None else 'welcome'}.html",
        language,
        csrf=request.state.visit.csrf,
        error=error,
        turn=turn,
        view=view,
        page=page,
        shape=shape.value,
        session=state.session.title if state.session else "",
        rehearsal=state.session.simulated if state.session else False,
        fingerprint=fingerprint_text(state.fingerprint) if state.fingerprint else "",
        ready=booth.ready,
        contests=booth.open_contests(),
        code=confirmation_code(turn.sealed.id) if turn is not None and turn.sealed is not None else "",
        receipt=_receipt(booth, turn),
        patience=int(booth.patience(turn)) + 2 if turn is not None else 5,
    )


def _receipt(booth: Booth, turn: Turn | None) -> Any:
    """The receipt's QR code once the ballot is cast; it says nothing about the marks."""
    state = booth.state
    if turn is None or turn.phase is not Phase.DONE or turn.sealed is None:
        return None
    return qr_matrix(encode_receipt(turn.sealed.id, state.session_id))


def _given(turn: Turn, form: dict[str, str]) -> dict[str, str]:
    """The marks of a page by row id: its radio buttons are named after the rows' numbers in the list."""
    if turn.contest is None:
        return {}
    rows = turn.contest.rows
    return {row.id: form[f"row-{number}"] for number, row in enumerate(rows, 1) if f"row-{number}" in form}


def _page_number(text: str) -> int | None:
    """A page from 0; None for `review`, which comes after the last one."""
    return None if text == "review" else int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
