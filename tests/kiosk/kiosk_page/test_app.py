"""The screen over HTTP: its gate, its forms, and that nothing of a vote stays on it."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from ballots.qr.credential import encode_credential
from ballots.screen.ballot import Shape
from ballots.screen.words import Said
from kiosk.booth_machine.events import Leave
from kiosk.booth_machine.patience import LEFT_SECONDS
from kiosk.kiosk_page import app as app_module
from kiosk.kiosk_page.app import AT_ONCE, create_kiosk_page
from kiosk.kiosk_page.forms import PATHS
from kiosk.kiosk_page.self_test import Check
from kiosk.local_page.door import OPEN_PATH, Door
from tests.api.hall import running_hall
from tests.kiosk.kiosk_page.pictures import frame_of
from tests.kiosk.kiosk_page.screen import Kiosk, running_kiosk

ADDRESS = "http://127.0.0.1:8301"


class Finger:
    """A finger at the screen."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.kiosk, self.door = kiosk, Door(8301)
        app = create_kiosk_page(kiosk.screen, self.door, Shape.PORTRAIT)
        self.client = TestClient(app, base_url=ADDRESS, headers={"Origin": ADDRESS})

    def open(self) -> str:
        return self.client.get(self.door.new_link()).text

    def see(self) -> str:
        return self.client.get("/").text

    def stamps(self) -> dict[str, str]:
        """What every form of the page carries."""
        return dict(re.findall(r'name="(csrf|serial)" value="([^"]+)"', self.see()))

    def press(self, path: str, **fields: str) -> str:
        answer = self.client.post(path, data={**self.stamps(), **fields})
        self.status = answer.status_code
        return answer.text

    def show(self, frame: bytes, width: int, height: int, **headers: str) -> dict[str, object]:
        """Hold something to the camera."""
        stamps = self.stamps()
        answer = self.client.post(
            f"/frame?w={width}&h={height}&serial={stamps['serial']}",
            content=frame,
            headers={"X-Plenum-Form": stamps["csrf"], **headers},
        )
        self.status = answer.status_code
        return dict(answer.json()) if answer.status_code == 200 else {}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finger]:
    """One kiosk for all tests of this file: every test has cards of its own, and begins at the welcome."""
    folder = tmp_path_factory.mktemp("screen")
    with running_hall(folder / "data") as hall:
        hall.vote()
        with running_kiosk(hall, folder / "kiosk") as kiosk:
            yield Finger(kiosk)


@pytest.fixture
def finger(shared: Finger) -> Finger:
    shared.kiosk.touch(Leave())
    shared.open()
    return shared


def test_from_the_card_to_the_receipt(finger: Finger) -> None:
    code = finger.kiosk.code(0)
    seen = [finger.press("/card", code=code)]
    assert "工作报告" in seen[0]
    assert "第0项" in finger.press("/choose", contest="report")
    assert re.search(r'value="1:disapprove" aria-pressed="true"', finger.press("/tap", tap="1:disapprove"))
    assert "请核对" in finger.press("/finish")
    assert "不赞成" in finger.see()
    finger.press("/back")
    finger.press("/tap", tap="1:approve")
    finger.press("/finish")
    seen.append(finger.press("/seal"))
    assert "还没有投出" in seen[1]
    seen.append(finger.press("/cast"))
    assert "已投票" in seen[2]
    for page in seen[1:]:
        groups = re.findall(r"<span>([0-9A-Z]{4})</span>", page)
        assert len(groups) == 5
        assert "赞成" not in page
        assert "第0项" not in page
    assert code not in "".join(seen)
    assert "全部投完" in finger.press("/next")
    assert "屏幕已清除" in finger.press("/leave")


def test_a_card_that_has_voted_is_told_so(finger: Finger) -> None:
    finger.kiosk.sealed(1)
    assert "已投票" in finger.press("/cast")
    finger.press("/leave")
    assert "已投过票" in finger.press("/card", code=finger.kiosk.code(1))


def test_a_test_is_explained_opened_and_the_delegate_votes_anew(finger: Finger) -> None:
    finger.kiosk.sealed(2)
    assert "不计入票数" in finger.press("/ask-test")
    opened = finger.press("/test")
    assert "没有计入票数" in opened
    assert "赞成" in opened
    assert "第0项" in finger.press("/next")


def test_nobody_else_reaches_the_screen(finger: Finger) -> None:
    stranger = TestClient(finger.client.app, base_url=ADDRESS)
    assert stranger.get("/").status_code == 403
    assert stranger.get(f"{OPEN_PATH}?token=guess").status_code == 403
    for path in PATHS:
        assert finger.client.post(f"/{path}", data={"csrf": "x", "serial": "0"}).status_code == 403, path
        assert finger.client.post(f"/{path}", headers={"Origin": "http://evil.example"}).status_code == 403, path
    assert finger.client.post("/frame?w=1&h=1&serial=0", content=b"x").status_code == 403


def test_a_mistake_is_said_and_changes_nothing(finger: Finger) -> None:
    assert "不是表决卡" in finger.press("/card", code="0000")
    assert "请出示表决卡" in finger.press("/seal")
    finger.press("/card", code=finger.kiosk.code(4))
    for path, fields in {"/choose": {"contest": "nothing"}, "/tap": {"tap": "1:love"}, "/x": {}}.items():
        assert "请选择表决事项" in finger.press(path, **fields)


