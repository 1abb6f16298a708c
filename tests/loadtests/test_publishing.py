"""The end of a run: what a phone fetches, and a session that has no screens."""

import httpx2
import pytest

from loadtests import publishing
from loadtests.profiles import SMOKE
from loadtests.publishing import await_board, publish
from voting_core.errors import FatalError

PAGES = {
    "/board/": '<link rel="stylesheet" href="assets/ab/plenum.css"><a class="x" href="results/one.html">一</a>',
    "/board/results/one.html": '<link href="../assets/ab/plenum.css"><script src="../assets/cd/board.js"></script>',
}


def _browser(monkeypatch: pytest.MonkeyPatch, answers: list[int]) -> None:
    def board(request: httpx2.Request) -> httpx2.Response:
        status = answers.pop(0) if answers else 200
        return httpx2.Response(status, html=PAGES.get(request.url.path, ""))

    made = httpx2.Client(base_url="http://a", transport=httpx2.MockTransport(board))
    monkeypatch.setattr(publishing.httpx2, "Client", lambda **_: made)


def test_a_phone_fetches_the_start_a_result_and_what_they_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "_POLL_SECONDS", 0)
    _browser(monkeypatch, [404, 404])
    assert await_board("http://a") == [
        "/board/",
        "/board/assets/ab/plenum.css",
        "/board/results/one.html",
        "/board/assets/cd/board.js",
    ]


def test_a_board_that_does_not_come_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "BOARD_SECONDS", 0)
    _browser(monkeypatch, [404])
    with pytest.raises(FatalError, match="the public board was not made"):
        await_board("http://a")


def test_without_screens_the_session_ends_and_nothing_is_measured() -> None:
    class Stage:
        finished = 0

        def finish(self, sent: object, report: object) -> None:
            self.finished += 1

    stage = Stage()
    assert publish(SMOKE, None, stage, {}, None, None) == {}  # type: ignore[arg-type]
    assert stage.finished == 1
