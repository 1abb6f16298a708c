"""How long requests take, by the kind of address and the class of the answer: never by who asked, or for what.

Ballots are told in groups of eight (:mod:`api.watching.figures`). Streams last as long as a page is open, so they have
no duration.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.settings import MIN_BATCH
from api.watching.figures import Histogram, Told, described, samples_of, summed

NAME: Final = "plenum_request_seconds"
BALLOTS: Final = "ballots"
STREAMS: Final = "streams"
TEXT: Final = "How long requests took, by kind of address and class of the answer; ballots in groups of eight"

KINDS: Final = (
    ("/v1/entries", "entries"),
    ("/v1/log/", "log"),
    ("/v1/status", "status"),
    ("/v1/", "api"),
    ("/static/", "files"),
    ("/board", "board"),
    ("/desk", "desk"),
    ("/hall", "hall"),
)
"""The kind of an address by its beginning; the first that fits counts, and everything else is a page."""


def kind_of(method: str, path: str) -> str:
    """The kind of a request."""
    if path.endswith("/stream"):
        return STREAMS
    if path == "/v1/ballots" and method == "POST":
        return BALLOTS
    return next((kind for start, kind in KINDS if path.startswith(start)), "pages")


class RequestFigures:
    """The durations of one server's requests. It is used in the event loop alone."""

    def __init__(self) -> None:
        self._ballots = Histogram(told_by=MIN_BATCH)
        self._others = Histogram()

    def note(self, kind: str, status: int, seconds: float) -> None:
        """Note one request."""
        histogram = self._ballots if kind == BALLOTS else self._others
        histogram.observe((("answer", f"{status // 100}xx"), ("kind", kind)), seconds)

    @property
    def told(self) -> Told:
        """What may be told."""
        return {**self._others.told, **self._ballots.told}

    def lines(self, others: Iterable[Told] = ()) -> Iterator[str]:
        """Description and samples, with what other processes have told."""
        yield from described(NAME, "histogram", TEXT)
        yield from samples_of(NAME, summed([self.told, *others]))


class Measured:
    """An application whose requests are measured, from their first byte here to the last one of the answer."""

    def __init__(self, app: ASGIApp, figures: RequestFigures, monotonic: Callable[[], float]) -> None:
        self._app = app
        self._figures = figures
        self._monotonic = monotonic

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or (kind := kind_of(scope["method"], scope["path"])) == STREAMS:
            await self._app(scope, receive, send)
            return
        began, status = self._monotonic(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            self._figures.note(kind, status, self._monotonic() - began)
