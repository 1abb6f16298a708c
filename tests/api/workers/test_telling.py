"""A reader's figures on their way to the full server."""

import asyncio
import contextlib
import os
import socket
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi import FastAPI

from api.watching.processes import ProcessFigures
from api.watching.requests import RequestFigures
from api.workers import telling as module
from api.workers.telling import MOST_BYTES, mouth_at, telling
from tests.support.coroutines import run

LIVE = SimpleNamespace(streams=3)


def application() -> FastAPI:
    app = FastAPI()
    app.state.requests = RequestFigures()
    return app


def test_figures_are_told_at_once_again_and_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TELL_SECONDS", 0.01)
    app, (ear, mouth) = application(), socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    mouth.setblocking(False)

    def hear() -> int:
        told = ProcessFigures.read(ear.recv(MOST_BYTES))
        assert told.streams == 3
        return sum(one.number for one in told.requests.values())

    async def tell() -> None:
        async with telling(app, mouth, LIVE):
            assert await asyncio.to_thread(hear) == 0
            app.state.requests.note("status", 200, 0.1)
            while not await asyncio.to_thread(hear):
                pass
            # From here on only the end tells, and has room for it: what is not taken is not sent.
            monkeypatch.setattr(module, "TELL_SECONDS", 3_600)
            await asyncio.sleep(0.1)
            everything()
            app.state.requests.note("status", 200, 0.1)

    def everything() -> list[int]:
        ear.setblocking(False)
        heard = []
        with contextlib.suppress(BlockingIOError):
            while True:
                heard.append(hear())
        return heard

    with ear, mouth:
        run(tell())
        assert everything()[-1] == 2


def test_nobody_waits_for_a_server_that_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TELL_SECONDS", 0)
    app, (ear, mouth) = application(), socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    mouth.setblocking(False)

    async def tell() -> None:
        async with telling(app, mouth, LIVE):
            for _ in range(2_000):
                await asyncio.sleep(0)

    with ear, mouth:
        run(tell())
        ear.close()
        run(tell())


def test_only_a_socket_is_a_mouth(tmp_path: Path) -> None:
    with (tmp_path / "file").open("w") as file:
        assert mouth_at(file.fileno()) is None
    ear, mouth = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with ear, mouth:
        found = mouth_at(mouth.fileno())
        assert found is not None
        with closing(found):
            assert not os.get_blocking(found.fileno())
