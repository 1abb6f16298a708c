"""Two scrutineers: one in a real browser, from set-up to the signed report, every page looked at for barriers."""

import contextlib
import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from ballots.card import CardSecret
from ballots.contest import Capture, Contest, Row, RulesRef, WriteIns, WriteInWay
from ballots.void_reasons import VoidReason
from kiosk import scrutineer_files
from kiosk.local_page.serving import listen
from kiosk.station_page import key_backup
from kiosk.station_page.serving import serving
from kiosk.station_page.station import StationPage
from tally.entries.contests import ContestDefined, RulesAdopted, rules_hash
from tests.browser.site import LAPTOP, PROBLEMS, check, take
from tests.kiosk.conftest import quick_key_files
from tests.kiosk.station_page.meeting import ATTENDANCE, DRAWN, Meeting, known_cards
from tests.kiosk.station_page.page_hall import PASSPHRASE, Browser, PageHall, page_hall, wait
from tests.tally.decide.contests import LOCAL
from tests.tally.replay.by_hand import election

__all__ = ["quick_key_files"]


def opened(station: StationPage, chromium: Chromium, stack: contextlib.ExitStack) -> Page:
    """A browser at a station that is served as in the hall."""
    listener = stack.enter_context(contextlib.closing(listen(0)))
    station.port = station.door.port = listener.getsockname()[1]
    stack.enter_context(serving(station, listener))
    address = f"http://127.0.0.1:{station.port}"
    context = chromium.new_context(viewport=LAPTOP, base_url=address, locale="zh-CN")  # type: ignore[arg-type]
    stack.callback(context.close)
    page = context.new_page()
    page.on("pageerror", lambda error: PROBLEMS.append(f"script error: {error}"))
    page.on("console", lambda message: PROBLEMS.append(message.text) if _is_complaint(message) else None)
    page.goto(station.door.new_link())
    return page


def _is_complaint(message: object) -> bool:
    """What the browser complains of, but a form that was sent back with its error: that is what 422 is for."""
    return getattr(message, "type", "") == "error" and "422" not in str(getattr(message, "text", ""))


VOID = {f"void_{reason.value}": "0" for reason in VoidReason}
SLIPS = {**VOID, "sheet": "1", "replaces": "", "issued": "3", "returned": "2"}
"""Three persons took a slip, two gave it back."""


def with_slips() -> Contest:
    """One of two is elected at the kiosk; who writes somebody in does so on a slip."""
    rows = (Row("r0", "陈静"), Row("r1", "孙强"))
    rules, slips = RulesRef(LOCAL.id, rules_hash(LOCAL.to_json())), WriteIns(WriteInWay.SLIPS)
    return election(rules, "report", 0, seats=1, rows=rows, capture=Capture.KIOSK, write_ins=slips)


def vote(hall: PageHall, cards: tuple[CardSecret, ...]) -> None:
    """Ten ballots, three of them against."""
    hall.hall.cards = cards
    lines = [json.loads(hall.hall.line(card)) for card in range(len(cards))]
    for number, line in enumerate(lines):
        line["marks"] = {"r0": "disapprove" if number % 4 == 0 else "approve"}
    booth = hall.hall.booths[0]
    booth.round(*map(json.dumps, lines))
    while not booth.turns.finished:
        booth.round()


@pytest.mark.usefixtures("quick_key_files")
def test_a_scrutineer_from_set_up_to_the_signed_report(
    chromium: Chromium, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_backup, "decrypt_keyfile", scrutineer_files.decrypt_keyfile)
    with page_hall(tmp_path) as hall, contextlib.ExitStack() as stack:
        meeting = Meeting(hall, known_cards(monkeypatch))
        station = hall.station(1)
        page = opened(station, chromium, stack)
        _set_up(page)
        hall.browsers.append(Browser(station, None))  # type: ignore[arg-type]
        hall.seat(2)
        second = hall.browsers[1]
        hall.make_key()
        page.get_by_role("link", name="生成密钥").click()
        expect(page.locator(".fingerprint.large")).to_be_visible()
        take(page, "scrutineer-ceremony")
        _back_up(page, tmp_path)
        hall.hall.open_kiosks(1)
        hall.hall.officials.decree(RulesAdopted(LOCAL.id, LOCAL.to_json()))
        hall.hall.officials.decree(ContestDefined(with_slips().to_json()))
        hall.seen(lambda state: "report" in state.contests)
        _make_cards(page)
        second.station.keep_lists(station.lists)  # type: ignore[arg-type]
        second.until(lambda other: bool(other.snapshot.to_sign))
        second.done(f"/sign/{second.station.snapshot.to_sign[0].id}", compared="on")
        second.done("/cards/reserve", on="/cards", count="1", **{"class": "delegate"})
        _sign_what_waits(page)
        _attend(page)
        second.done("/contests/report/attendance", **ATTENDANCE)
        hall.seen(lambda state: state.contest("report").attendance is not None)
        page.goto("/contests/report")
        hall.hall.officials.decree(meeting.opening)
        # Without a click: the page follows the log.
        expect(page.locator("main")).to_contain_text("正在投票")
        vote(hall, meeting.cards[:DRAWN])
        take(page, "scrutineer-contest")
        meeting.vote_close()
        _compare(page, meeting.code(second))
        second.done("/contests/report/compare", root_code=meeting.code(second), numbers="on")
        wait(lambda: len(hall.state.contest("report").good_shares) == 2)
        meeting.official.count("report")
        hall.seen(lambda state: state.contest("report").has_counts)
        _count_slips(page)
        second.done("/contests/report/sheet", **SLIPS, write_ins="王海 2")
        hall.seen(lambda state: bool(state.contest("report").sheets.entered))
        hall.hall.officials.declare("report")
        page.goto("/contests/report/report")
        # The form appears by itself when the outcome is in the log.
        page.get_by_label("我已阅读").check()
        take(page, "scrutineer-report")
        page.get_by_role("button", name="签署报告单").click()
        expect(page.locator("main")).to_contain_text("您已签署")
        assert hall.state.contest("report").signers == {1}
        for place in ("/log", "/cards", "/contests/report/abandon", "/contests/report/paper"):
            page.goto(place)
            check(page)
        page.get_by_role("link", name="English").click()
        page.goto("/contests/report")
        take(page, "scrutineer-contest-en")


