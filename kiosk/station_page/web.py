"""What the page's routes have in common: showing a page, reading a form, doing an act and saying how it went."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ballots.crockford import fingerprint_text
from ballots.screen.pages import Pages
from ballots.screen.words import Language, Said, read_language
from kiosk.local_page.keys import Visit, is_own_form
from kiosk.station_page import board
from kiosk.station_page.card_lists import MAX_BYTES
from kiosk.station_page.forms import Form
from kiosk.station_page.frame import frame_of
from kiosk.station_page.problems import detail_of, said_of
from kiosk.station_page.snapshot import Phase
from kiosk.station_page.station import Message, StationPage
from tally.entry_words.class_words import class_said
from tally.state import ContestState
from voting_core.errors import PlenumError

LANGUAGE_COOKIE: Final = "lang"
MAX_BODY_BYTES: Final = MAX_BYTES + 65_536
"""The largest thing that is sent here is a file of card lists."""

MAX_FIELDS: Final = 4_000
"""A count sheet of 200 rows with eight marks has 1,800 fields."""

FORM_PLACES: Final = ("/cards", "/key")
"""Pages with several forms, each with an address of its own below the page's."""

_BASES: Final = {"live": "part_live.html", "form": "part_form.html"}
_PAGES: Final = Pages("kiosk.station_page")


def station_of(request: Request) -> StationPage:
    """The station behind this page."""
    station: StationPage = request.app.state.station
    return station


def visit_of(request: Request) -> Visit:
    """The browser that asks; the gate let it in."""
    visit: Visit = request.state.visit
    return visit


def language_of(request: Request) -> Language:
    """The language that was chosen; Chinese first."""
    return read_language(request.cookies.get(LANGUAGE_COOKIE)) or Language.ZH


def show(
    request: Request, template: str, *, message: Message | None = None, status: int = 200, **values: object
) -> Response:
    """A page, or a part of one."""
    station, snapshot = station_of(request), station_of(request).snapshot
    visit = visit_of(request)
    frame = frame_of(snapshot, _place(request), language_of(request), visit.csrf, is_open=station.worker is not None)
    state = snapshot.state
    contest = board.current(state)
    text = _PAGES.render(
        template,
        language_of(request),
        frame=frame,
        frame_class="" if frame.links else "narrow",
        message=message or (None if "part" in request.query_params else station.told(visit)),
        snap=snapshot,
        state=state,
        phase=Phase,
        now=board.progress(state, contest) if contest and snapshot.has_session else None,
        due=board.due(snapshot, station.lists, backup_tested=station.backup_tested),
        status_words=board.STATUS_WORDS,
        class_of=partial(class_said, state),
        note_words=lambda event: board.NOTE_WORDS.get(event, Said(event, event)),
        fingerprint_of=fingerprint_text,
        **values,
    )
    return HTMLResponse(text, status)


def page(request: Request, name: str, *, around: str = "nothing", **values: Any) -> Response:
    """A page with a live part: the template `name.html` below the part `live/….html`.

    With `?part=live` or `?part=form` in the address it is that part alone, for the script that keeps a page fresh.
    """
    parts = request.query_params.get("part", "")
    query = [(key, value) for key, value in request.query_params.multi_items() if key != "part"]
    addresses: dict[str, Any] = {
        key: f"{_place(request)}?{urlencode([*query, ('part', part)])}"
        for key, part in (("live", "live"), ("form_live", "form"))
    }
    base = _BASES.get(parts, "station.html")
    return show(request, f"{name}.html", part=f"live/{around}.html", base=base, **addresses, **values)


def _place(request: Request) -> str:
    """The page that an answer is: a form that was refused is shown on the page that it stands on."""
    path = request.url.path
    return next((place for place in FORM_PLACES if request.method == "POST" and path.startswith(f"{place}/")), path)


class Typed(dict[str, str]):
    """What was typed into a form, empty for what was not."""

    def __missing__(self, key: str) -> str:
        return ""


async def form_of(request: Request) -> tuple[Form, Mapping[str, bytes]]:
    """The fields and files of a form of this page.

    Raises:
        HTTPException: 403, it is a form of somebody else.
    """
    texts = Typed()
    files: dict[str, bytes] = {}
    async with request.form(max_fields=MAX_FIELDS, max_files=2, max_part_size=MAX_BODY_BYTES) as form:
        for key, value in form.multi_items():
            if isinstance(value, UploadFile):
                files[key] = await value.read()
            else:
                texts[key] = value
    if not is_own_form(visit_of(request), texts.pop("csrf", "")):
        raise HTTPException(403, "csrf")
    return texts, files


async def attempt(request: Request, work: Callable[[], None], *, done: Said, then: str) -> Response | Message:
    """Do something that may be refused. Gives the way on, or the message that says why not."""
    try:
        await run_in_threadpool(work)
    except PlenumError as error:
        return Message("bad", said_of(error), detail_of(error))
    station_of(request).tell(visit_of(request), Message("good", done))
    return go(then)


def go(address: str) -> Response:
    """The way to another page after a form."""
    return RedirectResponse(address, 303)


def contest_of(request: Request) -> ContestState:
    """The contest that the address names.

    Raises:
        HTTPException: 404, there is none.
    """
    found = station_of(request).snapshot.state.contests.get(request.path_params["contest"])
    if found is None:
        raise HTTPException(404)
    return found


def own_address(text: str) -> str:
    """A page of this station from an address that a browser gave; the overview for anything else."""
    parts = urlsplit(text)
    is_own = not parts.scheme and not parts.netloc and text.startswith("/") and not text.startswith(("//", "/\\"))
    return parts.path if is_own else "/"
