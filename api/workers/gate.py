"""What a reader answers itself: reads that anybody may make, without a cookie or a token. Everything else is carried to
the full server.

The list is written out. An address that is not on it is carried, so a new one is answered by the full server until
somebody has thought about it; a test compares the list with the policies of the routes.
"""

import asyncio
import re
from typing import Final

from starlette.requests import Request
from starlette.routing import compile_path
from starlette.types import ASGIApp, Receive, Scope, Send

from api.cookies import sign_in_token
from api.public_service import SignIns
from api.workers.follower import Follower
from ballots.screen.assets import PREFIX
from voting_core.errors import PlenumError

LOG: Final = (
    ("GET", "/v1/status"),
    ("GET", "/v1/log/entries"),
    ("GET", "/v1/log/checkpoint"),
    ("GET", "/v1/log/checkpoint/{size}"),
    ("GET", "/v1/log/inclusion/{index}"),
    ("GET", "/v1/log/consistency"),
    ("GET", "/v1/ballots/{ballot}"),
    ("GET", "/v1/credentials/{slot}/{key}"),
    ("GET", "/v1/proposals"),
    ("GET", "/lookup"),
    ("POST", "/lookup"),
)
"""What is answered from the log, after a look whether it has grown."""

FILES: Final = (
    ("GET", "/v1/authority"),
    ("GET", PREFIX + "{digits}/{name}"),
    ("GET", "/board"),
    ("GET", "/board/{path:path}"),
)
"""What is answered from files."""

SCREENS: Final = (("GET", "/hall/stream"),)
"""What is answered to hall screens: they are signed in for good, so the database alone tells whether one still is."""

CARRIED: Final = (
    ("GET", "/"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/enrol"),
    ("POST", "/enrol"),
    ("POST", "/enrol/finish"),
    ("GET", "/v1/record"),
    ("GET", "/v1/paper"),
    ("GET", "/v1/queues/{contest}"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
)
"""Public addresses that are carried all the same: they sign people in, need the server's keys, or ask after it."""

WAIT_SECONDS: Final = 5.0
"""How long a request waits for a reader to read on; then it is carried."""

_TOKENS: Final = frozenset({b"cookie", b"authorization"})


class Gate:
    """The application of a reader: `own` answers what is listed here, `carry` takes the rest.

    `log` is the server's log key, which names its cookie.
    """

    def __init__(self, own: ASGIApp, carry: ASGIApp, follower: Follower, screens: SignIns, log: bytes) -> None:
        self._own = own
        self._carry = carry
        self._follower = follower
        self._screens = screens
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or carry it."""
        own = scope["type"] != "http" or await self._is_own(scope)
        await (self._own if own else self._carry)(scope, receive, send)

    async def _is_own(self, scope: Scope) -> bool:
        if _is_among(_SCREENS, scope):
            return await self._is_screen(scope) and await self._is_current()
        if any(name in _TOKENS for name, _ in scope["headers"]):
            return False
        return _is_among(_FILES, scope) or (_is_among(_LOG, scope) and await self._is_current())

    async def _is_screen(self, scope: Scope) -> bool:
        token = sign_in_token(Request(scope), self._log)
        try:
            return bool(token) and await asyncio.to_thread(self._screens.signed_in, token) is not None
        except Exception:  # noqa: BLE001 - a database that does not answer: the full server says so
            return False

    async def _is_current(self) -> bool:
        """Wait until everything is read that was there when this was asked."""
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                await asyncio.wrap_future(self._follower.caught_up())
        except (TimeoutError, PlenumError):
            return False
        return True


def _compiled(addresses: tuple[tuple[str, str], ...]) -> tuple[tuple[str, "re.Pattern[str]"], ...]:
    return tuple((method, compile_path(path)[0]) for method, path in addresses)


_LOG, _FILES, _SCREENS = _compiled(LOG), _compiled(FILES), _compiled(SCREENS)


def _is_among(addresses: tuple[tuple[str, "re.Pattern[str]"], ...], scope: Scope) -> bool:
    return any(method == scope["method"] and pattern.match(scope["path"]) for method, pattern in addresses)