def _count_slips(page: Page) -> None:
    page.goto("/contests/report/sheet")
    for name, value in SLIPS.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("#write_ins").fill("王海 2")
    # Fields beside each other are as high and stand on one line, whether they have a hint or not.
    fields = page.locator(".grid > .field > input")
    boxes = fields.evaluate_all("all => all.map(one => [one.offsetHeight, one.getBoundingClientRect().bottom])")
    assert len({height for height, _ in boxes}) == 1, boxes
    assert len({round(bottom) for _, bottom in boxes[:3]}) == 1, boxes
    take(page, "scrutineer-slips")
    page.get_by_role("button", name="签名").click()
    expect(page.locator("main")).not_to_contain_text("请填写")


def _set_up(page: Page) -> None:
    page.get_by_text("演练时没有登记码").click()
    page.get_by_label("服务地址").fill("http://10.0.0.1:8300")
    check(page)
    page.get_by_role("button", name="连接并查看会议").click()
    page.get_by_label("姓名").fill("郭志明")
    page.get_by_label("编号").fill("1")
    page.locator("#passphrase").fill(PASSPHRASE)
    page.locator("#again").fill("something else entirely")
    page.get_by_role("button", name="开始").click()
    expect(page.get_by_role("alert")).to_contain_text("两次须一致")
    page.locator("#passphrase").fill(PASSPHRASE)
    page.locator("#again").fill(PASSPHRASE)
    take(page, "scrutineer-set-up")
    page.get_by_role("button", name="开始").click()
    expect(page.locator("h1")).to_have_text("概览")


def _back_up(page: Page, folder: Path) -> None:
    page.get_by_role("link", name="我的密钥").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载副本").click()
    copy = folder / "stick.json"
    download.value.save_as(copy)
    page.get_by_label("U盘上的副本").set_input_files(copy)
    page.get_by_label("口令").fill(PASSPHRASE)
    page.get_by_role("button", name="试打开备份").click()
    expect(page.locator("main")).to_contain_text("备份已试过，可用")
    take(page, "scrutineer-key")


def _make_cards(page: Page) -> None:
    page.get_by_role("link", name="表决卡").click()
    for name, count in (("drawn_0", "10"), ("test_0", "1"), ("reserve_0", "1")):
        page.locator(f"[name={name}]").fill(count)
    page.get_by_label("第二名监票人在场").check()
    page.get_by_role("button", name="制卡").click()
    expect(page.locator("#print")).to_be_visible()
    take(page, "scrutineer-cards")
    page.get_by_label("已打印并清点").check()
    page.get_by_role("button", name="清除卡的秘密").click()
    expect(page.locator("#print")).to_have_count(0)
    page.goto("/contests/report/cards")
    check(page)
    page.get_by_role("button", name="签名并提出").click()


def _sign_what_waits(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="封存备用表决卡").click()
    page.get_by_label("我已亲自清点").check()
    take(page, "scrutineer-sign")
    page.get_by_role("button", name="签名").click()
    expect(page.locator("main")).to_contain_text("已签名")
    take(page, "scrutineer-overview")


def _attend(page: Page) -> None:
    page.goto("/contests/report/attendance")
    for name, count in ATTENDANCE.items():
        page.locator(f"#{name}").fill(count)
    take(page, "scrutineer-attendance")
    page.get_by_role("button", name="我已亲自清点").click()
    expect(page.locator("h2").first).to_be_visible()


def _compare(page: Page, heard: str) -> None:
    page.goto("/contests/report/compare")
    code, numbers = page.get_by_label("听到的根值代码"), page.get_by_label("票数也已口头核对一致")
    code.fill("0000-0000-0000-0000-0000")
    numbers.check()
    page.get_by_role("button", name="一致，签名").click()
    expect(page.get_by_role("alert")).to_contain_text("谁也不要签")
    check(page)
    page.goto("/contests/report/compare")
    code.fill(heard)
    numbers.check()
    take(page, "scrutineer-compare")
    page.get_by_role("button", name="一致，签名").click()
    expect(page.locator("h2").first).to_be_visible()
