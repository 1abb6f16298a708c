"""Where the full server takes what readers carry to it: a Unix socket in the session's folder, mode 0600.

Whoever can open it is the server's own account. Only here is believed who sent a request and over what: a reader says
it in one header, which it lets nobody else send. Stations show no certificates of their own over TLS (they enrol for a
token), so there is nothing else of the connection to be told.
"""

import asyncio
import contextlib
import json
import os
import socket
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.web import BACKLOG, web_config
from voting_core.errors import InputError

FILE: Final = "readers.sock"
CLIENT_HEADER: Final = b"plenum-client"
KEEP_ALIVE_SECONDS: Final = 60
"""Longer than readers keep an idle connection, so that none is closed while something is sent through it."""

LONGEST_PATH: Final = 100
"""Bytes of a Unix socket's path: the kernel takes 107."""


def door_of(directory: Path) -> Path:
    """Where the socket of a session's folder is."""
    return directory / FILE


def client_header(scope: Scope) -> tuple[bytes, bytes]:
    """What a reader tells of the connection that a request came over."""
    host, port = scope.get("client") or ("", 0)
    return CLIENT_HEADER, json.dumps([scope["scheme"], host, port]).encode("ascii")


@contextlib.contextmanager
def listening(directory: Path) -> Iterator[socket.socket]:
    """The socket, listening; its file goes with it.

    Raises:
        InputError: the folder's path is too long for a socket.
    """
    path = door_of(directory).absolute()
    if len(os.fsencode(path)) > LONGEST_PATH:
        raise InputError(
            str(path), "this path is too long for a socket between processes", "Give a --data with a shorter path"
        )
    # The folder's lock is held, so what lies here is of a server that ended.
    path.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        mask = os.umask(0o177)
        try:
            door.bind(str(path))
        finally:
            os.umask(mask)
        path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        door.listen(BACKLOG)
        try:
            yield door
        finally:
            path.unlink(missing_ok=True)


class FromReader:
    """Puts the client that a reader names in the place of the reader. Refuses what names none."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as if its client had connected here."""
        told = [value for name, value in scope.get("headers", ()) if name == CLIENT_HEADER]
        if scope["type"] != "http" or len(told) != 1:
            await PlainTextResponse("this socket is for the readers of this server\n", 400)(scope, receive, send)
            return
        scheme, host, port = json.loads(told[0])
        headers = [item for item in scope["headers"] if item[0] != CLIENT_HEADER]
        await self._app({**scope, "scheme": scheme, "client": (host, port), "headers": headers}, receive, send)


class _Beside(uvicorn.Server):
    """A server beside another one in the same process, which has the signals."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


@contextlib.asynccontextmanager
async def open_door(app: ASGIApp, door: socket.socket) -> AsyncIterator[None]:
    """Answer at the door for as long as the context lasts, in this event loop."""
    config = web_config(
        FromReader(app),
        lifespan="off",
        proxy_headers=False,
        date_header=False,
        keep_alive=KEEP_ALIVE_SECONDS,
    )
    server = _Beside(config)
    serving = asyncio.create_task(server.serve(sockets=[door]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving
