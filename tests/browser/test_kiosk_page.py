"""Delegates at the kiosk's screen: upright, lying and small, in both languages, with script and without."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ballots.qr.credential import encode_credential
from ballots.screen.ballot import Shape
from ballots.screen.words import Said
from kiosk.booth_machine.events import Leave
from kiosk.booth_machine.patience import REST_SECONDS
from kiosk.client import Refused, ServerClient, Unreachable
from kiosk.kiosk_page.booth import Booth
from kiosk.kiosk_page.self_test import Surroundings, self_test
from kiosk.kiosk_page.serving import serving_kiosk
from kiosk.station import Station
from tests.api.hall import running_hall
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.site import PICTURES, check, take, type_into_pad, wait_for
from tests.kiosk.booth import TIME
from tests.kiosk.kiosk_page.congress import congress, open_contests, questionnaire
from tests.kiosk.kiosk_page.pictures import picture_of, write_film
from tests.kiosk.kiosk_page.screen import Kiosk, running_kiosk
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError

PORTRAIT, LANDSCAPE, SMALL = (
    {"width": 1080, "height": 1920},
    {"width": 1920, "height": 1080},
    {"width": 1280, "height": 800},
)
SMALLEST_BUTTON = 96


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kiosk]:
    """One kiosk with all kinds of ballots open. Every test has cards of its own."""
    folder, contests = tmp_path_factory.mktemp("kiosk"), congress()
    with running_hall(folder / "data") as hall:
        open_contests(hall, [*contests, questionnaire(len(contests))])
        with running_kiosk(hall, folder / "kiosk") as running:
            yield running


@pytest.fixture(autouse=True)
def cleared(kiosk: Kiosk) -> None:
    kiosk.touch(Leave(), Leave())


def opened(browser: Browser, link: str, size: dict[str, int], **options: object) -> Page:
    page = browser.new_context(viewport=size, locale="zh-CN", **options).new_page()  # type: ignore[arg-type]
    page.goto(link)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def scan(page: Page, digits: str) -> None:
    """What a scanner does: it types quickly, and presses Enter."""
    page.keyboard.type(digits)
    page.keyboard.press("Enter")


def tap(page: Page, row: int, mark: int) -> None:
    page.locator(f"#tap-{row}-{mark}").click()


def at(page: Page, phase: str) -> None:
    """Wait for a screen; on it everything that leads on is in sight without scrolling."""
    expect(page.locator(f"body.phase-{phase}:not(.settling)")).to_be_visible()
    low = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.booth-bar button, .booth-row button, .ballot-foot button,"
        " .booth-two button, .ballot-tens button')].map(at => at.getBoundingClientRect().bottom))"
    )
    assert low <= page.evaluate("innerHeight"), f"{phase}: a button ends at {low}"


def shown(page: Page, phase: str, name: str = "") -> None:
    """A screen that is looked at: barriers, sideways scrolling, complaints; and a picture of it."""
    at(page, phase)
    take(page, f"kiosk-{name or phase}", full=False)


def pictured(page: Page, phase: str, name: str) -> None:
    """A screen of which another form was looked at: a picture, and that all leads on without scrolling."""
    at(page, phase)
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"kiosk-{name}.png", animations="disabled")


def card(kiosk: Kiosk, number: int) -> str:
    """The digits of a card's QR code."""
    return encode_credential(kiosk.hall.world.cards[number], kiosk.hall.world.state.session_id).reveal()


