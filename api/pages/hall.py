"""The hall screen and its switch.

A screen shows what officials switch all screens to. It never knows more than the log has published; what may be shown
is decided in :mod:`api.screens.content`, where every screen's drawing comes from.
"""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from api.accounts.roles import Role
from api.errors import SaidError
from api.forms import Form
from api.live.events import stream
from api.live.hub import Topic
from api.pages.render import PAGES, go_to, page
from api.policies import Needs, form_of, page_router
from api.public_service import PublicService, public_of
from api.screens.board import Drawn
from api.screens.content import Content, content_of, withheld_from_hall
from api.screens.result import pieces_at
from api.screens.screen import SCENES, THEMES, TURN_SECONDS, HallScreen, Scene, turn_of
from api.service import Service, service_of
from api.store.hall import switch_screen
from ballots.screen.policy import PAGE_HEADERS
from ballots.screen.words import Language, Said

router = page_router()

Screens = Needs(Role.HALL, Role.OFFICIAL)
Officials = Needs(Role.OFFICIAL)

_STALE: Final = Said(
    "另一名工作人员刚刚切换过大屏，请看清后再试", "Another official has just switched the screens; look, and try again"
)
_CHOOSE: Final = Said("请选择要显示的内容", "Choose what to show")


@router.get("/hall", dependencies=[Screens])
async def hall(request: Request) -> Response:
    """The screen, right at once and without script; the stream keeps it so."""
    drawn = await _drawn(service_of(request))
    text = PAGES.render("hall/screen.html", Language.ZH, drawn=drawn, content=drawn.content, pieces_at=pieces_at)
    return HTMLResponse(text, headers=PAGE_HEADERS)


@router.get("/hall/stream", dependencies=[Screens])
async def hall_stream(request: Request) -> Response:
    """The drawing after every change, as one event whose bytes all screens share."""
    service = public_of(request)
    await _drawn(service)
    topics = frozenset({Topic.HALL, Topic.SESSION})
    return stream(request, topics, lambda: service.screens.current(service.sequencer.view).event, first=True)


@router.get("/hall/control", dependencies=[Officials])
async def control(request: Request) -> Response:
    """What can be shown, what is shown, and the switch."""
    return await _control(request)


@router.post("/hall/control", dependencies=[Officials])
async def switch(request: Request) -> Response:
    """Switch all screens."""
    service, form = service_of(request), form_of(request)
    now = await asyncio.to_thread(service.screens.refresh)
    if form.text("changes") != str(now.changes):
        return await _control(request, SaidError(_STALE, status=409))
    try:
        wanted = _wanted(service, now, form)
    except SaidError as error:
        return await _control(request, error)
    await asyncio.wrap_future(service.writer.submit(switch_screen(wanted)))
    await asyncio.to_thread(service.screens.refresh)
    service.live.tell(frozenset({Topic.HALL}))
    return go_to("/hall/control")


def _wanted(service: Service, now: HallScreen, form: Form) -> HallScreen:
    """What a form asks for: another scene, another page, or other colours.

    Raises:
        SaidError: it asks for nothing that there is.
    """
    log, theme = service.sequencer.view.log, form.text("theme")
    if theme in THEMES:
        return replace(now, theme=theme)
    if form.text("turn") == "auto":
        return replace(now, turning=not now.turning, page=_content(service, now).page - 1)
    if form.text("turn") in ("next", "back"):
        content = _content(service, now)
        step = 1 if form.text("turn") == "next" else -1
        return replace(now, turning=False, page=(content.page - 1 + step) % content.pages)
    scene, _, contest = form.text("show").partition("/")
    if scene not in tuple(Scene) or (contest and contest not in log.contests):
        raise SaidError(_CHOOSE)
    if Scene(scene) in (Scene.TURNOUT, Scene.RESULT) and not contest:
        raise SaidError(_CHOOSE)
    return replace(now, scene=Scene(scene), contest=contest, page=0, turning=True)


async def _drawn(service: PublicService) -> Drawn:
    await asyncio.to_thread(service.screens.refresh)
    return await asyncio.to_thread(service.screens.current, service.sequencer.view)


async def _control(request: Request, error: SaidError | None = None) -> Response:
    service = service_of(request)
    log, now = service.sequencer.view.log, await asyncio.to_thread(service.screens.refresh)
    contests = sorted(log.contests.values(), key=lambda held: held.contest.slot)
    return page(
        request,
        "hall/control.html",
        status=error.status if error else 200,
        error=error.said if error else None,
        now=now,
        content=await asyncio.to_thread(_content, service, now),
        scenes=SCENES,
        contests=[
            (
                held,
                withheld_from_hall(log, held),
                Said(held.contest.title.zh, held.contest.title.en or held.contest.title.zh),
            )
            for held in contests
        ],
        seconds=TURN_SECONDS,
        screens=service.live.streams_about(Topic.HALL),
    )


def _content(service: Service, now: HallScreen) -> Content:
    today = datetime.fromtimestamp(service.clock.unix(), UTC).date()
    return content_of(service.sequencer.view.log, now, turn_of(service.clock) if now.turning else 0, today)
