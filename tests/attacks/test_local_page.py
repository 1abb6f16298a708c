"""A page of somebody else in the browser of a scrutineer, at the page that signs with the scrutineer's key.

The station listens on this machine alone; the browser of the same machine goes to any address that any page names, and
carries its cookies along. A page that asks for nothing but a cookie is driven by whatever else is open beside it.
"""

import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from kiosk.local_page.door import OPEN_PATH
from kiosk.local_page.keys import cookie_name
from kiosk.station_page.app import create_page
from kiosk.station_page.station import StationPage

PORT = 8409
ADDRESS = f"http://127.0.0.1:{PORT}"
SERVER = {"server": "http://10.0.0.66:8300"}
"""What the attacker wants to be asked: the server from which the station learns its session."""


def cookie_alone() -> tuple[TestClient, list[str]]:
    """The weak variant: a page of this machine that knows its person by a cookie and asks no more."""
    done: list[str] = []

    async def setup(request: Request) -> PlainTextResponse:
        if request.cookies.get("who") != "the person":
            return PlainTextResponse("no", 403)
        done.append((await request.body()).decode())
        return PlainTextResponse("done")

    app = Starlette(routes=[Route("/setup", setup, methods=["POST"])])
    return TestClient(app, base_url=ADDRESS, cookies={"who": "the person"}), done


@pytest.fixture
def station(tmp_path: Path) -> StationPage:
    return StationPage(tmp_path / "page", PORT)


@pytest.fixture
def browser(station: StationPage) -> TestClient:
    """The scrutineer's browser, let in."""
    browser = TestClient(create_page(station), base_url=ADDRESS, follow_redirects=False)
    assert browser.get(station.door.new_link()).status_code == 303
    return browser


FOREIGN = [
    {"Host": f"evil.example:{PORT}", "Origin": f"http://evil.example:{PORT}"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:8300"},
    {"Origin": ADDRESS, "Sec-Fetch-Site": "same-site"},
]
"""A name made to mean this machine, another site, a frame without origin, another program's page, another port."""


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_page_that_knows_a_cookie_alone_is_driven_by_any_other_page(headers: dict[str, str]) -> None:
    weak, done = cookie_alone()
    assert weak.post("/setup", data=SERVER, headers=headers).text == "done"
    assert len(done) == 1


@pytest.mark.parametrize("headers", FOREIGN)
def test_our_page_takes_no_form_but_its_own(station: StationPage, browser: TestClient, headers: dict[str, str]) -> None:
    # Even with the secret of the form, which no other page can read.
    csrf = re.findall(r'name="csrf" value="([^"]+)"', browser.get("/setup").text)[0]
    answer = browser.post("/setup", data={**SERVER, "csrf": csrf}, headers=headers)
    assert answer.status_code in (403, 421)
    assert browser.post("/setup", data=SERVER, headers={"Origin": ADDRESS}).status_code == 403
    assert station.found is None


def test_a_link_that_was_read_over_the_shoulder_is_used_up(station: StationPage) -> None:
    token = station.door.keys.new_token()
    first, second = (TestClient(create_page(station), base_url=ADDRESS, follow_redirects=False) for _ in range(2))
    assert first.get(OPEN_PATH, params={"token": token}).status_code == 303
    assert second.get(OPEN_PATH, params={"token": token}).status_code == 403
    assert second.get("/setup").status_code == 403


def test_the_cookie_of_another_station_or_person_opens_nothing(station: StationPage, tmp_path: Path) -> None:
    other = StationPage(tmp_path / "other", PORT)
    theirs = TestClient(create_page(other), base_url=ADDRESS, follow_redirects=False)
    assert theirs.get(other.door.new_link()).status_code == 303
    stolen = theirs.cookies[cookie_name(PORT)]
    here = TestClient(create_page(station), base_url=ADDRESS, cookies={cookie_name(PORT): stolen})
    assert theirs.get("/setup").status_code == 200
    assert here.get("/setup").status_code == 403
