"""`plenum scrutineer`: the page of a directory, and the terminal that tells its link."""

import contextlib
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import uvicorn

from kiosk.local_page import serving as local
from kiosk.station_page.app import create_page
from kiosk.station_page.station import StationPage


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
        address = station.door.new_link()
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
    with contextlib.closing(station), local.serving(create_page(station), listener, "page") as server:
        try:
            yield server
        finally:
            # Streams of events end by this; a server that waits for them would wait for its whole patience.
            station.closing.set()


def serve(directory: Path, port: int, terminal: Terminal, prepare: Callable[[StationPage], None]) -> None:
    """Serve the page of a directory until interrupted. `prepare` may sit the scrutineer down before.

    Raises:
        InputError: the port is taken, or files of the directory are damaged.
    """
    with contextlib.closing(local.listen(port)) as listener:
        station = StationPage(directory, listener.getsockname()[1])
        prepare(station)
        with serving(station, listener) as server, contextlib.suppress(KeyboardInterrupt):
            terminal.tell(station)
            threading.Thread(target=terminal.answer, args=(station,), name="links", daemon=True).start()
            while not server.should_exit:
                station.closing.wait(1.0)
