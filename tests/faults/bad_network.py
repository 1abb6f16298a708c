"""The network between stations and their server, at its worst: it delays, cuts and doubles requests as a seed says.

Each request has a connection to the server of its own, so that any of it can be lost: before it arrives, half of it,
its answer, or half of the answer. A doubled request arrives twice at the same time, and one answer comes back.
"""

import contextlib
import socket
import threading
import time
from collections import Counter
from enum import StrEnum
from typing import Final

from tests.support.seeded_rng import SeededRng

_PIECE: Final = 1 << 16
_LONGEST_DELAY: Final = 0.05


class Fate(StrEnum):
    """What becomes of a request."""

    PASSED = "passed on"
    DELAYED = "delayed"
    DOUBLED = "doubled"
    LOST = "lost before the server had it"
    HALVED = "cut in the middle"
    UNANSWERED = "its answer lost"
    CUT_SHORT = "its answer cut in the middle"


TROUBLES: Final = tuple(fate for fate in Fate if fate is not Fate.PASSED)


class BadNetwork:
    """Listens where stations send, and sends on to the server. One request in two has a trouble."""

    def __init__(self, port: int, seed: str) -> None:
        self._server = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._chance = SeededRng(seed)
        self._lock = threading.Lock()
        self.fates: Counter[Fate] = Counter()
        """What became of the requests so far."""

        self.is_bad = True
        """Whether anything happens to them."""

        threading.Thread(target=self._accept, name="network", daemon=True).start()

    @property
    def url(self) -> str:
        """Where stations find their server."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def troubles(self) -> int:
        """How many requests had a trouble."""
        with self._lock:
            return sum(self.fates[fate] for fate in TROUBLES)

    def close(self) -> None:
        """Take it away."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), name="network", daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with contextlib.suppress(OSError), near:
            request = read_request(near)
            if not request:
                return
            fate, delay = self._draw()
            if fate is Fate.LOST:
                return
            if fate is Fate.DELAYED:
                time.sleep(delay)
            if fate is Fate.HALVED:
                self._ask(request[: len(request) // 2], wait=False)
                return
            twin = threading.Thread(target=self._ask, args=(request,))
            if fate is Fate.DOUBLED:
                twin.start()
            answer = self._ask(request)
            if fate is Fate.DOUBLED:
                twin.join()
            if fate is Fate.UNANSWERED:
                return
            near.sendall(answer[: len(answer) // 2] if fate is Fate.CUT_SHORT else answer)

    def _draw(self) -> tuple[Fate, float]:
        with self._lock:
            one, two, three = self._chance.bytes(3)
            fate = TROUBLES[two % len(TROUBLES)] if self.is_bad and one % 2 else Fate.PASSED
            self.fates[fate] += 1
            return fate, _LONGEST_DELAY * three / 255

    def _ask(self, request: bytes, *, wait: bool = True) -> bytes:
        """Send a request over a connection of its own; gives the whole answer."""
        answer = b""
        with socket.create_connection(self._server) as far:
            far.sendall(request)
            while wait and (piece := far.recv(_PIECE)):
                answer += piece
        return answer


def read_request(near: socket.socket) -> bytes:
    """A whole request; asks the server to close the connection behind the answer. Empty when none comes."""
    read = b""
    while b"\r\n\r\n" not in read:
        piece = near.recv(_PIECE)
        if not piece:
            return b""
        read += piece
    head, _, body = read.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    lengths = [int(line.partition(b":")[2]) for line in lines if line.lower().startswith(b"content-length:")]
    while len(body) < sum(lengths):
        piece = near.recv(_PIECE)
        if not piece:
            return b""
        body += piece
    return b"\r\n".join([*lines, b"Connection: close"]) + b"\r\n\r\n" + body
