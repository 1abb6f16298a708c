"""Enrolment over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.pki.authority import make_authority
from api.pki.server import pem
from ballots.qr.enrolment import decode_enrolment, typed_enrolment_code
from tests.api.hall import Hall, running_hall
from tests.support.seeded_rng import SeededRng

ROOT = pem(make_authority("清岚县", (), now=1_796_000_000, rng=SeededRng(1)).certificate)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with running_hall(tmp_path / "data", address="10.0.0.1:8300", authority=ROOT) as started:
        yield started


def operator(hall: Hall) -> dict[str, str]:
    return {"Authorization": f"Bearer {hall.settings.operator_token_file.read_text()}"}


def test_the_authority_is_shown_to_everybody(hall: Hall, tmp_path: Path) -> None:
    answer = hall.client.get("/v1/authority")
    assert (answer.content, answer.headers["content-type"]) == (ROOT, "application/x-x509-ca-cert")
    with running_hall(tmp_path / "plain") as plain:
        assert plain.client.get("/v1/authority").status_code == 404


def test_a_station_enrols_and_is_revoked(hall: Hall) -> None:
    wanted = {"role": "scrutineer", "name": "郭志明", "number": 2}
    issued = hall.client.post("/v1/enrolments", json=wanted, headers=operator(hall)).json()
    read = decode_enrolment(issued["digits"])
    assert typed_enrolment_code(read.code).reveal() == issued["code"]
    assert issued["address"] == "https://10.0.0.1:8300"
    claim = {"code": issued["code"].lower(), "token": "0a" * 32}
    first, again = (hall.client.post("/v1/enrolments/claims", json=claim) for _ in range(2))
    assert first.json() == again.json() == {**wanted, "session": ""}
    assert hall.client.post("/v1/enrolments/claims", json={**claim, "token": "0b" * 32}).status_code == 403
    (listed,) = hall.client.get("/v1/enrolments", headers=operator(hall)).json()
    assert listed == {**wanted, "id": issued["id"], "state": "enrolled", "expires": issued["expires"], "key": ""}
    path = f"/v1/enrolments/{issued['id']}"
    assert [hall.client.delete(path, headers=operator(hall)).status_code for _ in range(2)] == [200, 200]
    assert hall.client.get("/v1/enrolments", headers=operator(hall)).json()[0]["state"] == "revoked"
    assert hall.client.delete("/v1/enrolments/" + "0" * 32, headers=operator(hall)).status_code == 404


def test_states_of_codes_are_told(hall: Hall) -> None:
    hall.client.post("/v1/enrolments", json={"role": "kiosk", "name": "1号机"}, headers=operator(hall))

    def state() -> str:
        return str(hall.client.get("/v1/enrolments", headers=operator(hall)).json()[0]["state"])

    assert state() == "waiting"
    hall.clock.day += 3_600
    assert state() == "expired"


def test_only_the_operator_makes_codes(hall: Hall) -> None:
    for headers in ({}, hall.token, {"Authorization": "Bearer x"}):
        for method, path in (
            ("POST", "/v1/enrolments"),
            ("GET", "/v1/enrolments"),
            ("DELETE", "/v1/enrolments/" + "0" * 32),
        ):
            assert hall.client.request(method, path, headers=headers).status_code == 401


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'{"code":"0","token":"1"}', b'{"code":"UUUU-UUUU-UUUU-UUUU","token":"' + b"0" * 64 + b'"}']
)
def test_claims_that_are_none_are_refused(hall: Hall, body: bytes) -> None:
    answer = hall.client.post("/v1/enrolments/claims", content=body)
    assert answer.status_code == 422
    assert b"UUUU" not in answer.content
