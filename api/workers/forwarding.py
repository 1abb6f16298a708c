"""Carrying a request, whole, to the full server, and its answer back as it comes.

Nothing is kept and nothing is read: the limits on size and rate are the full server's. A client that goes away is gone
for the full server too; a body that breaks off there breaks off here.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import httpx2
from starlette.types import Receive, Scope, Send

from api.errors import answer, problem
from api.store.failures import STOPPED, StorageError
from api.workers.door import CLIENT_HEADER, client_header

IDLE_SECONDS: Final = 20.0
"""How long a connection to the full server is kept for the next request."""

IDLE: Final = 64
"""Connections that are kept so."""

CONNECT_SECONDS: Final = 5.0

_OF_CONNECTION: Final = frozenset(
    {b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"upgrade", b"expect", CLIENT_HEADER}
)
"""Headers that are not carried: of a connection, and the one that readers alone write."""

_OF_ANSWER: Final = _OF_CONNECTION | {b"transfer-encoding"}


class _Gone(Exception):
    """The client went away."""


class _Body(httpx2.AsyncByteStream):
    """The body as it comes in; afterwards it tells when the client goes."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._whole = asyncio.Event()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        more = True
        while more:
            message = await self._receive()
            if message["type"] != "http.request":
                raise _Gone
            more = message.get("more_body", False)
            if part := message.get("body", b""):
                yield part
        self._whole.set()

    async def gone(self) -> None:
        """Wait until the client is gone."""
        await self._whole.wait()
        while (await self._receive())["type"] != "http.disconnect":
            pass


class Forwarder:
    """Carries requests to the full server's door; the application of everything that a reader does not answer."""

    def __init__(self, door: Path) -> None:
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=IDLE, keepalive_expiry=IDLE_SECONDS)
        # Nothing is verified on a Unix socket; the context is made in vain, with no file read.
        self._transport = httpx2.AsyncHTTPTransport(uds=str(door), limits=limits, verify=False, trust_env=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry one request."""
        body = _Body(receive)
        answering = asyncio.create_task(self._answer(_request(scope, body), scope, receive, send))
        leaving = asyncio.create_task(body.gone())
        try:
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (answering, leaving):
                task.cancel()
            await asyncio.gather(answering, leaving, return_exceptions=True)
        if not answering.cancelled():
            answering.result()

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def _answer(self, request: httpx2.Request, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await self._transport.handle_async_request(request)
        except _Gone:
            return
        except httpx2.LocalProtocolError:
            await problem(400, "http", "the request is not one of HTTP")(scope, receive, send)
            return
        except httpx2.TransportError:
            await answer(StorageError(STOPPED, full=False))(scope, receive, send)
            return
        # What breaks off here is not finished, so the client's connection is closed and it sees that something misses.
        with contextlib.suppress(httpx2.TransportError):
            try:
                headers = [item for item in response.headers.raw if item[0].lower() not in _OF_ANSWER]
                await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
                async for part in response.stream:  # type: ignore[union-attr]  # the transport's are asynchronous
                    await send({"type": "http.response.body", "body": part, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
            finally:
                await response.aclose()


def _request(scope: Scope, body: _Body) -> httpx2.Request:
    target = scope["raw_path"] + (b"?" + scope["query_string"] if scope["query_string"] else b"")
    headers = [item for item in scope["headers"] if item[0] not in _OF_CONNECTION]
    timeout = {"connect": CONNECT_SECONDS, "read": None, "write": None, "pool": None}
    return httpx2.Request(
        scope["method"],
        "http://plenum/",
        headers=[*headers, client_header(scope)],
        stream=body,
        extensions={"target": target, "timeout": timeout},
    )
