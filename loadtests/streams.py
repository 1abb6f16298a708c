"""`python -m loadtests.streams`: 500 hall screens on one server, and how much of a core they cost.

The server is a process of its own, reached over HTTP alone. Its administrator makes an official and a screen; the
official switches the screens once a second, which sends the whole picture to every one of them: far more than a meeting
does. What is counted is the processor time of the server's process while that goes on.
"""

import asyncio
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from kiosk.demo.processes import free_port
from tally.cli.bench.figure import Figure, at_most, info
from voting_core.errors import FatalError

SCREENS: Final = 500
SECONDS: Final = 10
MOST_PERCENT: Final = 25.0
"""The most of one core that the streams may cost."""

PASSWORD: Final = "measured with four words"  # noqa: S105 - of a server that is thrown away
_START_SECONDS: Final = 60
_CODE: Final = re.compile(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}")
_CSRF: Final = re.compile(r'name="csrf" value="([0-9a-f]+)"')
_CHANGES: Final = re.compile(r'name="changes" value="(\d+)"')


@dataclass
class Browser:
    """Somebody at the server: one cookie, pages and forms."""

    port: int
    cookie: str = ""

    def open(self, path: str, form: dict[str, str] | None = None) -> str:
        """Open a page, or send a form; gives the text. The cookie of a sign-in, which no script reads, is kept."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("GET" if form is None else "POST", path, urlencode(form or {}), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and "httponly" in value.lower():
                self.cookie = value.partition(";")[0]
        connection.close()
        if answer.status >= http.client.BAD_REQUEST:
            raise FatalError(f"{path} answered {answer.status}")
        return text

    def csrf(self, path: str) -> str:
        """The token of the forms of a page."""
        return _found(_CSRF, self.open(path))


def measure(screens: int = SCREENS, seconds: int = SECONDS) -> list[Figure]:
    """Start a server, open the streams, switch the screens, and give the figures."""
    with tempfile.TemporaryDirectory() as folder:
        data, port = Path(folder) / "data", free_port()
        command = [sys.executable, "-m", "api", "serve", "--data", str(data), "--port", str(port), "--simulated"]
        server = subprocess.Popen([*command, "--without-second-factor"], stderr=subprocess.DEVNULL)
        try:
            _wait(port)
            official, screen = _people(data, port)
            return asyncio.run(_measure(server.pid, port, official, screen, screens, seconds))
        finally:
            server.terminate()
            server.wait()


async def _measure(pid: int, port: int, official: Browser, screen: Browser, screens: int, seconds: int) -> list[Figure]:
    received = [0] * screens
    opened = await asyncio.gather(*(_open(port, screen.cookie) for _ in range(screens)))
    readers = [asyncio.ensure_future(_read(reader, received, at)) for at, (reader, _) in enumerate(opened)]
    while min(received) < 1:
        await asyncio.sleep(0.1)
    before, began = _cpu(pid), time.perf_counter()
    for turn in range(seconds):
        await asyncio.to_thread(_switch, official, ("light", "dark")[turn % 2])
        await asyncio.sleep(max(0.0, began + turn + 1 - time.perf_counter()))
    spent, took = _cpu(pid) - before, time.perf_counter() - began
    least = min(received) - 1
    for reading in readers:
        reading.cancel()
    for _, writer in opened:
        writer.close()
    if least < seconds - 1:
        raise FatalError(f"a screen got {least} of {seconds} pictures")
    name = f"{screens} event streams, a picture a second, of one core"
    return [at_most(name, 100 * spent / took, "%", MOST_PERCENT), info("pictures to each screen", least, "")]


async def _open(port: int, cookie: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /hall/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode())
    await writer.drain()
    return reader, writer


async def _read(reader: asyncio.StreamReader, received: list[int], at: int) -> None:
    while line := await reader.readline():
        received[at] += line.startswith(b"event: board")


def _switch(official: Browser, theme: str) -> None:
    text = official.open("/hall/control")
    form = {"csrf": _found(_CSRF, text), "changes": _found(_CHANGES, text), "theme": theme}
    official.open("/hall/control", form)


def _people(data: Path, port: int) -> tuple[Browser, Browser]:
    """An official and a screen, made and enrolled as people do it."""
    admin, official, screen = Browser(port), Browser(port), Browser(port)
    _enrol(admin, "admin", _found(_CODE, (data / "first-administrator.txt").read_text()))
    for browser, account, role in ((official, "official", "official"), (screen, "screen", "hall")):
        form = {"csrf": admin.csrf("/accounts"), "account": account, "name": account, "role": role}
        code = _found(_CODE, admin.open("/accounts", form))
        if role == "hall":
            browser.open("/enrol", {"account": account, "code": code})
        else:
            _enrol(browser, account, code)
    return official, screen


def _enrol(browser: Browser, account: str, code: str) -> None:
    browser.open("/enrol", {"account": account, "code": code})
    browser.open("/enrol/finish", {"account": account, "code": code, "password": PASSWORD, "again": PASSWORD})
    browser.open("/sign-in", {"account": account, "password": PASSWORD})


def _wait(port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            Browser(port).open("/healthz")
        except (OSError, FatalError):
            time.sleep(0.1)
        else:
            return
    raise FatalError("the server did not start")


def _cpu(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    if match is None:
        raise FatalError(f"a page has no {pattern.pattern}")
    return match[match.lastindex or 0]


def main() -> None:
    """Measure, and print each figure beside its limit."""
    figures = measure()
    if "--json" in sys.argv:
        print(json.dumps([{"name": one.name, "value": one.value, "limit": one.limit, "ok": one.ok} for one in figures]))
    else:
        for one in figures:
            bound = f"  (at most {one.limit:g} {one.unit})" if one.limit else ""
            print(f"{one.name}: {one.value:.1f} {one.unit}{bound}")
    if not all(one.ok for one in figures):
        sys.exit(1)


if __name__ == "__main__":
    main()