def test_an_election_upright_from_the_card_to_the_receipt(chromium: Browser, kiosk: Kiosk) -> None:
    with serving_kiosk(kiosk.screen, 0, Shape.PORTRAIT) as link:
        page = opened(chromium, link, PORTRAIT)
        shown(page, "welcome")
        scan(page, card(kiosk, 0))
        shown(page, "choosing")
        press(page, "县委委员、县纪委委员信任度测评")
        at(page, "marking")
        press(page, "English")
        expect(page.locator(".ballot-mark").first).to_have_text("Trust")
        # Four grades and two lines about each person, in the longer language: no row runs into the next.
        ends = "all => all.map(at => at.getBoundingClientRect().bottom)"
        legends, rows = (page.locator(at).evaluate_all(ends) for at in (".ballot-row legend", ".ballot-row"))
        assert all(legend <= row + 1 for legend, row in zip(legends, rows, strict=True))
        pictured(page, "marking", "evaluation-english")
        press(page, "中文")
        press(page, "返回")
        press(page, "选举县委委员")
        at(page, "marking")
        sizes = page.locator(".ballot-mark").evaluate_all("all => all.map(at => at.getBoundingClientRect().height)")
        assert min(sizes) >= SMALLEST_BUTTON
        for row in range(1, 9):
            tap(page, row, 2 if row in (3, 6) else 1)
        expect(page.locator("[data-marked]")).to_have_text("8")
        expect(page.locator(".ballot-count")).to_contain_text("已赞成 6 / 应选 35")
        shown(page, "marking")
        # Nothing tells from afar how somebody votes: what is chosen looks alike, whatever it is.
        looks = page.locator("[aria-pressed=true].ballot-mark").evaluate_all(
            "all => all.map(at => { const is = getComputedStyle(at);"
            " return [is.backgroundColor, is.color, is.borderColor, is.borderWidth].join() })"
        )
        assert len(looks) == 8
        assert len(set(looks)) == 1
        press(page, "大字")
        press(page, "下一页")
        pictured(page, "marking", "marking-large")
        press(page, "大字")
        expect(page.locator(".ballot-number").first).to_have_text("1")
        press(page, "11–20")
        expect(page.locator(".ballot-number").first).to_have_text("11")
        page.locator("button[name=mark]", has_text="不赞成").click()
        expect(page.locator(".ballot-told")).to_contain_text("其余 31 行")
        press(page, "撤销")
        press(page, "填好了")
        expect(page.locator("main")).to_contain_text("有 31 行您没有表态")
        shown(page, "review")
        press(page, "内容无误")
        shown(page, "sealed")
        assert "万志洋" not in page.content()
        press(page, "查验这台终端")
        shown(page, "testing")
        press(page, "打开这张选票")
        shown(page, "opened")
        press(page, "现在填写")
        at(page, "marking")
        page.locator("button[name=mark]", has_text="不赞成").click()
        press(page, "填好了")
        press(page, "内容无误")
        press(page, "投出选票")
        shown(page, "receipt")
        # Six receipts are told apart by what they are for.
        expect(page.locator("main")).to_contain_text("“选举县委委员”的回执")
        press(page, "完成")
        shown(page, "thanks")
        for trace in (card(kiosk, 0), kiosk.code(0), "万志洋", "赞成"):
            assert trace not in page.content()
        assert page.evaluate("history.length") <= 3
        kiosk.hall.settle()


def test_every_kind_of_ballot_lying_and_what_happens_in_silence(chromium: Browser, kiosk: Kiosk) -> None:
    with serving_kiosk(kiosk.screen, 0, Shape.LANDSCAPE) as link:
        page = opened(chromium, link, LANDSCAPE)
        pictured(page, "welcome", "welcome-landscape")
        press(page, "输入卡上的代码")
        for character in kiosk.code(1).replace("-", "")[:6]:
            page.locator(f".booth-pad button[value='{character}']").click()
        shown(page, "typing")
        type_into_pad(page)
        scan(page, card(kiosk, 1))
        at(page, "choosing")
        press(page, "县委委员、县纪委委员信任度测评")
        at(page, "marking")
        for row in range(1, 6):
            tap(page, row, 1 + row % 4)
        expect(page.locator("[data-marked]")).to_have_text("5")
        shown(page, "marking", "evaluation")
        press(page, "每页 5 行")
        press(page, "每页 1 行")
        pictured(page, "marking", "one-name")
        press(page, "每页 10 行")
        press(page, "有人协助")
        shown(page, "helping")
        press(page, "我自己填写")
        at(page, "marking")
        press(page, "返回")
        press(page, "关于县委工作报告")
        pictured(page, "marking", "motion")
        for name in ("不赞成", "填好了", "内容无误", "查验这台终端", "打开这张选票"):
            press(page, name)
        expect(page.locator(".booth-receipt .booth-summary")).to_be_visible()  # Below the code there is no room.
        for name in ("现在填写", "返回", "您认为明年最应办好的实事"):
            press(page, name)
        for row in (1, 3, 5, 7):
            tap(page, row, 1)
        expect(page.locator(".ballot-told")).to_contain_text("没有记上")
        pictured(page, "marking", "questionnaire")
        # A touch in time, and then none: the page may look by itself at any moment between.
        kiosk.clock.now += REST_SECONDS - 1
        press(page, "高对比")
        wait_for(lambda: kiosk.screen.look().view.contrast, "the touch has come")
        kiosk.clock.now += REST_SECONDS
        page.reload()
        expect(page.get_by_role("heading")).to_contain_text("您还在吗")
        take(page, "kiosk-asking", full=False)
        press(page, "我还在")
        shown(page, "marking", "contrast")
        press(page, "高对比")
        # The whole way lying, too: one grade for all, another for one of them.
        press(page, "返回")
        press(page, "县委委员、县纪委委员信任度测评")
        at(page, "marking")
        page.locator("button[name=mark]", has_text="信任").first.click()
        tap(page, 2, 3)
        press(page, "填好了")
        at(page, "review")
        press(page, "内容无误")
        at(page, "sealed")
        press(page, "投出选票")
        pictured(page, "receipt", "receipt-landscape")
        expect(page.locator("main")).to_contain_text("还有")
        press(page, "完成")
        at(page, "thanks")


