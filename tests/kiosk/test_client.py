"""Patience with a server that does not answer, none with one that says no."""

from collections.abc import Callable

import httpx2
import pytest

from kiosk.client import ATTEMPTS, HASTY_ATTEMPTS, HASTY_SECONDS, Refused, ServerClient, Unreachable, connect
from tests.api.hall import Hall
from tests.kiosk.booth import client_of
from voting_core.errors import FatalError, InputError

Answers = Callable[[httpx2.Request], httpx2.Response]


def client(answer: Answers) -> tuple[ServerClient, list[float]]:
    pauses: list[float] = []
    http = httpx2.Client(base_url="http://server", transport=httpx2.MockTransport(answer))
    return ServerClient(http, pause=pauses.append), pauses


def failing(times: int, answer: httpx2.Response, failure: Exception | httpx2.Response) -> Answers:
    left = [times]

    def handle(_: httpx2.Request) -> httpx2.Response:
        if left[0]:
            left[0] -= 1
            if isinstance(failure, Exception):
                raise failure
            return failure
        return answer

    return handle


PLACED = httpx2.Response(200, json={"index": 3, "size": 4, "root": "00" * 32})


@pytest.mark.parametrize("failure", [httpx2.ConnectError("x"), httpx2.ReadTimeout("x"), httpx2.Response(503)])
def test_a_server_that_comes_back_is_asked_again(failure: Exception | httpx2.Response) -> None:
    asked, pauses = client(failing(ATTEMPTS - 1, PLACED, failure))
    assert asked.submit_entry(b"{}").index == 3
    assert pauses == sorted(pauses)
    assert len(pauses) == ATTEMPTS - 1


def test_a_server_that_stays_away_is_unreachable() -> None:
    asked, pauses = client(failing(99, PLACED, httpx2.ConnectError("x")))
    with pytest.raises(Unreachable, match="does not answer"):
        asked.submit_entry(b"{}")
    assert len(pauses) == ATTEMPTS - 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_fails_over_a_request_has_refused_nothing(status: int) -> None:
    """A ballot that is taken for refused is not sent again, and somebody's vote would be lost."""
    asked, pauses = client(failing(99, PLACED, httpx2.Response(status, json={"code": "incident", "detail": "x"})))
    with pytest.raises(Unreachable, match=f"status {status}"):
        asked.submit_ballot(b"{}")
    assert len(pauses) == ATTEMPTS - 1


def test_retry_after_is_respected_within_reason() -> None:
    asked, pauses = client(failing(1, PLACED, httpx2.Response(503, headers={"Retry-After": "2"})))
    asked.submit_entry(b"{}")
    assert pauses == [2.0]
    asked, pauses = client(failing(1, PLACED, httpx2.Response(503, headers={"Retry-After": "86400"})))
    asked.submit_entry(b"{}")
    assert pauses == [5.0]


def test_a_refusal_is_final_and_has_its_code() -> None:
    problem = {"code": "V8.B", "detail": "used", "status": 409, "culprits": ["ab"]}
    asked, pauses = client(lambda _: httpx2.Response(409, json=problem))
    with pytest.raises(Refused) as caught:
        asked.submit_ballot(b"{}")
    assert (caught.value.status, caught.value.code, caught.value.detail) == (409, "V8.B", "used")
    assert caught.value.extra["culprits"] == ["ab"]
    assert pauses == []


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.Response(200, text="<html>another program</html>"),
        httpx2.Response(200, json={"index": -1, "size": 4, "root": "00" * 32}),
        httpx2.Response(200, json={"index": 3}),
        httpx2.Response(200, json=[1]),
    ],
)
def test_something_that_is_no_server_of_ours_is_noticed(answer: httpx2.Response) -> None:
    asked, _ = client(lambda _: answer)
    with pytest.raises(FatalError, match="documented form"):
        asked.submit_entry(b"{}")


@pytest.mark.parametrize("answer", [httpx2.Response(404, text="nothing"), httpx2.Response(400, json=[1])])
def test_a_refusal_of_something_else_is_still_a_refusal(answer: httpx2.Response) -> None:
    asked, _ = client(lambda _: answer)
    with pytest.raises(Refused) as caught:
        asked.status()
    assert caught.value.code == "http"


def test_the_real_server_is_understood(hall: Hall) -> None:
    asked = client_of(hall.client)
    assert asked.status()["size"] == hall.world.state.size
    assert asked.entries(3) == hall.world.entries[3:]
    assert asked.entries(hall.world.state.size) == []
    raw = hall.world.cast(0, hall.contest)
    promise = asked.submit_ballot(raw)
    assert promise is not None
    promise.verify(hall.world.service_key)
    assert asked.submit_ballot(hall.world.assisted(hall.contest)) is None
    key = hall.world.credential(0, hall.contest).public
    answer = asked.credential(0, key)
    assert (answer.issued, answer.voided, answer.used, answer.challenges) == (True, False, False, 0)
    placed = asked.submit_entry(hall.world.void(1, hall.contest, "returned"))
    assert placed.index == hall.world.state.size
    assert asked.credential(0, hall.world.credential(1, hall.contest).public).voided
    assert b"".join(asked.record())[:2] == b"PK"


def test_a_record_that_is_not_there_is_refused(tmp_path: object) -> None:
    asked, _ = client(lambda _: httpx2.Response(409, json={"code": "state", "detail": "none"}))
    with pytest.raises(Refused):
        b"".join(asked.record())


def test_a_client_goes_to_the_server_directly() -> None:
    made = connect("http://10.0.0.1:8300")
    assert not made.http.trust_env
    made.http.close()


@pytest.mark.parametrize("url", ["", "127.0.0.1:8300", "ftp://host", "http://host:port", "http://", "no such host:x"])
def test_what_is_no_address_of_a_server_is_refused_at_once(url: str) -> None:
    with pytest.raises(InputError, match="not the address of a server"):
        connect(url)


def test_the_remedy_of_a_refusal_is_told() -> None:
    refusal = httpx2.Response(409, json={"code": "V8.B", "detail": "used", "remedy": "Look it up"})
    refusing, _ = client(lambda _: refusal)
    with pytest.raises(Refused, match=r"refuses this \(V8\.B\): used\. Look it up"):
        refusing.status()


def test_where_somebody_waits_an_answer_is_soon_given_up() -> None:
    asked, pauses = client(failing(99, PLACED, httpx2.ConnectError("x")))
    with pytest.raises(Unreachable):
        asked.hasty().submit_entry(b"{}")
    assert len(pauses) == HASTY_ATTEMPTS - 1
    assert asked.http.timeout.connect == HASTY_SECONDS


@pytest.mark.parametrize(
    ("date", "time"), [("Sat, 28 Nov 2026 20:00:00 GMT", 1_795_896_000), ("yesterday", None), ("", None)]
)
def test_the_servers_clock_comes_with_its_answers(date: str, time: int | None) -> None:
    asked, _ = client(lambda _: httpx2.Response(200, json={}, headers={"Date": date} if date else {}))
    assert asked.server_time() == time
