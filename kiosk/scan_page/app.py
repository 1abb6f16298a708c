"""The page: one address to look at, one to send papers to."""

from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ballots.screen.pages import Pages
from ballots.screen.words import Language, Said, read_language
from kiosk.local_page.door import Door
from kiosk.local_page.gate import HEADERS, Gate
from kiosk.local_page.keys import is_own_form
from kiosk.local_page.plain import HANDLERS
from kiosk.local_page.routes import routes_of
from kiosk.scan_page.desk import Desk, Looked
from kiosk.station_page.frame import Frame
from tally.state import State

MAX_BODY_BYTES: Final = 300_000_000
"""Five hundred pages of an office scanner at 300 dpi."""

MAX_FILES: Final = 500
LANGUAGE_COOKIE: Final = "lang"
PART: Final = "part"
"""With this in the address the answer is the part of the page that changes, for the camera's script."""

_HEADERS: Final = {**HEADERS, "Permissions-Policy": "camera=(self), microphone=(), geolocation=()"}
_PAGES: Final = Pages("kiosk.scan_page")


def create_scan_page(desk: Desk, state: State, door: Door) -> Gate:
    """The page behind its gate."""

    def show(request: Request, looked: Looked | None, status: int = 200) -> Response:
        language = read_language(request.cookies.get(LANGUAGE_COOKIE)) or Language.ZH
        contest = desk.scanner.urn.contest
        text = _PAGES.render(
            "papers.html" if PART in request.query_params else "scan.html",
            language,
            frame=_frame(state, language, request.state.visit.csrf),
            contest=Said(contest.title.zh, contest.title.en or contest.title.zh),
            papers=desk.scanner.memory.totals.papers,
            ballots=state.contest(contest.id).cast,
            is_by_hand=state.contest(contest.id).is_by_hand,
            report=desk.report(),
            looked=looked,
        )
        return HTMLResponse(text, status_code=status, headers=_HEADERS)

    async def screen(request: Request) -> Response:
        return show(request, None)

    async def papers(request: Request) -> Response:
        async with request.form(max_files=MAX_FILES, max_fields=5) as form:
            if not is_own_form(request.state.visit, str(form.get("csrf", ""))):
                raise HTTPException(403, "csrf")
            sent = [item for item in form.getlist("papers") if isinstance(item, UploadFile) and item.size]
            files = [(item.filename or "?", await item.read()) for item in sent]
        return show(request, await run_in_threadpool(desk.look, files))

    async def language(request: Request) -> Response:
        answer = RedirectResponse("/", 303)
        chosen = read_language(request.path_params["name"]) or Language.ZH
        answer.set_cookie(LANGUAGE_COOKIE, chosen.value, samesite="strict")
        return answer

    app = Starlette(
        routes=[
            *routes_of(door),
            Route("/", screen),
            Route("/papers", papers, methods=["POST"]),
            Route("/language/{name}", language),
        ],
        exception_handlers=dict(HANDLERS),
    )
    return Gate(app, door=door, most=MAX_BODY_BYTES)


def _frame(state: State, language: Language, csrf: str) -> Frame:
    facts = state.facts
    return Frame(
        session=facts.title,
        person="",
        role=Said("点票", "Counting"),
        language_address=f"/language/{language.other.value}",
        rehearsal=facts.simulated,
        links=(),
        csrf=csrf,
    )
