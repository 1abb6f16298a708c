"""Screens count the pictures they get, and a screen that has lost its stream is noticed."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
import pytest

from loadtests.screens import Screens, open_screens, show_result
from tests.support.patience import PATIENCE
from voting_core.errors import FatalError


class Board(ThreadingHTTPServer):
    """Sends a picture at once, and another one when told; keeps the cookies that came."""

    daemon_threads = True

    def __init__(self) -> None:
        self.another, self.end = threading.Event(), threading.Event()
        self.cookies: list[str] = []
        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """One stream."""

    server: Board

    def do_GET(self) -> None:
        self.server.cookies.append(self.headers["Cookie"])
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\nevent: board\ndata: a\n\n")
        self.wfile.flush()
        self.server.another.wait(PATIENCE)
        self.wfile.write(b": a ping\n\nevent: board\ndata: b\n\n")
        self.wfile.flush()
        self.server.end.wait(PATIENCE)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def board() -> Iterator[Board]:
    with Board() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.another.set()
        server.end.set()
        server.shutdown()
        thread.join()


def test_every_screen_gets_every_picture(board: Board) -> None:
    with open_screens(board.url, "plenum=ab", 5) as screens:
        assert screens.pictures == [1] * 5
        board.another.set()
        assert screens.await_more([1] * 5, PATIENCE) >= 0
        assert screens.pictures == [2] * 5
    assert board.cookies == ["plenum=ab"] * 5


def test_the_result_is_shown_when_all_have_it(board: Board) -> None:
    def official(request: httpx2.Request) -> httpx2.Response:
        if request.method == "POST":
            assert request.read() == b"csrf=0a&changes=3&show=result%2Fcommittee"
            board.another.set()
        return httpx2.Response(200, html='<input name="csrf" value="0a"><input name="changes" value="3">')

    with (
        httpx2.Client(base_url="http://a", transport=httpx2.MockTransport(official)) as browser,
        open_screens(board.url, "plenum=ab", 3) as screens,
    ):
        assert show_result(browser, "committee", screens) >= 0


def test_a_lost_stream_is_noticed(board: Board) -> None:
    with open_screens(board.url, "plenum=ab", 2) as screens:
        board.another.set()
        board.end.set()
        with pytest.raises(FatalError, match="have lost their stream"):
            screens.await_more([9, 9], PATIENCE)


def test_a_screen_without_a_picture_is_late() -> None:
    screens = Screens(3)
    screens.pictures = [2, 1, 1]
    with pytest.raises(FatalError, match="2 of 3 screens have no picture"):
        screens.await_more([1, 1, 1], 0.0)


def test_a_switch_that_is_refused_is_an_error() -> None:
    def refuse(request: httpx2.Request) -> httpx2.Response:
        page = '<input name="csrf" value="0a"><input name="changes" value="3">'
        return httpx2.Response(409 if request.method == "POST" else 200, html=page)

    for answer, message in ((refuse, "not switched: status 409"), (lambda _: httpx2.Response(200), "has no")):
        transport = httpx2.MockTransport(answer)
        with (
            httpx2.Client(base_url="http://a", transport=transport) as browser,
            pytest.raises(FatalError, match=message),
        ):
            show_result(browser, "committee", Screens(0))
