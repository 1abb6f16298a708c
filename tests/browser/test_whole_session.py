"""A whole session as it is held: officials, desk and hall in the browser, scrutineers at their stations, delegates at
the screen of a kiosk; from an empty server to a published board and a record that verifies.
"""

import contextlib
import io
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from api.accounts.roles import Role
from ballots.card import CardSecret, typed_code
from ballots.crockford import fingerprint_text
from ballots.screen.ballot import Shape
from kiosk.booth_machine.events import CardShown, Cast, Choose, Finish, Leave, Seal, Tap
from kiosk.booth_machine.screen import Phase
from kiosk.client import connect
from kiosk.follower import Follower
from kiosk.kiosk_keys import load_or_create_kiosk_keys
from kiosk.kiosk_page.booth import Booth as Screen
from kiosk.kiosk_page.jobs import Jobs
from kiosk.kiosk_page.serving import serving_kiosk
from kiosk.outbox import Outbox
from kiosk.receipts import ReceiptPrinter
from kiosk.rounds import one_round
from kiosk.station import Machine, Setup, Station
from kiosk.station_page.app import create_page
from kiosk.station_page.station import StationPage
from kiosk.turns import Turns
from tally.cli.system import SystemRng, unix_time
from tally.state import State
from tally.verify import verify_record
from tests.api.people import PASSWORD, enrolled
from tests.browser.site import PROJECTOR, Site, running_site, take, wait_for
from tests.kiosk.booth import Events
from tests.kiosk.conftest import quick_key_files
from tests.kiosk.station_page.meeting import DRAWN, RESERVE, TEST, known_cards
from tests.kiosk.station_page.page_hall import PASSPHRASE, Browser
from voting_core.secret import Secret

__all__ = ["quick_key_files"]

CONTEST = "work-report"
SESSION = """
[session]
id = "qinglan-rehearsal"
title = "青岚县党代会会前演练"
kind = "congress"
date = 2026-12-08
place = "青岚县大礼堂"
roll = "roll.csv"

[scrutineers]
threshold = 2
names = ["周建平", "林秀兰"]
numbers = ["", ""]

[[contest]]
id = "work-report"
kind = "motion"
title = "关于县委工作报告的决议（草案）"
rule_set = "resolution_default"
"""
NAMES = ("王建国", "李秀英", "张伟", "刘洋", "陈静", "杨丽娟", "赵德胜", "黄志强", "周敏", "吴晓红", "徐鹏", "孙玉兰")
ROLL = "编号,姓名,状态,代表团\n" + "".join(f"{n:04},{name},正常,城关\n" for n, name in enumerate(NAMES, 1))


