"""The public board as files, the folders that go to some alone, and the page that leads officials to them."""

import asyncio
from pathlib import PurePosixPath
from typing import Final

from fastapi import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from api.accounts.roles import Role
from api.errors import MissingError
from api.pages.render import page
from api.policies import Needs, Public, page_router
from api.public_service import public_of
from api.service import service_of
from api.services.boards import Shelved
from ballots.screen.policy import PAGE_HEADERS
from tally.board.audience import Audience, published

router = page_router()

_TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".otf": "font/otf",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
_SHORT: Final = "public, max-age=30"
"""Pages: everybody asks at once, and a later publication is seen within half a minute."""

_FOR_EVER: Final = "public, max-age=31536000, immutable"
_PRIVATE: Final = "private, no-store"
_DOWNLOADS: Final = "files"

ACCOMPANYING: Final = (Role.OFFICIAL, Role.OBSERVER)
"""Who may open the folders for delegates and for those who may know every result."""


@router.get("/board", dependencies=[Public])
async def start() -> Response:
    """Addresses in the pages are relative, so the start page needs its slash."""
    return RedirectResponse("/board/", status_code=308)


@router.get("/board/{path:path}", dependencies=[Public])
async def public_board(request: Request, path: str) -> Response:
    """A file of the public folder, for everybody."""
    return await _file(request, Audience.PUBLIC, path)


@router.get("/board-for/delegates/{path:path}", dependencies=[Needs(*ACCOMPANYING)])
async def delegates_board(request: Request, path: str) -> Response:
    """A file of the folder for delegates."""
    return await _file(request, Audience.DELEGATES, path)


@router.get("/board-for/restricted/{path:path}", dependencies=[Needs(*ACCOMPANYING)])
async def restricted_board(request: Request, path: str) -> Response:
    """A file of the folder for those who may know every result."""
    return await _file(request, Audience.RESTRICTED, path)


@router.get("/board-for/person/{path:path}", dependencies=[Needs(Role.OFFICIAL)])
async def person_board(request: Request, path: str) -> Response:
    """A file of the folder of one person, to be handed to that person."""
    return await _file(request, Audience.PERSON, path)


@router.get("/publishing", dependencies=[Needs(*ACCOMPANYING)])
async def publishing(request: Request) -> Response:
    """What is published, and where the folders of each audience are."""
    service = service_of(request)
    people = service.boards.people() if request.state.account.role is Role.OFFICIAL else ()
    return page(
        request,
        "publishing.html",
        results=published(service.sequencer.view.log),
        ready=service.boards.find(Audience.PUBLIC, "") is not None,
        people=people,
    )


async def _file(request: Request, audience: Audience, path: str) -> Response:
    found = await asyncio.to_thread(public_of(request).boards.find, audience, path)
    if found is None:
        raise MissingError("nothing is published here; the board appears when the first result is published")
    headers = headers_of(found, audience)
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    download = found.path.name if is_download(found) else None
    return FileResponse(found.path, headers=headers, media_type=media_type_of(found), filename=download)


def headers_of(found: Shelved, audience: Audience) -> dict[str, str]:
    """What a file is answered with."""
    public = audience is Audience.PUBLIC
    return {
        **PAGE_HEADERS,
        "Cache-Control": (_FOR_EVER if found.immutable else _SHORT) if public else _PRIVATE,
        "ETag": f'"{found.sha256[:32]}"',
    }


def media_type_of(found: Shelved) -> str:
    """What kind of file it is."""
    return _TYPES[PurePosixPath(found.path.name).suffix]


def is_download(found: Shelved) -> bool:
    """Whether it is a file to keep, and no page."""
    return found.path.parent.parent.name == _DOWNLOADS
