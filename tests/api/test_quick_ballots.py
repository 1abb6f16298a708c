"""Ballots before any route: the same limits, refusals and answers as by the route."""

import pytest

from api import quick_ballots, rates
from api.rates import Rate
from tests.api.hall import Hall
from voting_core.params import MAX_ENTRY_BYTES


@pytest.fixture(params=["quick", "by the route"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "by the route":
        monkeypatch.setattr(quick_ballots, "PATH", "/nowhere")
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_a_ballot_gets_its_promise_once_and_again(hall: Hall) -> None:
    raw = hall.world.cast(0, hall.contest)
    first = hall.client.post("/v1/ballots", content=raw)
    assert first.status_code == 200
    assert first.headers["content-type"] == "application/json"
    assert hall.client.post("/v1/ballots", content=raw).json() == first.json()


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("content", "status", "code"), [(b"?", 422, "V2.A"), (b"x" * (MAX_ENTRY_BYTES + 1), 413, "too_large")]
)
def test_refusals_are_the_same(hall: Hall, content: bytes, status: int, code: str) -> None:
    answer = hall.client.post("/v1/ballots", content=content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.usefixtures("way")
def test_an_address_that_sends_too_many_waits(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rates.RATES, "/v1/ballots", Rate(2, 0.5))
    answers = [hall.client.post("/v1/ballots", content=b"?") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert answers[2].headers["retry-after"] == "2"


@pytest.mark.usefixtures("way")
def test_a_full_queue_says_so_before_it_reads(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hall.service.sequencer._line, "_limit", 0)
    answer = hall.client.post("/v1/ballots", content=b"x" * (MAX_ENTRY_BYTES + 1))
    assert (answer.status_code, answer.json()["code"]) == (503, "busy")
    assert answer.headers["retry-after"] == "2"


@pytest.mark.usefixtures("way")
def test_other_methods_are_none(hall: Hall) -> None:
    assert hall.client.get("/v1/ballots").status_code == 405