def test_the_small_screen_in_english(chromium: Browser, kiosk: Kiosk) -> None:
    with serving_kiosk(kiosk.screen, 0, Shape.LANDSCAPE) as link:
        page = opened(chromium, link, SMALL)
        press(page, "English")
        pictured(page, "welcome", "welcome-english")
        scan(page, card(kiosk, 2))
        at(page, "choosing")
        press(page, "Election of committee members")
        at(page, "marking")
        # By keyboard, or by a switch that stands for two keys: the focus stays where the finger would be.
        page.locator("#tap-1-1").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#tap-1-1")).to_have_attribute("aria-pressed", "true")
        expect(page.locator("[data-marked]")).to_have_text("1")
        expect(page.locator("#tap-1-1")).to_be_focused()
        # Two fingers' worth of haste: none of the touches is lost.
        for row in range(2, 8):
            page.locator(f"#tap-{row}-2").dispatch_event("click")
        expect(page.locator("[data-marked]")).to_have_text("7")
        shown(page, "marking", "marking-english")
        press(page, "Finished")
        pictured(page, "review", "review-english")
        press(page, "It is right")
        pictured(page, "sealed", "sealed-english")
        # A scanner that fires in the middle of a turn presses no button, and its card waits.
        page.get_by_role("button", name="Cast the ballot").focus()
        scan(page, card(kiosk, 3))
        expect(page.locator("[role=alert]")).to_contain_text("Let the delegate before you finish")
        page.get_by_role("button", name="Cast the ballot").dblclick()
        pictured(page, "receipt", "receipt-english")
        assert kiosk.screen.look().going.left