@dataclass
class Meeting:
    """Everybody who is in the hall."""

    site: Site
    cards: tuple[CardSecret, ...]
    folder: Path
    stack: contextlib.ExitStack
    stations: list[Browser] = field(default_factory=list)

    @property
    def state(self) -> State:
        return self.site.service.sequencer.view.log

    def wait(self, done: Callable[[State], bool], what: str) -> None:
        wait_for(lambda: done(self.state), what)

    def seen(self, done: Callable[[State], bool]) -> None:
        """Wait until every station has replayed it."""
        for browser in self.stations:
            wait_for(lambda browser=browser: done(browser.station.snapshot.state), "a station sees it")  # type: ignore[misc]

    def seat(self, index: int, name: str) -> None:
        """A scrutineer opens the station on the own laptop."""
        station = StationPage(self.folder / f"scrutineer-{index}", 8400 + index)
        self.stack.callback(station.close)
        http = TestClient(create_page(station), base_url=f"http://127.0.0.1:{station.port}")
        assert http.get(station.door.new_link(), follow_redirects=False).status_code == 303
        browser = Browser(station, http)
        browser.done("/setup", server=self.site.address)
        browser.done("/setup/self", name=name, index=f"{index}", passphrase=PASSPHRASE, again=PASSPHRASE)
        self.stations.append(browser)

    @contextlib.contextmanager
    def kiosk(self) -> Iterator[tuple[str, Screen]]:
        """A kiosk with its screen; gives the link, and the screen for whoever votes without a picture."""
        assert self.state.fingerprint is not None
        jobs, stop, made, events = Jobs(), threading.Event(), [], Events()

        def work() -> None:
            folder = self.folder / "kiosk"
            folder.mkdir()
            keys = load_or_create_kiosk_keys(folder / "1.json", SystemRng())
            assert self.state.fingerprint is not None
            setup = Setup(name="1", fingerprint=fingerprint_text(self.state.fingerprint), keys=keys)
            client, machine = connect(self.site.address), Machine(rng=SystemRng(), clock=unix_time, emit=events)
            outbox, printer = Outbox(folder / "outbox.sqlite3"), ReceiptPrinter(None, events)
            station = Station(setup, client, Follower(client, verify=False), outbox, printer, machine)
            made.append(station)
            while not stop.is_set() and not station.state.sealed:
                if not one_round(station, Turns(None), machine, wait=False):
                    jobs.serve(0.05)
            outbox.close()
            client.http.close()

        thread = threading.Thread(target=work, name="kiosk")
        thread.start()
        wait_for(lambda: bool(made), "the kiosk starts")
        screen = Screen(made[0], jobs, time.monotonic)
        try:
            with serving_kiosk(screen, 0, Shape.LANDSCAPE) as link:
                yield link, screen
        finally:
            stop.set()
            thread.join()

    def code(self, number: int) -> str:
        return typed_code(self.cards[number], self.state.session_id).reveal()

    def vote(self, screen: Screen, number: int, mark: str) -> None:
        """A delegate votes, with the same acts as the screen's buttons."""
        screen.touch(CardShown(Secret(self.code(number))))
        row = screen.touch(Choose(CONTEST)).marking.contest.rows[0].id
        for act in (Tap(row, mark), Finish(), Seal(), Cast()):
            shown = screen.touch(act)
        assert shown.phase is Phase.RECEIPT
        screen.touch(Leave())


def sign_all(page: Page) -> None:
    """Countersign whatever waits for this official."""
    page.goto("/waiting")
    while (form := page.locator("form[action$='/sign']").first).count():
        form.get_by_label("本人密码").fill(PASSWORD)
        form.get_by_role("button", name="签名").click()
        page.goto("/waiting")


def by_two(first: Page, second: Page, button: str) -> None:
    """An act that one official begins on the contest's page and the other countersigns."""
    first.goto(f"/contests/{CONTEST}")
    form = first.locator("form", has=first.get_by_role("button", name=button)).first
    form.get_by_label("本人密码").fill(PASSWORD)
    form.get_by_role("button", name=button).click()
    expect(first.locator(".note.good").first).to_be_visible()
    sign_all(second)


def create(li: Page, zhao: Page) -> None:
    """Upload the folder, look at it, create the session."""
    li.goto("/setup")
    files = [("session.toml", SESSION), ("roll.csv", ROLL)]
    li.get_by_label("文件").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in files]
    )
    li.get_by_role("button", name="上传并检查").click()
    expect(li.locator("main")).to_contain_text("青岚县党代会会前演练")
    li.goto("/setup/create")
    li.get_by_label("由谁会签").select_option("zhao-min")
    li.get_by_label("本人密码").fill(PASSWORD)
    li.get_by_role("button", name="签名并提议").click()
    zhao.goto("/setup/create")
    zhao.get_by_label("本人密码").fill(PASSWORD)
    zhao.get_by_role("button", name="会签并创建").click()
    expect(zhao.locator("main")).to_contain_text("会议已经创建")


def make_cards(meeting: Meeting) -> None:
    """One scrutineer makes the cards before the other; both register and seal the reserve, and count who is there."""
    first, second = meeting.stations
    numbers = {"drawn_0": f"{DRAWN}", "test_0": f"{TEST}", "reserve_0": f"{RESERVE}"}
    first.done("/cards/make", on="/cards", label_0="代表", classes_0="delegate", slots="3", witnessed="on", **numbers)
    assert first.http.get("/cards/sheet-0.pdf").content.startswith(b"%PDF")
    first.done("/cards/erase", on="/cards", counted="on")
    lists = first.http.get("/cards/lists.json").content
    second.done("/cards/load", on="/cards", files={"lists": ("lists.json", lists)})
    first.done(f"/contests/{CONTEST}/cards", **{"class": "delegate"})
    second.until(lambda station: bool(station.snapshot.to_sign))
    second.done(f"/sign/{second.station.snapshot.to_sign[0].id}", compared="on")
    for browser in meeting.stations:
        browser.done("/cards/reserve", on="/cards", count=f"{RESERVE}", **{"class": "delegate"})
    meeting.seen(lambda state: "delegate" in state.reserve)


