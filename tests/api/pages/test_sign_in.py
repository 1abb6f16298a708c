"""Enrolling and signing in as a browser does it."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.accounts.roles import Role
from api.accounts.second_factor import code_at, open_secret
from api.cookies import sign_in_cookie
from tests.api.hall import Hall, running_hall
from tests.api.people import PASSWORD, Person, enrolled, person, totp_of


def test_from_the_one_time_code_to_the_start_page(empty_hall: Hall) -> None:
    service, client = empty_hall.service, empty_hall.client
    code = service.accounts.create("li-na", "李娜", Role.OFFICIAL).reveal()
    mistyped = client.post("/enrol", data={"account": "li-na", "code": "AAAA-AAAA-AAAA-AAAA"})
    assert 'value="li-na"' in mistyped.text
    assert "请系统管理员重新生成" in mistyped.text
    shown = client.post("/enrol", data={"account": "li-na", "code": code.lower()})
    assert shown.status_code == 200
    assert "李娜" in shown.text
    found = service.accounts.find("li-na")
    assert found is not None
    secret = open_secret(found.totp, "li-na", service.accounts.key)
    form = {"account": "li-na", "code": code, "password": PASSWORD, "again": PASSWORD}
    for changes in ({"again": "different one"}, {"totp": "000000"}, {"password": "short", "again": "short"}):
        refused = client.post(
            "/enrol/finish", data={"totp": code_at(secret, empty_hall.clock.unix()), **form, **changes}
        )
        assert refused.status_code == 422
        assert PASSWORD not in refused.text
    done = client.post("/enrol/finish", data={**form, "totp": code_at(secret, empty_hall.clock.unix())})
    assert "登记完成" in done.text
    assert "下一个验证码" in done.text
    used = client.post("/sign-in", data={**form, "account": "li-na", "code": code_at(secret, empty_hall.clock.unix())})
    assert used.status_code == 401
    assert "每个验证码只能用一次" in used.text

    empty_hall.clock.day += 30
    wrong = client.post("/sign-in", data={"account": "li-na", "password": "no", "code": totp_of(service, "li-na")})
    assert wrong.status_code == 401
    assert "li-na" in wrong.text
    right = {"account": "li-na", "password": PASSWORD, "code": totp_of(service, "li-na"), "next": "/me"}
    answer = client.post("/sign-in", data=right, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/me")
    assert "李娜" in client.get("/me").text
    token = client.cookies[sign_in_cookie(service.public_keys.log, encrypted=False)]
    out = Person(client, "li-na", token).post("/sign-out")
    assert out.headers["location"] == "/sign-in"
    assert client.get("/me", follow_redirects=False).status_code == 303


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_signing_in_leads_nowhere_else(empty_hall: Hall, wanted: str) -> None:
    enrolled(empty_hall.service, "wang", Role.OBSERVER)
    empty_hall.clock.day += 30
    data = {"account": "wang", "password": PASSWORD, "code": totp_of(empty_hall.service, "wang"), "next": wanted}
    answer = empty_hall.client.post("/sign-in", data=data, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_a_screen_is_connected_by_its_code(empty_hall: Hall) -> None:
    code = empty_hall.service.accounts.create("hall-1", "大屏", Role.HALL).reveal()
    answer = empty_hall.client.post("/enrol", data={"account": "hall-1", "code": code}, follow_redirects=False)
    assert answer.status_code == 303
    assert sign_in_cookie(empty_hall.service.public_keys.log, encrypted=False) in answer.headers["set-cookie"]
    again = empty_hall.client.post("/enrol", data={"account": "hall-1", "code": code}, follow_redirects=False)
    assert again.status_code == 401


def test_from_another_machine_only_with_tls(empty_hall: Hall) -> None:
    far = TestClient(empty_hall.client.app, client=("10.0.0.9", 1))
    for path in ("/sign-in", "/enrol", "/enrol/finish"):
        assert far.post(path, data={"account": "a", "code": "b", "password": "c"}).status_code == 403


def test_a_rehearsal_may_do_without_the_second_factor(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data", simulated=True, second_factor=False) as hall:
        code = hall.service.accounts.create("wang", "王", Role.DESK).reveal()
        shown = hall.client.post("/enrol", data={"account": "wang", "code": code})
        assert "otpauth" not in shown.text
        assert not re.search(r'name="totp"', shown.text)
        form = {"account": "wang", "code": code, "password": PASSWORD, "again": PASSWORD}
        assert hall.client.post("/enrol/finish", data=form).status_code == 200
        answer = hall.client.post("/sign-in", data={"account": "wang", "password": PASSWORD}, follow_redirects=False)
        assert answer.status_code == 303


def test_everybody_starts_on_their_own_page(empty_hall: Hall) -> None:
    assert empty_hall.client.get("/", follow_redirects=False).headers["location"] == "/sign-in"
    assert person(empty_hall, Role.ADMIN).get("/").headers["location"] == "/accounts"
