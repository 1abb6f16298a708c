"""Serving the page to the person at this laptop, and to nobody else."""

import contextlib
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

import uvicorn

from kiosk.station_page.app import create_page
from kiosk.station_page.gate import OPEN_PATH
from kiosk.station_page.station import StationPage
from voting_core.errors import InputError

HOST: Final = "127.0.0.1"
"""The page is for this machine alone; there is no option for another address."""

SHUTDOWN_SECONDS: Final = 2


def listen(port: int) -> socket.socket:
    """Open the listening socket; port 0 takes any free one.

    Raises:
        InputError: the port is taken.
    """
    try:
        listener = socket.create_server((HOST, port))
    except OSError as error:
        raise InputError(
            f"{HOST}:{port}", "cannot listen there", "Give another --port, or leave it out for any free one"
        ) from error
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def link(station: StationPage) -> str:
    """A new one-time link to the page; the one before it is void."""
    return f"http://{HOST}:{station.port}{OPEN_PATH}?token={station.keys.new_token()}"


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where the link is told, and how a new one is asked for."""

    output: TextIO
    input: TextIO
    browse: Callable[[str], object] | None

    @classmethod
    def own(cls, *, browser: bool) -> "Terminal":
        """The terminal in which the station was started."""
        return cls(sys.stdout, sys.stdin, webbrowser.open if browser else None)

    def tell(self, station: StationPage) -> None:
        """Give a link, and open it where there is a browser."""
        address = link(station)
        self.output.write(
            "监票人工作站已启动。请在本机浏览器打开（仅一次有效）：\n"
            f"The scrutineer's station is running. Open this on this machine, once:\n  {address}\n"
        )
        self.output.flush()
        if self.browse is not None:
            self.browse(address)

    def answer(self, station: StationPage) -> None:
        """Give a new link whenever Enter is pressed, until the input ends."""
        for _ in self.input:
            self.tell(station)


@contextlib.contextmanager
def serving(station: StationPage, listener: socket.socket) -> Iterator[uvicorn.Server]:
    """The page at work in a thread of its own, until the block ends."""
    # No access log: addresses of pages say what a scrutineer looked at, and the one-time token would be in it.
    config = uvicorn.Config(
        create_page(station),
        access_log=False,
        server_header=False,
        date_header=False,
        log_level="error",
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        lifespan="off",
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="page", daemon=True)
    thread.start()
    try:
        yield server
    finally:
        station.closing.set()
        server.should_exit = True
        thread.join()
        station.close()


def serve(directory: Path, port: int, terminal: Terminal, prepare: Callable[[StationPage], None]) -> None:
    """Serve the page of a directory until interrupted. `prepare` may sit the scrutineer down before.

    Raises:
        InputError: the port is taken, or files of the directory are damaged.
    """
    with contextlib.closing(listen(port)) as listener:
        station = StationPage(directory, listener.getsockname()[1])
        prepare(station)
        with serving(station, listener) as server, contextlib.suppress(KeyboardInterrupt):
            terminal.tell(station)
            threading.Thread(target=terminal.answer, args=(station,), name="links", daemon=True).start()
            while not server.should_exit:
                station.closing.wait(1.0)