def check_in(page: Page) -> None:
    """The desk finds delegates by their initials and hands out cards."""
    page.goto("/desk")
    for name in ("wjg", "李秀英", "0003"):
        page.get_by_label("查找代表").fill(name)
        page.get_by_role("button", name="查找").click()
        page.get_by_role("button", name="报到并发卡").first.click()
        expect(page.locator("main")).to_contain_text("请发一张表决卡")


def cast_at_the_screen(page: Page, code: str) -> None:
    page.get_by_role("button", name="输入卡上的代码").click()
    for character in code.replace("-", ""):
        page.locator(f".booth-pad button[value='{character}']").click()
    page.get_by_role("button", name="关于县委工作报告").click()
    page.get_by_role("button", name="赞成", exact=True).click()
    page.get_by_role("button", name="填好了").click()
    page.get_by_role("button", name="内容无误").click()
    page.get_by_role("button", name="投出选票").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("已投票")
    page.get_by_role("button", name="完成").click()
    expect(page.locator("main")).to_contain_text("屏幕已清除")


@pytest.mark.usefixtures("quick_key_files")
def test_from_an_empty_server_to_a_verified_record(
    chromium: Chromium, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = known_cards(monkeypatch)
    with running_site(tmp_path / "data", chromium, simulated=True) as site, contextlib.ExitStack() as stack:
        meeting = Meeting(site, cards, tmp_path, stack)
        for account, name in (("li-na", "李娜"), ("zhao-min", "赵敏")):
            enrolled(site.service, account, Role.OFFICIAL, name)
        li, zhao = site.browser("li-na"), site.browser("zhao-min")
        create(li, zhao)

        # Join, make the key, register the kiosk.
        for index, name in enumerate(("周建平", "林秀兰"), 1):
            meeting.seat(index, name)
        wait_for(lambda: len(site.service.reader.proposals()) == 2, "both ask to join")
        sign_all(li)
        sign_all(zhao)
        meeting.wait(lambda state: state.fingerprint is not None, "the key is made")
        link, screen = stack.enter_context(meeting.kiosk())
        wait_for(lambda: len(site.service.reader.proposals()) == 1, "the kiosk asks to be registered")
        sign_all(li)
        sign_all(zhao)

        # Rules, contest, cards, attendance, opening.
        by_two(li, zhao, "发起：采用规则")
        by_two(li, zhao, "发起：确定表决事项")
        meeting.seen(lambda state: CONTEST in state.contests)
        make_cards(meeting)
        check_in(site.browser(site.account(Role.DESK, "赵签到")))
        attendance = {"should_attend": "12", "present": f"{DRAWN}"}
        attendance |= {"drawn_delegate": f"{DRAWN}", "test_delegate": f"{TEST}"}
        for browser in meeting.stations:
            browser.done(f"/contests/{CONTEST}/attendance", **attendance)
        meeting.wait(lambda state: state.contest(CONTEST).attendance is not None, "attendance is declared")
        by_two(li, zhao, "发起：开始投票")
        li.goto("/hall/control")
        li.get_by_role("button", name="显示进度").click()
        hall = site.browser(site.account(Role.HALL, "主席台大屏"), PROJECTOR)
        hall.goto("/hall")

        # Vote.
        kiosk = chromium.new_context(viewport=PROJECTOR, locale="zh-CN").new_page()  # type: ignore[arg-type]
        kiosk.goto(link)
        # Before it has read the opening it would say, rightly, that nothing is open.
        wait_for(lambda: bool(screen.open_contests()), "the kiosk has read the opening")
        expect(kiosk.get_by_role("heading", level=1)).to_contain_text("请出示表决卡")
        cast_at_the_screen(kiosk, meeting.code(0))
        for number in range(1, DRAWN):
            meeting.vote(screen, number, "disapprove" if number % 4 == 0 else "approve")
        # The hall sees the numbers by itself, batch by batch.
        expect(hall.locator("body")).to_contain_text("8")
        take(hall, "hall-turnout", full=False)
        li.goto(f"/contests/{CONTEST}")
        take(li, "contest-voting")

        # Pause, void the test card, close.
        by_two(li, zhao, "发起：暂停投票")
        li.goto("/cards/void")
        li.get_by_label("查验卡").check()
        li.get_by_label("逐张扫描").fill(meeting.code(DRAWN))
        li.get_by_label("本人密码").fill(PASSWORD)
        li.get_by_role("button", name="作废这些卡").click()
        expect(li.locator("main")).to_contain_text("已作废")
        # The kiosk has said meanwhile that no ballot waits there; until then there is no button to close.
        li.goto(f"/contests/{CONTEST}")
        expect(li.get_by_role("row", name="没有")).to_be_visible()
        take(li, "contest-paused")
        by_two(li, zhao, "发起：结束投票")
        meeting.wait(lambda state: bool(state.contest(CONTEST).reports), "the kiosk reports")

        # Verify, decrypt, decide, sign, publish.
        first, second = meeting.stations
        meeting.seen(lambda state: bool(state.contest(CONTEST).reports))
        for own, other in ((first, second), (second, first)):
            own.done(f"/contests/{CONTEST}/compare", root_code=root_code_of(other), numbers="on")
        meeting.wait(lambda state: len(state.contest(CONTEST).good_shares) == 2, "both shares are there")
        li.goto(f"/contests/{CONTEST}")
        li.get_by_label("本人密码").first.fill(PASSWORD)
        li.get_by_role("button", name="写入票数").click()
        by_two(li, zhao, "发起：确认结果")
        meeting.seen(lambda state: state.contest(CONTEST).outcome is not None)
        for browser in meeting.stations:
            browser.done(f"/contests/{CONTEST}/report", read="on")
        meeting.wait(lambda state: len(state.contest(CONTEST).signers) == 2, "both sign the report")
        li.goto(f"/contests/{CONTEST}")
        take(li, "contest-signed")
        li.locator("input[name=scope][value=all]").check()
        by_publishing(li, zhao)
        li.goto("/hall/control")
        li.get_by_role("button", name="显示结果").click()
        expect(hall.locator("body")).to_contain_text("赞成")
        take(hall, "hall-result", full=False)
        guest = site.browser()
        wait_for(lambda: guest.request.get("/board/").ok, "the board is made")
        guest.goto("/board/")
        expect(guest.locator("body")).to_contain_text("关于县委工作报告的决议")

        # The end.
        for browser in meeting.stations:
            browser.done("/key/destroy", on="/key", sure="on")
        meeting.wait(lambda state: len(state.destroyed_keys) == 2, "the keys are destroyed")
        li.goto("/session")
        seal = li.locator("form[action='/session/acts/seal']")
        seal.get_by_label("本人密码").fill(PASSWORD)
        seal.get_by_role("button", name="发起封存").click()
        sign_all(zhao)
        meeting.wait(lambda state: state.sealed, "the session is sealed")
        zhao.goto("/session")
        take(zhao, "session-sealed")
        verify(meeting, guest)


def root_code_of(browser: Browser) -> str:
    """What a scrutineer reads aloud."""
    from kiosk.comparison import root_code

    closing = browser.station.snapshot.state.contest(CONTEST).closing
    assert closing is not None
    code = root_code(closing.root)
    assert code in browser.get(f"/contests/{CONTEST}/compare")
    return code


def by_publishing(li: Page, zhao: Page) -> None:
    form = li.locator("form[action$='/acts/publish']")
    form.get_by_label("本人密码").fill(PASSWORD)
    form.get_by_role("button", name="发起：公布结果").click()
    sign_all(zhao)


def verify(meeting: Meeting, guest: Page) -> None:
    """Anybody fetches the record and verifies it, once the scrutineers have cosigned it to its end."""
    service = meeting.site.service
    size = meeting.state.size

    def witnessed() -> bool:
        stored = service.reader.checkpoint(size)
        return stored is not None and len(stored.cosignatures) == 2

    wait_for(witnessed, "both scrutineers cosign the whole log")
    record = guest.request.get("/v1/record").body()
    assert meeting.state.fingerprint is not None
    report = verify_record(io.BytesIO(record), fingerprint=fingerprint_text(meeting.state.fingerprint))
    assert report.findings == ()
    assert report.sealed
