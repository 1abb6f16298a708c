"""The gate: nothing but the person's own browser, at exactly this address, with the one-time token."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kiosk.local_page.door import OPEN_PATH
from kiosk.local_page.keys import cookie_name
from kiosk.station_page.app import create_page
from kiosk.station_page.station import StationPage
from kiosk.station_page.web import MAX_BODY_BYTES

PORT = 8401
ADDRESS = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def station(tmp_path: Path) -> StationPage:
    return StationPage(tmp_path / "page", PORT)


@pytest.fixture
def stranger(station: StationPage) -> TestClient:
    """Another program of this machine, which has no token."""
    return TestClient(create_page(station), base_url=ADDRESS, follow_redirects=False)


@pytest.fixture
def browser(station: StationPage, stranger: TestClient) -> TestClient:
    """The person's own browser."""
    assert stranger.get(station.door.new_link()).status_code == 303
    return stranger


def test_the_token_lets_one_browser_in_once(station: StationPage, stranger: TestClient) -> None:
    token = station.door.keys.new_token()
    first = stranger.get(f"{OPEN_PATH}?token={token}")
    assert first.status_code == 303
    cookie = first.headers["set-cookie"]
    assert cookie.startswith(f"{cookie_name(PORT)}=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert token not in cookie
    other = TestClient(create_page(station), base_url=ADDRESS, follow_redirects=False)
    assert other.get(f"{OPEN_PATH}?token={token}").status_code == 403
    assert other.get("/setup").status_code == 403
    assert stranger.get("/setup").status_code == 200


@pytest.mark.parametrize("token", ["", "x", "é"])
def test_a_wrong_token_opens_nothing(station: StationPage, stranger: TestClient, token: str) -> None:
    station.door.new_link()
    assert stranger.get(OPEN_PATH, params={"token": token}).status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", f"10.0.0.1:{PORT}"]
)
def test_another_name_of_this_machine_is_refused(browser: TestClient, host: str) -> None:
    """DNS rebinding: a page of evil.example, whose name now means 127.0.0.1, has the wrong Host."""
    assert browser.get("/setup", headers={"Host": host}).status_code == 421
    assert browser.get("/static/0/plenum.css", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", f"https://127.0.0.1:{PORT}", "http://127.0.0.1:8402"]
)
def test_a_form_of_another_page_is_refused(browser: TestClient, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    assert browser.post("/setup", data={"server": "http://10.0.0.1"}, headers=headers).status_code == 403


def test_a_form_without_the_secret_of_the_page_is_refused(browser: TestClient) -> None:
    for data in ({}, {"csrf": "x"}):
        answer = browser.post("/setup", data=data, headers={"Origin": ADDRESS})
        assert (answer.status_code, "403 csrf" in answer.text) == (403, True)


def test_what_another_site_asks_for_is_not_shown(browser: TestClient) -> None:
    for site in ("cross-site", "same-site"):
        assert browser.get("/setup", headers={"Sec-Fetch-Site": site}).status_code == 403
    assert browser.get("/setup", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_a_body_that_is_too_large_is_not_read(browser: TestClient) -> None:
    headers = {"Origin": ADDRESS, "Content-Length": f"{MAX_BODY_BYTES + 1}"}
    assert browser.post("/setup", content=b"", headers=headers).status_code == 413


def test_a_cookie_that_is_no_cookie_is_nobodys(stranger: TestClient) -> None:
    assert stranger.get("/setup", headers={"Cookie": "\x01;;=,"}).status_code == 403


def test_every_answer_forbids_foreign_content(browser: TestClient) -> None:
    for answer in (browser.get("/setup"), browser.get("/nothing"), browser.get("/setup", headers={"Host": "x"})):
        headers: Any = answer.headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        # With no-referrer a browser would send its forms with "Origin: null".
        assert headers["referrer-policy"] == "same-origin"


def test_every_page_needs_the_token(station: StationPage, stranger: TestClient) -> None:
    """No route is open but the way in and the style sheets."""
    app: Any = create_page(station)
    paths = {route.path for route in app.routes} - {OPEN_PATH, "/static/{digits}/{name}"}
    assert len(paths) > 20
    for path in paths:
        wanted = path.replace("{number:int}", "0").replace("{contest}", "c").replace("{proposal}", "p")
        assert stranger.get(wanted.replace("{language}", "en")).status_code == 403, path
