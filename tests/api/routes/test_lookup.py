import json

import pytest

from ballots.sealed_ballot import ballot_id, confirmation_code, parse_ballot
from tests.api.hall import Hall


def test_the_status_of_an_empty_server_gives_its_keys(empty_hall: Hall) -> None:
    status = empty_hall.client.get("/v1/status").json()
    assert status["session"] == status["fingerprint"] == ""
    assert (status["size"], status["contests"], status["sealed"]) == (0, [], False)
    keys = empty_hall.service.keys
    assert (status["log_key"], status["service_key"]) == (keys.log.public.hex(), keys.service.public.hex())


def test_the_status_of_a_session_counts_what_is_in_the_log(hall: Hall) -> None:
    for card in range(9):
        hall.cast(card)
    hall.settle()
    status = hall.client.get("/v1/status").json()
    assert status["session"] == hall.world.state.session_id.hex()
    assert len(status["fingerprint"]) == 39
    (contest,) = status["contests"]
    assert (contest["id"], contest["status"], contest["issued"], contest["cast"]) == ("report", "open", 40, 8)
    assert contest["title"]["zh"] == "工作报告"


def test_a_ballot_waits_and_then_is_in_the_log(hall: Hall) -> None:
    raw = hall.cast(0)
    identifier = ballot_id(parse_ballot(json.loads(raw)["body"]["ballot"])).hex()
    path = f"/v1/ballots/{identifier}"
    assert hall.client.get(path).json() == {"status": "pending", "id": identifier, "index": None, "ids": []}
    for card in range(1, 8):
        hall.cast(card)
    hall.settle()
    found = hall.client.get(path).json()
    assert (found["status"], found["id"]) == ("log", identifier)
    assert hall.client.get(f"/v1/log/entries?start={found['index']}&limit=1").content == raw + b"\n"
    assert hall.client.get(f"/v1/ballots/{'0' * 64}").json()["status"] == "unknown"


def test_a_ballot_is_found_by_the_code_on_the_receipt(hall: Hall) -> None:
    identity = ballot_id(parse_ballot(json.loads(hall.cast(0))["body"]["ballot"]))
    code = confirmation_code(identity)
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " ")):
        found = hall.client.get(f"/v1/ballots/{typed}").json()
        assert found == {"status": "pending", "id": identity.hex(), "index": None, "ids": []}
    for card in range(1, 8):
        hall.cast(card)
    hall.settle()
    by_id = hall.client.get(f"/v1/ballots/{identity.hex()}").json()
    assert by_id["status"] == "log"
    assert hall.client.get(f"/v1/ballots/{code}").json() == by_id
    nobody = hall.client.get(f"/v1/ballots/{confirmation_code(bytes(32))}").json()
    assert nobody == {"status": "unknown", "id": None, "index": None, "ids": []}


@pytest.mark.parametrize("typed", ["xyz", "0" * 63, "A" * 64, "U" * 20, "0" * 65, "0" * 21])
def test_what_is_neither_id_nor_code_is_refused_and_not_repeated(hall: Hall, typed: str) -> None:
    answer = hall.client.get(f"/v1/ballots/{typed}")
    assert answer.status_code == 422
    assert typed not in answer.text


def test_a_card_can_be_looked_up(hall: Hall) -> None:
    key = hall.world.credential(0, hall.contest).public.hex()
    unused = {"issued": True, "voided": False, "used": False, "challenges": 0}
    assert hall.client.get(f"/v1/credentials/0/{key}").json() == unused
    hall.post(hall.world.challenged(0, hall.contest), "/v1/ballots")
    hall.cast(0)
    # Nobody may watch which card votes when: what waits for its batch is not told.
    assert hall.client.get(f"/v1/credentials/0/{key}").json() == unused
    for card in range(2, 8):
        hall.cast(card)
    hall.settle()
    assert hall.client.get(f"/v1/credentials/0/{key}").json() == {**unused, "used": True, "challenges": 1}
    assert not hall.client.get(f"/v1/credentials/1/{key}").json()["issued"]
    other = hall.world.credential(1, hall.contest).public.hex()
    hall.post(hall.world.void(1, hall.contest, "returned"))
    assert hall.client.get(f"/v1/credentials/0/{other}").json()["voided"]
    assert hall.client.get(f"/v1/credentials/32/{key}").status_code == 422
