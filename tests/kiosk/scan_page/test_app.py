import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kiosk.local_page.door import Door
from tests.kiosk.scan.papers import digits, picture, png
from tests.kiosk.scan_page.scan_desk import WAIVED, page_in

PORT = 8402
ADDRESS = f"http://127.0.0.1:{PORT}"
PAPER = ("papers", ("a.png", png(picture(digits(WAIVED.contest, (0,)))), "image/png"))


@pytest.fixture
def browser(tmp_path: Path) -> TestClient:
    door = Door(PORT)
    client = TestClient(page_in(tmp_path, door), base_url=ADDRESS, headers={"Origin": ADDRESS})
    client.get(door.new_link())
    return client


def csrf(browser: TestClient) -> dict[str, str]:
    found = re.search(r'name="csrf" value="([^"]+)"', browser.get("/").text)
    assert found
    return {"csrf": found[1]}


def test_a_paper_is_sent_and_shown_beside_its_words(browser: TestClient) -> None:
    answer = browser.post("/papers", data=csrf(browser), files=[PAPER])
    assert answer.status_code == 200
    assert "data:image/jpeg;base64," in answer.text
    assert "赞成 1" in answer.text
    assert "纸质票与计票结果不符" in answer.text
    assert "data:image" not in browser.get("/").text


def test_the_cameras_script_gets_the_part_that_changes(browser: TestClient) -> None:
    answer = browser.post("/papers?part", data=csrf(browser), files=[PAPER])
    assert "<html" not in answer.text
    assert "已计入" in answer.text
    assert answer.headers["permissions-policy"].startswith("camera=(self)")


def test_nothing_is_taken_without_the_secret_of_the_form(browser: TestClient) -> None:
    assert browser.post("/papers", data={"csrf": "x"}, files=[PAPER]).status_code == 403
    assert "<dd>0</dd>" in browser.get("/").text.replace("\n", "")


def test_a_form_without_a_file(browser: TestClient) -> None:
    assert "没有收到文件" in browser.post("/papers", data=csrf(browser), files=[]).text


def test_in_english(browser: TestClient) -> None:
    assert "Counting papers" in browser.get("/language/en").text
    assert "扫描点票" in browser.get("/language/zh").text


def test_strangers_see_nothing(tmp_path: Path) -> None:
    stranger = TestClient(page_in(tmp_path, Door(PORT)), base_url=ADDRESS)
    assert stranger.get("/").status_code == 403
    assert stranger.post("/papers", headers={"Origin": ADDRESS}).status_code == 403
