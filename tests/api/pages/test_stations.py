import re

import pytest

from api.accounts.roles import Role
from api.services import enrolments
from ballots.qr.enrolment import decode_enrolment, read_typed_enrolment_code
from tests.api.hall import Hall
from tests.api.people import person
from tests.support.coroutines import run
from voting_core.secret import Secret

CODE = re.compile(r'<p class="large code">([^<]+)</p>')


def test_a_kiosk_is_enrolled_and_revoked(empty_hall: Hall) -> None:
    official, service = person(empty_hall, Role.OFFICIAL), empty_hall.service
    made = official.post("/stations", kind="kiosk", name="东侧 1 号")
    code = CODE.search(made.text)
    assert code is not None
    assert "等待登记" in made.text
    assert code[1] not in official.get("/stations").text
    digits = re.search(r'<p class="code">([\d ]+)</p>', made.text)
    assert digits is not None
    scanned = decode_enrolment(digits[1].replace(" ", ""))
    assert scanned.code.reveal() == read_typed_enrolment_code(code[1]).reveal()
    claimed = run(enrolments.claim(service, read_typed_enrolment_code(code[1]), Secret(bytes(32))))
    assert (claimed.name, claimed.number) == ("东侧 1 号", 0)
    assert "已登记" in official.get("/stations?lang=zh").text
    assert official.post(f"/stations/{claimed.id.hex()}/revoke").status_code == 303
    assert "已撤销" in official.get("/stations").text


def test_a_scrutineers_station_has_its_number(empty_hall: Hall) -> None:
    admin = person(empty_hall, Role.ADMIN)
    assert CODE.search(admin.post("/stations", kind="scrutineer", name="周建平", number="1").text)
    (station,) = run(enrolments.stations(empty_hall.service))
    assert (station.name, station.number) == ("周建平", 1)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "", "name": "x"},
        {"kind": "king", "name": "x"},
        {"kind": "kiosk", "name": ""},
        {"kind": "scrutineer", "name": "x", "number": ""},
        {"kind": "scrutineer", "name": "x", "number": "一"},
        {"kind": "scrutineer", "name": "x", "number": "9999"},
    ],
)
def test_what_is_wrong_is_said_and_makes_no_code(empty_hall: Hall, fields: dict[str, str]) -> None:
    answer = person(empty_hall, Role.OFFICIAL).post("/stations", **fields)
    assert answer.status_code == 422
    assert CODE.search(answer.text) is None
    assert run(enrolments.stations(empty_hall.service)) == ()


@pytest.mark.parametrize("station", ["0" * 32, "x", "Z" * 32])
def test_an_unknown_station_cannot_be_revoked(empty_hall: Hall, station: str) -> None:
    answer = person(empty_hall, Role.OFFICIAL).post(f"/stations/{station}/revoke")
    assert answer.status_code == 404