def test_a_form_of_an_earlier_screen_does_nothing(finger: Finger) -> None:
    finger.kiosk.sealed(5)
    old, before = finger.stamps(), finger.kiosk.hall.service.sequencer.view.intake.contest("report").cast
    for _ in range(2):
        assert "已投票" in finger.client.post("/cast", data=old).text
    assert "已投票" in finger.client.post("/test", data=old).text
    assert finger.kiosk.hall.service.sequencer.view.intake.contest("report").cast == before + 1


def test_with_script_the_screen_comes_back_at_once(finger: Finger) -> None:
    answer = finger.client.post("/type", data=finger.stamps(), headers={AT_ONCE: "1"}, follow_redirects=False)
    assert answer.status_code == 200
    assert "输入卡上的代码" in answer.text
    plain = finger.client.post("/back", data=finger.stamps(), follow_redirects=False)
    assert plain.status_code == 303


def test_a_code_is_typed_and_only_its_group_is_shown(finger: Finger) -> None:
    finger.press("/type")
    code = finger.kiosk.code(7).replace("-", "")
    for character in code[:-1]:
        page = finger.press("/key", key=character)
    shown = re.findall(r">([0-9A-Z•_]{4})</button>", page)
    assert shown == ["••••"] * 7 + [code[28:31] + "_"]
    assert "工作报告" in finger.press("/key", key=code[-1])


def test_a_slip_is_mended_in_its_group(finger: Finger) -> None:
    finger.press("/type")
    code = finger.kiosk.code(8).replace("-", "")
    wrong = ("1" if code[0] == "0" else "0") + code[1:]
    for character in wrong:
        page = finger.press("/key", key=character)
    assert "逐组核对" in page
    finger.press("/group", group="0")
    for character in code[:4]:
        page = finger.press("/key", key=character)
    assert "工作报告" in page


def test_english_at_a_touch_keeps_the_place(finger: Finger) -> None:
    finger.press("/card", code=finger.kiosk.code(9))
    finger.press("/choose", contest="report")
    assert "Disapprove" in finger.press("/show", show="language:en")
    assert 'data-contrast="high"' in finger.press("/show", show="contrast:high")
    assert "Thank you" in finger.press("/leave")
    finger.kiosk.clock.now += LEFT_SECONDS
    assert "data-contrast" not in finger.see()
    assert "请出示表决卡" in finger.see()


def test_a_card_is_read_by_the_camera(finger: Finger) -> None:
    state = finger.kiosk.hall.world.state
    digits = encode_credential(finger.kiosk.hall.world.cards[10], state.session_id).reveal()
    before = re.findall(r'data-stamp="([^"]+)"', finger.see())
    assert finger.show(bytes(640 * 480), 640, 480) == {"stamp": before[0], "seen": False, "dark": True}
    seen = finger.show(frame_of(digits), 640, 480)
    assert seen["seen"] is True
    assert seen["stamp"] != before[0]
    assert digits not in str(seen)
    assert "请选择表决事项" in finger.see()
    assert digits not in finger.see()


def test_what_is_no_picture_is_refused(finger: Finger) -> None:
    finger.show(b"x", 640, 480)
    assert finger.status == 422
    finger.show(b"x" * 4, 2, 2, **{"X-Plenum-Form": "guess"})
    assert finger.status == 403


def test_the_page_may_use_the_camera_and_nothing_else(finger: Finger) -> None:
    headers = finger.client.get("/").headers
    assert headers["permissions-policy"] == "camera=(self), microphone=(), geolocation=()"
    assert headers["cache-control"] == "no-store"


def test_files_of_the_screen(finger: Finger) -> None:
    found = re.search(r'href="(/static/[0-9a-f]+/kiosk.css)"', finger.see())
    assert found is not None
    assert finger.client.get(found[1]).status_code == 200
    assert finger.client.get("/static/0/kiosk.css").status_code == 404


def test_what_cannot_be_read_is_not_shown_again(finger: Finger) -> None:
    code = finger.kiosk.code(14)
    shown = finger.press("/card", code=code * 10)
    assert code not in shown
    assert 'name="csrf"' in shown


def test_every_error_shows_the_way_back(finger: Finger) -> None:
    for method, path, status in (("GET", "/no/thing", 404), ("GET", "/seal", 405), ("POST", "/", 405)):
        answer = finger.client.request(method, path)
        assert answer.status_code == status
        assert '<a class="button" href="/">' in answer.text


def test_a_defect_shows_the_way_back_and_nothing_of_itself(finger: Finger, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("the code of the card")

    gentle = TestClient(
        finger.client.app,
        ADDRESS,
        raise_server_exceptions=False,
        cookies=finger.client.cookies,
        headers={"Origin": ADDRESS},
    )
    stamps = finger.stamps()
    monkeypatch.setattr(app_module, "draw", broken)
    answer = gentle.post("/card", data={**stamps, "code": "1"}, headers={AT_ONCE: "1"})
    assert answer.status_code == 500
    assert "程序出错" in answer.text
    assert '<a class="button" href="/">' in answer.text
    assert "code of the card" not in answer.text


def test_the_staff_has_the_self_test_done_again_while_nobody_votes(finger: Finger) -> None:
    screen = finger.kiosk.screen
    done: list[int] = []

    def proof() -> tuple[Check, ...]:
        done.append(1)
        return (Check(Said("磁盘", "Disk"), False, Said("只剩 1 MB", "1 MB left")),)

    screen._proof = proof
    assert "只剩 1 MB" in finger.press("/self-test")
    finger.press("/card", code=finger.kiosk.code(30))
    finger.press("/self-test")
    assert len(done) == 1
    assert finger.client.post("/self-test", data={"csrf": "x"}).status_code == 403
    screen.checks = ()
