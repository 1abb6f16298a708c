"""The two addresses that need no cookie: the way in, and style sheets, scripts and letters."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ballots.screen.assets import PREFIX, at_address
from ballots.screen.policy import ASSET_HEADERS
from kiosk.local_page.door import OPEN_PATH, Door
from kiosk.local_page.keys import cookie_name
from kiosk.local_page.plain import plain_page

START: Final = "/"


def routes_of(door: Door) -> list[Route]:
    """The routes of a page's door."""

    def open_page(request: Request) -> Response:
        cookie = door.enter(request.query_params.get("token", ""))
        if cookie is None:
            return plain_page("token", 403)
        # A link that stood on another page (a mail, a list of links) comes from elsewhere, and so would what it leads
        # to: the browser would keep the cookie back. A page of our own in between is where the person comes from.
        is_ours = request.headers.get("sec-fetch-site", "none") in ("none", "same-origin")
        answer = RedirectResponse(START, 303) if is_ours else plain_page("open", 200)
        answer.set_cookie(cookie_name(door.port), cookie, httponly=True, samesite="strict", path="/")
        return answer

    return [Route(OPEN_PATH, open_page), Route(PREFIX + "{digits}/{name}", _static)]


async def _static(request: Request) -> Response:
    found = at_address(request.path_params["digits"], request.path_params["name"])
    if found is None:
        return plain_page("missing", 404)
    return Response(found.content, media_type=found.media_type, headers=ASSET_HEADERS)
