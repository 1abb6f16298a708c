"""Set-up and coming back: what is wrong is said, and no passphrase is repeated."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.station_page.station import Found, StationPage
from tests.kiosk.station_page.page_hall import PASSPHRASE, PageHall, page_hall

pytestmark = pytest.mark.usefixtures("quick_keys")


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[PageHall]:
    with page_hall(tmp_path) as opened:
        yield opened


def test_set_up_shows_the_session_and_warns_when_nobody_may_be_missing(hall: PageHall) -> None:
    browser = hall.browser(1)
    assert "没有足够的监票人同意" in browser.get("/setup")
    assert browser.http.get("/", follow_redirects=False).headers["location"] == "/setup"
    browser.done("/setup", server="http://10.0.0.1:8300")
    page = browser.get("/setup/self")
    assert "第一次会议" in page
    assert "本场会议须由全部 2 名监票人共同解密" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"again": "another passphrase"}, "两次须一致"),
        ({"passphrase": "short", "again": "short"}, "至少十个字"),
        ({"index": "3"}, "编号从 1 到 2"),
        ({"index": "0"}, "编号从 1 到 2"),
        ({"index": ""}, "编号"),
        ({"name": " "}, "姓名"),
    ],
)
def test_a_wrong_set_up_changes_nothing(hall: PageHall, changes: dict[str, str], words: str) -> None:
    browser = hall.browser(1)
    browser.done("/setup", server="http://10.0.0.1:8300")
    form = {"name": "郭志明", "index": "1", "passphrase": PASSPHRASE, "again": PASSPHRASE, **changes}
    page = browser.refused("/setup/self", **form)
    assert words in page
    for typed in (PASSPHRASE, "another passphrase", 'value="short"'):
        assert typed not in page
    assert browser.station.worker is None
    assert not (browser.station.directory / "station.json").exists()


def test_an_address_that_is_none_is_said(hall: PageHall) -> None:
    browser = hall.browser(1)
    station = browser.station
    station.reach = lambda given: StationPage.reach(station, given)  # type: ignore[method-assign]
    assert "is not the address of a server" in browser.refused("/setup", server="10.0.0.1")


def test_coming_back_asks_for_the_passphrase_once(hall: PageHall) -> None:
    for index in (1, 2):
        hall.seat(index)
    hall.make_key()
    hall.browsers[0].station.close()
    again = hall.browser(1)
    assert again.http.get("/", follow_redirects=False).headers["location"] == "/unlock"
    page = again.get("/unlock")
    assert 'name="again"' not in page
    refused = again.refused("/unlock", passphrase="not the right one")
    assert "口令不对" in refused
    assert "not the right one" not in refused
    again.done("/unlock", passphrase=PASSPHRASE)
    again.until(lambda station: station.snapshot.has_share)


def test_before_the_session_exists_the_passphrase_is_chosen_again(tmp_path: Path) -> None:
    with page_hall(tmp_path, create=False) as hall:
        hall.seat(1)
        hall.browsers[0].station.close()
        again = hall.browser(1)
        assert 'name="again"' in again.get("/unlock")
        again.done("/unlock", passphrase=PASSPHRASE, again=PASSPHRASE)
        assert "会议尚未创建" in again.get("/")
        assert "服务已应答，但会议还没有创建" in _set_up_page(hall)


def _set_up_page(hall: PageHall) -> str:
    other = hall.browser(2)
    other.station.found = Found("http://10.0.0.1:8300", None)
    return other.get("/setup/self")


def test_english_at_a_touch_and_remembered(hall: PageHall) -> None:
    browser = hall.browser(1)
    answer = browser.http.get("/language/en?to=/setup", follow_redirects=False)
    assert answer.headers["location"] == "/setup"
    assert "Set up the scrutineer" in browser.get("/setup")
    browser.http.get("/language/xx")
    assert "Set up the scrutineer" in browser.get("/setup")
    assert browser.http.get("/static/000000000000/plenum.css").status_code == 404
