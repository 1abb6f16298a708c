"""The gate in front of a page: nobody but the person who opened the station drives it.

* The page listens on the loopback address alone, and only requests addressed to exactly that address are answered: a
  name that an attacker points at this machine (DNS rebinding) is not its name.
* Whoever comes first shows the one-time token that the terminal printed, and gets a cookie of this station alone.
* What changes something is a form of this page: same origin, with the secret that only its own pages carry.
* The token, the cookie and the form's secret are random, in memory only, and gone with the process.
"""

from collections.abc import MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ballots.screen.policy import PAGE_HEADERS
from kiosk.local_page.door import OPEN_PATH, Door
from kiosk.local_page.keys import cookie_name
from kiosk.local_page.plain import plain_page

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


class Gate:
    """The application behind the gate. `most` is the largest body that is read, in bytes."""

    def __init__(self, app: ASGIApp, *, door: Door, most: int) -> None:
        self._app = app
        self._door = door
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it with a page that says why."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, _limited(receive, self._most), _with_headers(send))
        else:
            status, word = refusal
            await plain_page(word, status)(scope, receive, _with_headers(send))

    def _refusal(self, scope: MutableMapping[str, Any]) -> tuple[int, str] | None:
        headers, path, method = Headers(scope=scope), scope["path"], scope["method"]
        host, port = headers.get("host", ""), self._door.port
        if host not in (f"127.0.0.1:{port}", f"localhost:{port}"):
            return 421, "host"
        if method not in _SAFE and headers.get("origin") != f"http://{host}":
            return 403, "origin"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none") and path != OPEN_PATH:
            return 403, "site"
        if path == OPEN_PATH or path.startswith(_PUBLIC_PREFIX):
            return None
        visit = self._door.keys.visit(_cookie(headers, cookie_name(port)))
        if visit is None:
            return 403, "token"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._most:
            return 413, "size"
        scope.setdefault("state", {})["visit"] = visit
        return None


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


def _limited(receive: Receive, most: int) -> Receive:
    """Stop reading a body that is longer than it may be."""
    total = 0

    async def limited() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > most:
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
