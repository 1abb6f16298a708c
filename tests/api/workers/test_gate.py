"""What a reader answers itself, and that nobody has forgotten a route."""

from concurrent.futures import Future
from typing import Any

import pytest

from api.cookies import sign_in_cookie
from api.errors import MissingError
from api.pages.hall import hall_stream
from api.policies import public, public_form
from api.workers import gate
from api.workers.gate import CARRIED, FILES, LOG, SCREENS, Gate
from tests.api.test_policies import policy_of, routes
from tests.support.coroutines import run

LOG_KEY = bytes(range(32))
COOKIE = sign_in_cookie(LOG_KEY, encrypted=False)


def test_every_public_route_is_on_one_list_and_no_other_is() -> None:
    listed = [*LOG, *FILES, *CARRIED]
    assert len(set(listed)) == len(listed)
    for_anybody = {
        (method, route.path)
        for route in routes()
        for method in route.methods
        if policy_of(route) in (public, public_form)
    }
    assert set(listed) == for_anybody
    assert [("GET", route.path) for route in routes() if route.endpoint is hall_stream] == list(SCREENS)


class Follower:
    """Is always up to date, or never."""

    def __init__(self, error: Exception | None = None, *, slow: bool = False) -> None:
        self.error, self.slow, self.asked = error, slow, 0

    def caught_up(self) -> "Future[None]":
        self.asked += 1
        future: Future[None] = Future()
        if self.error is not None:
            future.set_exception(self.error)
        elif not self.slow:
            future.set_result(None)
        return future


class Screens:
    """One screen is signed in."""

    def signed_in(self, token: str, *, by_person: bool = True) -> Any:
        if token == "broken":
            raise OSError
        return object() if token == "screen" else None


def answered(method: str, path: str, follower: Follower, **headers: str) -> str:
    """Who answers: `own` or `carried`."""
    by = []

    def app(name: str) -> Any:
        async def work(scope: Any, receive: Any, send: Any) -> None:
            by.append(name)

        return work

    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": pairs, "scheme": "http", "query_string": b""}
    run(Gate(app("own"), app("carried"), follower, Screens(), LOG_KEY)(scope, None, None))  # type: ignore[arg-type]
    (one,) = by
    return str(one)


@pytest.mark.parametrize(
    "path", ["/v1/status", "/v1/log/entries", "/v1/log/checkpoint/7", "/v1/ballots/ABC", "/lookup"]
)
def test_the_log_is_answered_after_a_look_at_it(path: str) -> None:
    follower = Follower()
    assert (answered("GET", path, follower), follower.asked) == ("own", 1)
    assert answered("GET", path, follower, cookie="plenum-theme=dark") == "carried"
    assert answered("GET", path, follower, authorization="Bearer x") == "carried"
    assert follower.asked == 1


@pytest.mark.parametrize("path", ["/board/", "/board/assets/x.css", "/static/abc/x.js", "/v1/authority"])
def test_files_are_answered_at_once(path: str) -> None:
    follower = Follower(slow=True)
    assert (answered("GET", path, follower), follower.asked) == ("own", 0)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/ballots"),
        ("POST", "/v1/status"),
        ("HEAD", "/v1/status"),
        ("GET", "/v1/record"),
        ("GET", "/v1/status/"),
        ("GET", "/v1/roll"),
        ("GET", "/board-for/restricted/index.html"),
        ("GET", "/sign-in"),
        ("GET", "/"),
        ("GET", "/openapi.json"),
        ("GET", "/hall"),
        ("GET", "/nothing"),
    ],
)
def test_everything_else_is_carried(method: str, path: str) -> None:
    assert answered(method, path, Follower()) == "carried"


def test_who_cannot_read_on_carries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "WAIT_SECONDS", 0.01)
    assert answered("GET", "/v1/status", Follower(slow=True)) == "carried"
    assert answered("GET", "/v1/status", Follower(MissingError("no"))) == "carried"


def test_a_screen_gets_its_stream_here_and_others_elsewhere() -> None:
    assert answered("GET", "/hall/stream", Follower(), cookie=f"{COOKIE}=screen") == "own"
    for cookie in (f"{COOKIE}=official", f"{COOKIE}=broken", "plenum-00000000=screen", "plenum-theme=dark"):
        assert answered("GET", "/hall/stream", Follower(), cookie=cookie) == "carried"
    assert answered("GET", "/hall/stream", Follower()) == "carried"
