"""The gate in front of the page: nobody but the person who opened the station drives it.

* The page listens on the loopback address alone, and only requests addressed to exactly that address are answered: a
  name that an attacker points at this machine (DNS rebinding) is not its name.
* Whoever comes first shows the one-time token that the terminal printed, and gets a cookie of this station alone.
* What changes something is a form of this page: same origin, with the secret that only its own pages carry.
* The token, the cookie and the form's secret are random, in memory only, and gone with the process.
"""

import hmac
import secrets
from collections.abc import MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ballots.screen.policy import PAGE_HEADERS
from kiosk.station_page.card_lists import MAX_BYTES

OPEN_PATH: Final = "/open"
MAX_BODY_BYTES: Final = MAX_BYTES + 65_536
"""The largest thing that is sent here is a file of card lists."""

MAX_SESSIONS: Final = 8
"""Browsers that were let in; the oldest goes when one more comes."""

_PUBLIC_PREFIX: Final = "/static/"
_SAFE: Final = frozenset({"GET", "HEAD"})

HEADERS: Final = {
    **PAGE_HEADERS,
    # With no-referrer, browsers send forms with "Origin: null", and forms of this page could not be told from others.
    "Referrer-Policy": "same-origin",
}


PDF_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Disposition": "inline",
    # The browser's own viewer is an object in a page of its own, with styles of its own.
    "Content-Security-Policy": (
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    ),
}
"""Headers of sheets and reports, which the browser shows and prints, and no cache keeps."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser that was let in: the secret of its forms."""

    csrf: str


class Keys:
    """The one-time token, and the browsers that have used one."""

    def __init__(self) -> None:
        self._token = ""
        self._visits: dict[str, Visit] = {}

    def new_token(self) -> str:
        """A token for one opening of the page; one that was given before and not used is void."""
        self._token = secrets.token_urlsafe(32)
        return self._token

    def redeem(self, token: str) -> str | None:
        """The cookie for whoever shows the token, once; None for a wrong or used one."""
        if not self._token or not hmac.compare_digest(token.encode(), self._token.encode()):
            return None
        self._token = ""
        cookie = secrets.token_urlsafe(32)
        while len(self._visits) >= MAX_SESSIONS:
            del self._visits[next(iter(self._visits))]
        self._visits[cookie] = Visit(secrets.token_urlsafe(32))
        return cookie

    def visit(self, cookie: str) -> Visit | None:
        """The browser that has this cookie."""
        return self._visits.get(cookie)


class Gate:
    """The application behind the gate. `port` is the one that the station listens on."""

    def __init__(self, app: ASGIApp, *, keys: Keys, port: int) -> None:
        self._app = app
        self._keys = keys
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self.cookie = cookie_name(port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it with one word of why."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, _limited(receive), _with_headers(send))
        else:
            status, word = refusal
            await PlainTextResponse(word, status)(scope, receive, _with_headers(send))

    def _refusal(self, scope: MutableMapping[str, Any]) -> tuple[int, str] | None:
        headers, path, method = Headers(scope=scope), scope["path"], scope["method"]
        host = headers.get("host", "")
        if host not in self._hosts:
            return 421, "host"
        if method not in _SAFE and headers.get("origin") != f"http://{host}":
            return 403, "origin"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none") and path != OPEN_PATH:
            return 403, "site"
        if path == OPEN_PATH or path.startswith(_PUBLIC_PREFIX):
            return None
        visit = self._keys.visit(_cookie(headers, self.cookie))
        if visit is None:
            return 403, "token"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
            return 413, "size"
        scope.setdefault("state", {})["visit"] = visit
        return None


def cookie_name(port: int) -> str:
    """Cookies of one address are shared by all its ports: the name keeps stations of one machine apart."""
    return f"plenum_station_{port}"


def is_own_form(visit: Visit, csrf: str) -> bool:
    """Whether a form was made by a page of this visit."""
    return hmac.compare_digest(csrf.encode(), visit.csrf.encode())


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _limited(receive: Receive) -> Receive:
    """Stop reading a body that is longer than it may be."""
    total = 0

    async def limited() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > MAX_BODY_BYTES:
            return {"type": "http.disconnect"}
        return message

    return limited


def _with_headers(send: Send) -> Send:
    """Give every answer the page's headers, unless it has its own."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message["headers"]}
            extra = [
                (name.lower().encode(), value.encode())
                for name, value in HEADERS.items()
                if name.lower().encode() not in present
            ]
            message = {**message, "headers": [*message["headers"], *extra]}
        await send(message)

    return sending
