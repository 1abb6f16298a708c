"""Requests are measured by kind and answer, and by nothing else."""

from typing import Any

import pytest

from api.watching.requests import KINDS, Measured, RequestFigures, kind_of
from tests.support.coroutines import run


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("POST", "/v1/ballots", "ballots"),
        ("GET", "/v1/ballots/ABCD", "api"),
        ("POST", "/v1/entries", "entries"),
        ("GET", "/v1/log/entries", "log"),
        ("GET", "/board/results/x.html", "board"),
        ("GET", "/hall/stream", "streams"),
        ("GET", "/desk/stream", "streams"),
        ("POST", "/desk/note", "desk"),
        ("GET", "/sign-in", "pages"),
        ("GET", "/", "pages"),
    ],
)
def test_the_kind_of_a_request(method: str, path: str, kind: str) -> None:
    assert kind_of(method, path) == kind


async def _nothing() -> Any:
    raise AssertionError


def ask(figures: RequestFigures, path: str, status: int | None, method: str = "GET") -> None:
    ticks = iter((1.0, 1.2))

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if status is None:
            raise OSError("gone")
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def send(_: Any) -> None:
        return

    scope = {"type": "http", "method": method, "path": path}
    run(Measured(app, figures, lambda: next(ticks))(scope, _nothing, send))


def test_an_answer_is_counted_by_its_class() -> None:
    figures = RequestFigures()
    ask(figures, "/v1/status", 200)
    ask(figures, "/v1/status", 404)
    with pytest.raises(OSError, match="gone"):
        ask(figures, "/v1/status", None)
    text = "\n".join(figures.lines())
    for answer in ("2xx", "4xx", "5xx"):
        assert f'plenum_request_seconds_count{{answer="{answer}",kind="status"}} 1' in text
    assert 'plenum_request_seconds_bucket{answer="2xx",kind="status",le="0.25"} 1' in text
    assert 'plenum_request_seconds_bucket{answer="2xx",kind="status",le="0.1"} 0' in text


def test_a_single_ballot_shows_nowhere() -> None:
    figures = RequestFigures()
    before = list(figures.lines())
    for _ in range(7):
        ask(figures, "/v1/ballots", 200, "POST")
    assert list(figures.lines()) == before
    ask(figures, "/v1/ballots", 409, "POST")
    text = "\n".join(figures.lines())
    assert 'plenum_request_seconds_count{answer="2xx",kind="ballots"} 7' in text


def test_streams_and_sockets_have_no_duration() -> None:
    figures = RequestFigures()
    before = list(figures.lines())
    ask(figures, "/hall/stream", 200)
    assert list(figures.lines()) == before


def test_kinds_are_words_of_ours() -> None:
    assert all(kind.isalpha() for _, kind in KINDS)


def test_requests_of_other_processes_are_added() -> None:
    own, other = RequestFigures(), RequestFigures()
    ask(own, "/v1/status", 200)
    ask(other, "/v1/status", 200)
    ask(other, "/board", 200)
    text = "\n".join(own.lines([other.told]))
    assert 'plenum_request_seconds_count{answer="2xx",kind="status"} 2' in text
    assert 'plenum_request_seconds_count{answer="2xx",kind="board"} 1' in text
    assert text.count("# TYPE") == 1
