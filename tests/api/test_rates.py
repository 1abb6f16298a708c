"""Floods are turned away before they are read, and nobody else notices."""

import pytest
from fastapi.routing import APIRoute

from api.main import ROUTERS
from api.policies import SelfAuthenticating
from api.rates import BALLOTS, CLAIMS, RATES, Buckets, kind_of, origin_of
from tests.api.hall import FakeClock, Hall


def test_a_bucket_gives_its_burst_and_then_fills_by_the_second() -> None:
    clock = FakeClock()
    buckets = Buckets(clock.monotonic)

    def take() -> float:
        return buckets.take("/v1/enrolments/claims", "10.0.0.1")

    assert [take() for _ in range(CLAIMS.burst)] == [0.0] * CLAIMS.burst
    assert take() == 1 / CLAIMS.per_second
    assert take() == 1 / CLAIMS.per_second
    clock.now += 0.75 / CLAIMS.per_second
    assert take() == pytest.approx(0.25 / CLAIMS.per_second)
    clock.now += 0.25 / CLAIMS.per_second
    assert take() == 0.0
    clock.now -= 5_000
    assert take() > 0
    clock.now += 1e9
    assert [take() for _ in range(CLAIMS.burst)] == [0.0] * CLAIMS.burst
    assert take() > 0


def test_kinds_and_addresses_do_not_touch_each_other() -> None:
    buckets = Buckets(FakeClock().monotonic)
    for _ in range(CLAIMS.burst):
        buckets.take("/v1/enrolments/claims", "10.0.0.1")
    assert buckets.take("/v1/enrolments/claims", "10.0.0.1") > 0
    assert buckets.take("/v1/enrolments/claims", "10.0.0.2") == 0
    assert buckets.take("/v1/ballots", "10.0.0.1") == 0


def test_addresses_that_are_remembered_are_not_too_many() -> None:
    buckets = Buckets(FakeClock().monotonic, limit=3)
    for number in range(9):
        buckets.take("/v1/ballots", f"10.0.0.{number}")
    assert len(buckets) == 3


def test_the_longest_beginning_counts() -> None:
    assert kind_of("/v1/proposals/00/signatures") == "/v1/proposals"
    assert kind_of("/v1/ballots") == "/v1/ballots"
    assert kind_of("/enrol/finish") == "/enrol"
    assert kind_of("/v1/ballotsx") is None
    assert kind_of("/v1/checkins") is None
    assert RATES["/v1/log/cosignatures"] is BALLOTS


def test_whatever_strangers_write_is_limited() -> None:
    """What carries its own signatures is verified and stored for anybody who sends it."""
    writes = [
        route.path
        for module in ROUTERS
        for route in module.router.routes
        if isinstance(route, APIRoute) and SelfAuthenticating in route.dependencies and "POST" in (route.methods or ())
    ]
    assert len(writes) >= 6
    assert [path for path in writes if kind_of(path) is None] == []


def test_one_machine_has_one_bucket() -> None:
    assert origin_of("fd00::1:2:3:4") == origin_of("fd00::9:9:9:9") != origin_of("fd00:0:0:1::1")
    assert origin_of("10.0.0.1") != origin_of("10.0.0.2")
    assert origin_of("::ffff:10.0.0.1") != origin_of("::ffff:10.0.0.2")
    assert origin_of("testclient") == "testclient"


def test_a_flood_gets_429_and_is_not_read(empty_hall: Hall) -> None:
    for _ in range(CLAIMS.burst):
        assert empty_hall.client.post("/v1/enrolments/claims", content=b"?").status_code == 422
    answer = empty_hall.client.post("/v1/enrolments/claims", content=b"?")
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
    assert answer.headers["retry-after"] == "1"
    assert answer.headers["content-type"] == "application/problem+json"
    assert empty_hall.client.get("/v1/status").status_code == 200
    empty_hall.clock.now += 1
    assert empty_hall.client.post("/v1/enrolments/claims", content=b"?").status_code == 422


def test_reading_is_never_limited(empty_hall: Hall) -> None:
    assert {empty_hall.client.get("/v1/proposals").status_code for _ in range(100)} == {200}
    assert len(empty_hall.client.app.state.buckets if hasattr(empty_hall.client.app.state, "buckets") else ()) == 0  # type: ignore[attr-defined]
