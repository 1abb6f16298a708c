"""How a reader tells its figures to the full server: one message a second on a socket that is its standard output.

A message is whole or is not sent, and nobody waits for it: where the full server takes none, the reader answers its
requests all the same.
"""

import asyncio
import contextlib
import os
import socket
from collections.abc import AsyncIterator
from typing import Final, Protocol

from fastapi import FastAPI

from api.watching.processes import ProcessFigures
from api.watching.requests import RequestFigures

TELL_SECONDS: Final = 1.0
MOST_BYTES: Final = 65_536
"""Of a message; the figures of every kind of request and every class of answer have a tenth of it."""


class _Streams(Protocol):
    """What knows how many event streams are open."""

    @property
    def streams(self) -> int: ...


def mouth_at(number: int) -> socket.socket | None:
    """The socket that is an open file of this process; None where that is something else."""
    try:
        mouth = socket.socket(fileno=os.dup(number))
    except OSError:
        return None
    mouth.setblocking(False)
    return mouth


@contextlib.asynccontextmanager
async def telling(app: FastAPI, mouth: socket.socket, live: _Streams) -> AsyncIterator[None]:
    """Tell the figures of an application for as long as the context lasts, and once at its end."""
    requests: RequestFigures = app.state.requests

    def tell() -> None:
        with contextlib.suppress(OSError):
            mouth.send(ProcessFigures.here(requests, live.streams).told())

    async def go_on() -> None:
        while True:
            tell()
            await asyncio.sleep(TELL_SECONDS)

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        tell()