def test_what_goes_wrong_is_said_at_the_screen(
    chromium: Browser, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving_kiosk(kiosk.screen, 0, Shape.LANDSCAPE) as link:
        page = opened(chromium, link, LANDSCAPE)
        with pulled_out(monkeypatch, "credential", Unreachable("no answer")):
            scan(page, card(kiosk, 6))
            expect(page.get_by_role("alert")).to_contain_text("联系不上服务器")
        scan(page, card(kiosk, 6))
        as_far_as_sealed(page)
        with pulled_out(monkeypatch, "submit_ballot", Unreachable("no answer")):
            press(page, "投出选票")
            shown(page, "receipt", "receipt-waiting")
            expect(page.get_by_role("heading", level=1)).to_contain_text("正在送达")
            press(page, "完成")
            at(page, "thanks")
            kiosk.touch(Leave())
            page.reload()
            expect(page.get_by_role("status").first).to_contain_text("存有 1 张还没有送达的选票")
            shown(page, "welcome", "welcome-holding")
            # The same card, while it waits.
            with pulled_out(monkeypatch, "credential", Unreachable("no answer")):
                scan(page, card(kiosk, 6))
                expect(page.get_by_role("alert")).to_contain_text("正在送达")
        wait_for(lambda: kiosk.booth.station.undelivered == 0, "the ballot is delivered")
        scan(page, card(kiosk, 7))
        as_far_as_sealed(page)
        with pulled_out(monkeypatch, "submit_ballot", Refused(409, "V8.A", "paused", {})):
            press(page, "投出选票")
            shown(page, "refused")
            press(page, "完成")


def test_a_kiosk_that_must_stop_says_where_to_go(
    chromium: Browser, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A screen of its own before the same station: this one stays out of use.
    booth = Booth(kiosk.booth.station, kiosk.jobs, kiosk.clock.monotonic)
    with serving_kiosk(booth, 0, Shape.LANDSCAPE) as link:
        page = opened(chromium, link, LANDSCAPE)
        scan(page, card(kiosk, 8))
        as_far_as_sealed(page)

        def full(*_: object, **__: object) -> None:
            raise FatalError("the disk is full")

        monkeypatch.setattr(Station, "finish", full)
        press(page, "投出选票")
        shown(page, "broken")
        expect(page.get_by_role("alert")).to_contain_text("到另一台终端出示表决卡")
        assert "万志洋" not in page.content()


def test_the_staff_sees_what_the_kiosk_has_tested(chromium: Browser, tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        hall.world.create()
        hall.world.ceremony()
        hall.world.prepare_voting()
        for raw in hall.world.entries:
            hall.post(raw)
        with running_kiosk(hall, tmp_path / "kiosk") as kiosk:
            empty = Said("打印机缺纸，请工作人员加纸", "The printer is out of paper; put some in")
            around = Surroundings(
                folder=tmp_path,
                clock=lambda: TIME,
                rng=SeededRng("proof"),
                printers=(lambda: empty,),
                paper=lambda: None,
            )
            station = kiosk.booth.station
            booth = Booth(station, kiosk.jobs, kiosk.clock.monotonic, lambda: self_test(station, around))
            booth.prove()
            with serving_kiosk(booth, 0, Shape.PORTRAIT) as link:
                page = opened(chromium, link, PORTRAIT)
                for size, name in ((PORTRAIT, "self-test"), (SMALL, "self-test-small")):
                    page.set_viewport_size(size)  # type: ignore[arg-type]
                    expect(page.locator("main")).to_contain_text("打印机缺纸")
                    shown(page, "welcome", name)


@contextmanager
def pulled_out(monkeypatch: pytest.MonkeyPatch, method: str, error: Exception) -> Iterator[None]:
    """What a client of the server does ends like this for a while."""

    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(ServerClient, method, fail)
        yield


def as_far_as_sealed(page: Page) -> None:
    """From the list of contests to the sealed ballot of the motion."""
    press(page, "关于县委工作报告")
    at(page, "marking")
    tap(page, 1, 1)
    press(page, "填好了")
    at(page, "review")
    press(page, "内容无误")
    at(page, "sealed")


def test_without_script_every_touch_works(chromium: Browser, kiosk: Kiosk) -> None:
    with serving_kiosk(kiosk.screen, 0, Shape.LANDSCAPE) as link:
        page = opened(chromium, link, LANDSCAPE, java_script_enabled=False)
        page.locator("#code").fill(card(kiosk, 4))
        page.locator("#code").press("Enter")
        press(page, "关于县委工作报告")
        tap(page, 1, 2)
        press(page, "填好了")
        expect(page.locator("main")).to_contain_text("不赞成")
        press(page, "内容无误")
        press(page, "投出选票")
        expect(page.get_by_role("heading", level=1)).to_contain_text("已投票")


def test_a_card_is_held_to_the_camera(chromium: Browser, kiosk: Kiosk, tmp_path: Path) -> None:
    digits, film = card(kiosk, 5), tmp_path / "camera.y4m"
    write_film(film, [picture_of(), picture_of(digits, blur=8.0), picture_of(digits, tilt=17.0, blur=1.2)])
    camera = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    browser = chromium.browser_type.launch(
        executable_path=str(CHROMIUM), args=[*FLAGS, *camera, f"--use-file-for-fake-video-capture={film}"]
    )
    try:
        with serving_kiosk(kiosk.screen, 0, Shape.LANDSCAPE) as link:
            page = opened(browser, link, LANDSCAPE)
            expect(page.get_by_role("heading", level=1)).to_contain_text("请选择表决事项", timeout=30_000)
            assert digits not in page.content()
            check(page)
    finally:
        browser.close()
