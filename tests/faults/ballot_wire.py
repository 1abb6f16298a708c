"""The cable between a kiosk and its server: a test cuts it, or is called at the instants of a ballot's delivery."""

import contextlib
import socket
import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Final

_BALLOT: Final = b"POST /v1/ballots "
_PIECE: Final = 1 << 16


class Instant(StrEnum):
    """Where a ballot is when the test is called."""

    SENT = "sent"
    """The kiosk has sent it, the server has nothing of it yet."""

    ANSWERED = "answered"
    """The server has promised it, the kiosk does not know."""

    TOLD = "told"
    """The promise has gone on to the kiosk."""


class BallotWire:
    """Passes everything on in both directions, by threads of its own."""

    def __init__(self, port: int) -> None:
        self._server = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.is_cut = False
        """Whether the cable is out."""

        self._calls: dict[Instant, Callable[[], None]] = {}
        threading.Thread(target=self._accept, name="wire", daemon=True).start()

    @property
    def url(self) -> str:
        """Where the kiosk finds its server."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def call_at(self, instant: Instant, work: Callable[[], None]) -> None:
        """Call when the next ballot is there, once. Nothing goes on before the call is over."""
        self._calls = {instant: work}

    def call_no_more(self) -> None:
        """Forget what was to be called and was not."""
        self._calls = {}

    def cut(self) -> None:
        """Pull the cable out: what is on its way is lost, and nobody answers."""
        self.is_cut = True
        for end in self._open:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Put the cable back in."""
        self.is_cut = False

    def close(self) -> None:
        """Take the wire away."""
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self.is_cut:
                near.close()
                continue
            far = socket.create_connection(self._server)
            self._open = [near, far, *(end for end in self._open if end.fileno() >= 0)]
            carries_ballot = threading.Event()
            for pump in (self._outward, self._homeward):
                threading.Thread(target=pump, args=(near, far, carries_ballot), name="wire", daemon=True).start()

    def _outward(self, near: socket.socket, far: socket.socket, carries_ballot: threading.Event) -> None:
        with contextlib.suppress(OSError), near, far:
            while piece := near.recv(_PIECE):
                if _BALLOT in piece:
                    carries_ballot.set()
                    if self._reached(Instant.SENT):
                        return
                far.sendall(piece)
            far.shutdown(socket.SHUT_RDWR)

    def _homeward(self, near: socket.socket, far: socket.socket, carries_ballot: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while piece := far.recv(_PIECE):
                is_promise = carries_ballot.is_set()
                carries_ballot.clear()
                if is_promise and self._reached(Instant.ANSWERED):
                    return
                near.sendall(piece)
                if is_promise:
                    self._reached(Instant.TOLD)
            near.shutdown(socket.SHUT_RDWR)

    def _reached(self, instant: Instant) -> bool:
        work = self._calls.pop(instant, None)
        if work is None:
            return False
        work()
        return True
