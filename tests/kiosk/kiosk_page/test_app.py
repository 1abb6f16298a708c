"""The screen over HTTP: its gate, its forms, and that nothing of a vote stays on it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from ballots.screen.ballot import Shape
from kiosk.kiosk_page.app import create_kiosk_page
from kiosk.local_page.door import OPEN_PATH, Door
from tests.api.hall import Hall
from tests.kiosk.kiosk_page.screen import Kiosk, running_kiosk

ADDRESS = "http://127.0.0.1:8301"


class Touch:
    """A finger at the screen."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.kiosk, self.door = kiosk, Door(8301)
        app = create_kiosk_page(kiosk.screen, self.door, Shape.PORTRAIT)
        self.client = TestClient(app, base_url=ADDRESS, headers={"Origin": ADDRESS})

    def open(self) -> str:
        return self.client.get(self.door.new_link()).text

    def see(self) -> str:
        return self.client.get("/").text

    def press(self, path: str, **fields: str) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.see())
        assert found is not None
        answer = self.client.post(path, data={"csrf": found[1], **fields})
        self.status = answer.status_code
        return answer.text


@pytest.fixture
def touch(hall: Hall, tmp_path: Path) -> Iterator[Touch]:
    with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
        opened = Touch(kiosk)
        opened.open()
        yield opened


def test_from_the_card_to_the_receipt(touch: Touch) -> None:
    code = touch.kiosk.code(0)
    assert "工作报告" in touch.press("/card", code=code)
    assert "第0项" in touch.press("/choose", contest="report")
    assert "请核对" in touch.press("/mark", **{"row-1": "disapprove", "page": "review"})
    assert "不赞成" in touch.see()
    assert "checked" in touch.press("/back")
    touch.press("/mark", **{"row-1": "approve", "page": "0"})
    touch.press("/mark", page="review")
    sealed = touch.press("/seal")
    assert re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){4}", sealed)
    assert "赞成" not in sealed
    done = touch.press("/cast")
    assert "已投票" in done
    assert "赞成" not in done
    assert code not in done + sealed
    assert "全部完成" in touch.press("/next")
    assert "请扫描表决卡" in touch.press("/leave")


def test_a_card_that_has_voted_is_told_so_at_the_latest_when_it_casts(touch: Touch) -> None:
    for expected in ("已投票", "选票没有被接受"):
        touch.press("/card", code=touch.kiosk.code(0))
        touch.press("/choose", contest="report")
        touch.press("/mark", **{"row-1": "approve", "page": "review"})
        touch.press("/seal")
        assert expected in touch.press("/cast")
        touch.press("/leave")


def test_a_test_is_opened_and_the_delegate_votes_anew(touch: Touch) -> None:
    touch.press("/card", code=touch.kiosk.code(1))
    touch.press("/choose", contest="report")
    touch.press("/mark", **{"row-1": "approve", "page": "review"})
    touch.press("/seal")
    assert "没有计入票数" in touch.press("/test")
    assert "工作报告" in touch.press("/next")


def test_nobody_else_reaches_the_screen(touch: Touch) -> None:
    stranger = TestClient(touch.client.app, base_url=ADDRESS)
    assert stranger.get("/").status_code == 403
    assert stranger.get(f"{OPEN_PATH}?token=guess").status_code == 403
    for path in ("/card", "/choose", "/mark", "/back", "/seal", "/cast", "/test", "/next", "/leave"):
        assert touch.client.post(path, data={"csrf": "x"}).status_code == 403, path
        assert touch.client.post(path, headers={"Origin": "http://evil.example"}).status_code == 403, path


def test_a_mistake_is_said_and_changes_nothing(touch: Touch) -> None:
    assert "输错" in touch.press("/card", code="0000")
    assert "再看一遍" in touch.press("/seal")
    touch.press("/card", code=touch.kiosk.code(2))
    touch.press("/choose", contest="nothing")
    assert touch.status == 422
    touch.press("/choose", contest="report")
    touch.press("/mark", **{"row-1": "love", "page": "review"})
    assert touch.status == 422


def test_english_at_a_touch_keeps_the_place(touch: Touch) -> None:
    touch.press("/card", code=touch.kiosk.code(3))
    touch.press("/choose", contest="report")
    assert "Disapprove" in touch.client.get("/language/en").text
    assert "不赞成" in touch.client.get("/language/zh").text


def test_files_of_the_screen(touch: Touch) -> None:
    found = re.search(r'href="(/static/[0-9a-f]+/kiosk.css)"', touch.see())
    assert found is not None
    assert touch.client.get(found[1]).status_code == 200
    assert touch.client.get("/static/0/kiosk.css").status_code == 404


def test_what_cannot_be_read_is_not_shown_again(touch: Touch) -> None:
    code = touch.kiosk.code(0)
    shown = touch.press("/card", code=code * 10)
    assert touch.status == 422
    assert code not in shown
    assert "没有读清" in shown
    assert 'name="csrf"' in shown


def test_every_error_shows_the_way_back(touch: Touch) -> None:
    for method, path, status in (("GET", "/nothing", 404), ("GET", "/seal", 405), ("POST", "/", 405)):
        answer = touch.client.request(method, path)
        assert answer.status_code == status
        assert '<a class="button" href="/">' in answer.text


def test_a_defect_shows_the_way_back_and_nothing_of_itself(touch: Touch, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("the code of the card")

    monkeypatch.setattr(touch.kiosk.screen, "present", broken)
    gentle = TestClient(
        touch.client.app,
        ADDRESS,
        raise_server_exceptions=False,
        cookies=touch.client.cookies,
        headers={"Origin": ADDRESS},
    )
    found = re.search(r'name="csrf" value="([^"]+)"', touch.see())
    assert found is not None
    answer = gentle.post("/card", data={"csrf": found[1], "code": "1"})
    assert answer.status_code == 500
    assert "程序出错" in answer.text
    assert '<a class="button" href="/">' in answer.text
    assert "code of the card" not in answer.text
