"""The pages of the kiosk's screen: every touch is a form, and the page that comes back is where the turn stands.

With script a touch brings the page back at once, without it by way of a redirect; what is shown is the same.
"""

import contextlib
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ballots.screen.ballot import Shape
from kiosk.booth_machine.screen import Screen
from kiosk.kiosk_page import forms
from kiosk.kiosk_page.booth import Booth
from kiosk.kiosk_page.drawing import draw, stamp
from kiosk.kiosk_page.frames import MAX_BYTES, look
from kiosk.local_page.door import Door
from kiosk.local_page.gate import HEADERS, Gate
from kiosk.local_page.keys import is_own_form
from kiosk.local_page.plain import HANDLERS
from kiosk.local_page.routes import START, routes_of
from voting_core.errors import EncodingError, StateError

MAX_BODY_BYTES: Final = MAX_BYTES
"""The largest thing that is sent here is a picture of the camera."""

_MAX_FIELDS: Final = 8
"""A form of the screen has a button, the number of its screen, and the secret of the page."""

AT_ONCE: Final = "x-plenum-at-once"
"""The header with which the page's own script asks for the next screen without a redirect."""

_HEADERS: Final = {**HEADERS, "Permissions-Policy": "camera=(self), microphone=(), geolocation=()"}


def create_kiosk_page(booth: Booth, door: Door, shape: Shape) -> Gate:
    """The kiosk's screen behind its gate. `shape` is how the screen stands."""

    def shown(request: Request, screen: Screen) -> Response:
        return HTMLResponse(draw(booth, screen, shape, request.state.visit.csrf), headers=_HEADERS)

    async def show(request: Request) -> Response:
        return await run_in_threadpool(lambda: shown(request, booth.look()))

    async def touched(request: Request) -> Response:
        async with request.form(max_fields=_MAX_FIELDS, max_files=0) as form:
            fields = {key: str(value) for key, value in form.items()}
        _own(request, fields.pop("csrf", ""))

        def work() -> Response:
            screen = booth.look()
            try:
                # The number comes first: what a form of an earlier screen says is not even read.
                serial = forms.number_of(fields.get("serial", ""))
                screen = booth.touch(forms.act_of(request.path_params["act"], fields, screen), serial)
            except StateError:
                pass
            return shown(request, screen) if AT_ONCE in request.headers else RedirectResponse(START, 303)

        return await run_in_threadpool(work)

    async def prove(request: Request) -> Response:
        """The staff has the self-test done again; not while somebody votes."""
        async with request.form(max_fields=_MAX_FIELDS, max_files=0) as form:
            _own(request, str(form.get("csrf", "")))

        def work() -> Response:
            screen = booth.look()
            if screen.turn is None:
                with contextlib.suppress(StateError):
                    booth.prove()
            return shown(request, screen) if AT_ONCE in request.headers else RedirectResponse(START, 303)

        return await run_in_threadpool(work)

    async def frame(request: Request) -> Response:
        """A picture of the camera. The answer tells the page whether to fetch itself again, and nothing else."""
        _own(request, request.headers.get("x-plenum-form", ""))
        grey = await request.body()

        def work() -> Response:
            try:
                width, height = (forms.number_of(request.query_params.get(side, "")) for side in ("w", "h"))
                serial = forms.number_of(request.query_params.get("serial", ""))
                seen = look(width, height, grey)
            except (StateError, EncodingError) as error:
                raise HTTPException(422) from error
            screen = booth.touch(seen.act, serial) if seen.act is not None else booth.look()
            return JSONResponse({"stamp": stamp(booth, screen), "seen": seen.act is not None, "dark": seen.dark})

        return await run_in_threadpool(work)

    app = Starlette(
        routes=[
            *routes_of(door),
            Route("/", show),
            Route("/frame", frame, methods=["POST"]),
            Route("/self-test", prove, methods=["POST"]),
            Route("/{act}", touched, methods=["POST"]),
        ],
        exception_handlers=dict(HANDLERS),
    )
    return Gate(app, door=door, most=MAX_BODY_BYTES)


def _own(request: Request, csrf: str) -> None:
    """Refuse a form that no page of this visit made."""
    if not is_own_form(request.state.visit, csrf):
        raise HTTPException(403, "csrf")
