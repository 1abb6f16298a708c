"""The way in, and what needs no cookie."""

from starlette.applications import Starlette
from starlette.testclient import TestClient

from ballots.screen.assets import PREFIX
from kiosk.local_page.door import Door
from kiosk.local_page.keys import cookie_name
from kiosk.local_page.routes import routes_of


def test_a_link_gives_a_cookie_and_the_start_once() -> None:
    door = Door(8401)
    browser = TestClient(Starlette(routes=routes_of(door)), "http://127.0.0.1:8401", follow_redirects=False)
    link = door.new_link()
    answer = browser.get(link)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(cookie_name(8401))
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    again = browser.get(link)
    assert again.status_code == 403
    assert "新的链接" in again.text
    assert "set-cookie" not in again.headers


def test_a_link_that_stood_on_another_page_leads_on_by_a_page_of_ours() -> None:
    door = Door(8401)
    browser = TestClient(Starlette(routes=routes_of(door)), "http://127.0.0.1:8401", follow_redirects=False)
    answer = browser.get(door.new_link(), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert '<a class="button" href="/">' in answer.text
    assert cookie_name(8401) in answer.headers["set-cookie"]


def test_a_style_sheet_that_is_not_there() -> None:
    browser = TestClient(Starlette(routes=routes_of(Door(8401))))
    assert browser.get(PREFIX + "0/plenum.css").status_code == 404
