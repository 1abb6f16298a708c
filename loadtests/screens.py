"""Hall screens on a server: open event streams that count the pictures they get, read by a thread of their own."""

import asyncio
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final
from urllib.parse import urlsplit

import httpx2

from voting_core.errors import FatalError

OPEN_SECONDS: Final = 60.0
PICTURE_SECONDS: Final = 60.0
"""How long all screens may take; a hall would not wait for a tenth of it."""

PICTURE_BYTES: Final = 2**20
"""The longest line of a stream: a picture is one, of some ten thousand bytes."""

_PICTURE: Final = b"event: board"
_CSRF: Final = re.compile(r'name="csrf" value="([0-9a-f]+)"')
_CHANGES: Final = re.compile(r'name="changes" value="(\d+)"')
_LOOK_SECONDS: Final = 0.01


class Screens:
    """Open streams; `pictures` has how many each has got."""

    def __init__(self, number: int) -> None:
        self.pictures = [0] * number
        self.lost = 0

    def await_more(self, before: list[int], seconds: float) -> float:
        """Wait until every screen has got another picture than `before`; gives how long that took.

        Raises:
            FatalError: one has none after `seconds`, or its stream has ended.
        """
        began = time.perf_counter()
        while time.perf_counter() < began + seconds:
            if self.lost:
                raise FatalError(f"{self.lost} screens have lost their stream")
            if all(now > then for now, then in zip(self.pictures, before, strict=True)):
                return time.perf_counter() - began
            time.sleep(_LOOK_SECONDS)
        late = sum(now <= then for now, then in zip(self.pictures, before, strict=True))
        raise FatalError(f"{late} of {len(before)} screens have no picture after {seconds:.0f} s")


@contextmanager
def open_screens(address: str, cookie: str, number: int) -> Iterator[Screens]:
    """Open the streams of so many screens that share one sign-in.

    Raises:
        FatalError: they do not all get their first picture.
    """
    screens, loop = Screens(number), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="screens", daemon=True)
    thread.start()

    async def begin() -> list["asyncio.Task[None]"]:
        return [asyncio.ensure_future(_read(address, cookie, screens, at)) for at in range(number)]

    reading = asyncio.run_coroutine_threadsafe(begin(), loop).result()
    try:
        screens.await_more([0] * number, OPEN_SECONDS)
        yield screens
    finally:
        asyncio.run_coroutine_threadsafe(_end(reading), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _read(address: str, cookie: str, screens: Screens, at: int) -> None:
    parts = urlsplit(address)
    with suppress(OSError):
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=PICTURE_BYTES)
        try:
            head = f"GET /hall/stream HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookie}\r\n\r\n"
            writer.write(head.encode("ascii"))
            while line := await reader.readline():
                screens.pictures[at] += line.startswith(_PICTURE)
        finally:
            writer.close()
    screens.lost += 1


async def _end(reading: list["asyncio.Task[None]"]) -> None:
    for one in reading:
        one.cancel()
    await asyncio.gather(*reading, return_exceptions=True)
    # A turn of the loop, in which what was closed is let go.
    await asyncio.sleep(0)


def show_result(official: httpx2.Client, contest: str, screens: Screens) -> float:
    """Switch the screens to a result; gives the seconds until every one of them has it.

    Raises:
        FatalError: the server refuses, or a screen does not get it.
    """
    text = official.get("/hall/control").text
    before = list(screens.pictures)
    form = {"csrf": _first(_CSRF, text), "changes": _first(_CHANGES, text), "show": f"result/{contest}"}
    began = time.perf_counter()
    answer = official.post("/hall/control", data=form)
    if answer.status_code != httpx2.codes.OK:
        raise FatalError(f"the screens were not switched: status {answer.status_code}")
    screens.await_more(before, PICTURE_SECONDS)
    return time.perf_counter() - began


def _first(pattern: "re.Pattern[str]", text: str) -> str:
    found = pattern.search(text)
    if found is None:
        raise FatalError(f"the page that switches the screens has no {pattern.pattern}")
    return found[1]
