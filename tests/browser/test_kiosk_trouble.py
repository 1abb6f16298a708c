"""Trouble at the screen: camera covered, two cards, printers without paper, hasty fingers; and paper ballots."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from ballots.contest import Capture, WriteIns, WriteInWay
from ballots.paper_setting import PaperSetting, PaperUse
from ballots.screen.ballot import Shape
from ballots.screen.words import Said
from kiosk.booth_machine.events import Leave
from kiosk.kiosk_page.booth import Booth
from kiosk.kiosk_page.drawing import IDLE_SECONDS
from kiosk.kiosk_page.serving import serving_kiosk
from kiosk.paper.press import Press
from tally.entries.contests import RulesAdopted
from tally.rules.loader import load_rule_set
from tests.api.hall import running_hall
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.kiosk_hands import (
    LANDSCAPE,
    PORTRAIT,
    SMALL,
    at,
    card,
    opened,
    pictured,
    press,
    scan,
    shown,
    tap,
)
from tests.kiosk.kiosk_page.congress import congress
from tests.kiosk.kiosk_page.pictures import SIZE, picture_of, write_film
from tests.kiosk.kiosk_page.screen import Kiosk, running_kiosk
from tests.kiosk.kiosk_page.test_work import Tray, wait_until_followed
from tests.kiosk.paper.test_ballot_of_record import open_by_hand
from tests.support.patience import PATIENCE
from tests.support.seeded_rng import SeededRng

EMPTY = Said("打印机缺纸，请工作人员加纸", "The printer is out of paper; call the staff")
TITLE = "中国共产党青岚县第十四届代表大会第三次会议"
SIZES = (
    ("portrait", Shape.PORTRAIT, PORTRAIT),
    ("small", Shape.LANDSCAPE, SMALL),
    ("lying", Shape.LANDSCAPE, LANDSCAPE),
)


@dataclass
class Corner:
    """A kiosk with both its printers. At it a motion is voted on by card, and the committee is elected on paper."""

    kiosk: Kiosk
    screen: Booth
    sheets: Tray
    slips: Tray


@pytest.fixture(scope="module")
def corner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corner]:
    folder, sheets, slips = tmp_path_factory.mktemp("corner"), Tray(), Tray()
    with running_hall(folder / "data") as hall:
        world = hall.world
        world.decree(world.session_body(title=TITLE), "session.created")
        world.ceremony()
        world.prepare_voting()
        motion, (committee,) = world.contest(), congress("committee")
        second = world.contest("plan", slot=2)
        rules = load_rule_set(committee.rules.id)
        world.decree(RulesAdopted(rules.id, rules.to_json()), "rules.adopted")
        for contest in (motion, second):
            world.define(contest)
            world.open(contest)
        on_paper = WriteIns(WriteInWay.PAPER)
        open_by_hand(hall, replace(committee, slot=1, capture=Capture.HAND, write_ins=on_paper))
        for raw in world.entries:
            hall.post(raw)
        printer = Press(PaperSetting(PaperUse.RECORD), sheets, world.box, SeededRng("press"))
        printer.agree(None)
        with running_kiosk(hall, folder / "kiosk", printer) as kiosk:
            wait_until_followed(kiosk)
            screen = Booth(kiosk.booth.station, kiosk.jobs, kiosk.clock.monotonic, press=printer, slips=slips)
            kiosk.screen = screen
            yield Corner(kiosk, screen, sheets, slips)


@pytest.fixture(autouse=True)
def as_at_first(corner: Corner) -> None:
    corner.kiosk.touch(Leave(), Leave())
    for tray in (corner.sheets, corner.slips):
        tray.sheets.clear()
        tray.wrong = None


@contextmanager
def camera(chromium: Browser, film: Path, pictures: list[Image.Image]) -> Iterator[Browser]:
    """A browser whose camera shows these pictures for ever."""
    write_film(film, pictures)
    flags = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    browser = chromium.browser_type.launch(
        executable_path=str(CHROMIUM), args=[*FLAGS, *flags, f"--use-file-for-fake-video-capture={film}"]
    )
    try:
        yield browser
    finally:
        browser.close()


def apart(page: Page) -> None:
    """No part of the welcome screen lies over another, also with a notice above them."""
    boxes = [page.locator(part).bounding_box() for part in (".booth-eye", ".booth-paper", ".booth-row", ".booth-bar")]
    eye, paper, row, bar = [(box["x"], box["y"], box["width"], box["height"]) for box in boxes if box is not None]
    assert max(eye[1] + eye[3], paper[1] + paper[3]) <= row[1]
    assert row[1] + row[3] <= bar[1]
    assert eye[0] + eye[2] <= paper[0] or eye[1] + eye[3] <= paper[1]


def is_seen(page: Page, words: str) -> None:
    """Wait for what a camera shows: it starts when it likes."""
    expect(page.locator("main")).to_contain_text(words, use_inner_text=True, timeout=PATIENCE * 1_000)


def test_a_covered_camera_is_told_in_words_and_cards_are_read_otherwise(
    chromium: Browser, corner: Corner, tmp_path: Path
) -> None:
    with camera(chromium, tmp_path / "covered.y4m", [Image.new("L", SIZE, 3)]) as browser:
        for name, shape, size in SIZES:
            with serving_kiosk(corner.screen, 0, shape) as link:
                page = opened(browser, link, size)
                is_seen(page, "镜头好像被挡住了")
                is_seen(page, "用扫码枪、输入代码")
                shown(page, "welcome", f"covered-{name}")
                # The scanner reads all the same.
                scan(page, card(corner.kiosk, 0))
                at(page, "choosing")
                press(page, "结束并清屏")
                at(page, "thanks")
                press_code(page, corner)
                page.context.close()


def press_code(page: Page, corner: Corner) -> None:
    """A code that is typed at the pad begins a turn; it is left again."""
    corner.kiosk.touch(Leave())
    page.goto(page.url)
    press(page, "输入卡上的代码")
    at(page, "typing")
    for character in corner.kiosk.code(1).replace("-", ""):
        page.locator(f".booth-pad button[value='{character}']").dispatch_event("click")
    at(page, "choosing")
    corner.kiosk.touch(Leave(), Leave())


def at_last(page: Page, phase: str) -> None:
    """As `at`, for a page whose clock stands still, so that it never settles."""
    expect(page.locator(f"body.phase-{phase}")).to_be_visible()


def test_a_page_that_looks_again_while_a_scanner_types_swallows_nothing(chromium: Browser, corner: Corner) -> None:
    with serving_kiosk(corner.screen, 0, Shape.LANDSCAPE) as link:
        page = chromium.new_context(viewport=SMALL, locale="zh-CN").new_page()  # type: ignore[arg-type]
        page.clock.install(time=0)
        page.goto(link)
        at(page, "welcome")
        # The page's clock stands still from here on, just before it looks again by itself.
        with page.expect_response(lambda answer: answer.url.endswith("/")):
            page.clock.pause_at(60)
        expect(page.locator("body[data-old]")).to_have_count(0)
        page.evaluate("document.body.dataset.old = 'yes'")
        page.clock.run_for(1_000 * IDLE_SECONDS - 100)
        digits = card(corner.kiosk, 6)
        page.keyboard.type(digits[:30])
        page.clock.run_for(200)
        # It has fetched itself in the middle of the code, and is another page by now.
        expect(page.locator("body[data-old]")).to_have_count(0)
        expect(page.locator("#code")).to_have_value(digits[:30])
        page.keyboard.type(digits[30:])
        page.keyboard.press("Enter")
        at_last(page, "choosing")


def test_two_cards_before_the_camera_are_both_left_unread(chromium: Browser, corner: Corner, tmp_path: Path) -> None:
    both = picture_of(card(corner.kiosk, 2), card(corner.kiosk, 3))
    with camera(chromium, tmp_path / "two.y4m", [both]) as browser:
        for name, shape, size in SIZES:
            with serving_kiosk(corner.screen, 0, shape) as link:
                page = opened(browser, link, size)
                is_seen(page, "镜头前有两张卡")
                shown(page, "welcome", f"two-cards-{name}")
                apart(page)
                assert corner.screen.look().turn is None
                page.context.close()
                corner.kiosk.touch(Leave())


def test_printers_without_paper_lose_nothing_and_say_what_to_do(chromium: Browser, corner: Corner) -> None:
    corner.slips.wrong = corner.sheets.wrong = EMPTY
    with serving_kiosk(corner.screen, 0, Shape.LANDSCAPE) as link:
        page = opened(chromium, link, SMALL)
        scan(page, card(corner.kiosk, 4))
        page.locator("button[value=report]").click()
        at(page, "marking")
        tap(page, 1, 2)
        press(page, "填好了")
        at(page, "review")
        press(page, "内容无误")
        # The slip with the code did not come out: the code is on the screen, to be noted or photographed.
        shown(page, "sealed", "sealed-no-slip")
        expect(page.get_by_role("alert")).to_contain_text("请记下或拍下确认码")
        press(page, "投出选票")
        shown(page, "receipt", "receipt-no-paper")
        expect(page.get_by_role("alert")).to_contain_text("打印机缺纸")
        expect(page.get_by_role("alert")).to_contain_text("选票已经投出，不受影响")
        assert corner.sheets.sheets == []
        corner.sheets.wrong = None
        button = page.get_by_role("button", name="没有出纸，重印").bounding_box()
        assert button is not None
        page.mouse.dblclick(button["x"] + 20, button["y"] + 20)
        expect(page.get_by_role("status")).to_contain_text("纸质选票已打印")
        assert len(corner.sheets.sheets) == 1
        press(page, "完成")
        at(page, "thanks")


def test_a_paper_ballot_from_the_blank_sheet_to_the_box(chromium: Browser, corner: Corner) -> None:
    with serving_kiosk(corner.screen, 0, Shape.PORTRAIT) as link:
        page = opened(chromium, link, PORTRAIT)
        corner.sheets.wrong = EMPTY
        shown(page, "welcome", "welcome-paper")
        press(page, "填写纸质选票")
        expect(page.get_by_role("alert")).to_contain_text("打印机缺纸")
        corner.sheets.wrong = None
        press(page, "填写纸质选票")
        shown(page, "choosing", "choosing-paper")
        # The second tap of a hasty finger falls on what the first one brought, and marks nobody.
        page.get_by_role("button", name="选举县委委员").dblclick()
        shown(page, "marking", "marking-paper")
        expect(page.locator("main")).to_contain_text("现成的纸质选票")
        expect(page.locator("[data-marked]")).to_have_text("0")
        for row in range(1, 5):
            tap(page, row, 1)
        press(page, "填好了")
        corner.sheets.wrong = EMPTY
        at(page, "review")
        press(page, "打印选票")
        expect(page.get_by_role("alert")).to_contain_text("打印机缺纸")
        shown(page, "review", "review-paper")
        corner.sheets.wrong = None
        page.get_by_role("button", name="打印选票").dblclick()
        shown(page, "printed")
        assert len(corner.sheets.sheets) == 1
        assert "万志洋" not in page.content()
        press(page, "English")
        pictured(page, "printed", "printed-english")
        page.set_viewport_size(SMALL)  # type: ignore[arg-type]
        press(page, "Done")
        at(page, "thanks")


def test_a_second_tap_neither_chooses_nor_marks_nor_casts_again(chromium: Browser, corner: Corner) -> None:
    with serving_kiosk(corner.screen, 0, Shape.LANDSCAPE) as link:
        page = opened(chromium, link, LANDSCAPE)
        pictured(page, "welcome", "welcome-paper-lying")
        scan(page, card(corner.kiosk, 5))
        page.locator("button[value=report]").dblclick()
        at(page, "marking")
        expect(page.locator("[data-marked]")).to_have_text("0")
        page.locator("#tap-1-1").dblclick()
        page.get_by_role("button", name="填好了").dblclick()
        at(page, "review")
        page.get_by_role("button", name="内容无误").dblclick()
        at(page, "sealed")
        assert corner.kiosk.hall.service.sequencer.view.intake.contest("report").cast <= 1
        page.get_by_role("button", name="投出选票").dblclick()
        at(page, "receipt")
        assert len(corner.sheets.sheets) == 1
        page.get_by_role("button", name="完成").dblclick()
        at(page, "thanks")


def test_all_that_leads_on_from_a_printed_receipt_is_in_sight(chromium: Browser, corner: Corner) -> None:
    for number, (name, shape, size) in enumerate(SIZES, 7):
        with serving_kiosk(corner.screen, 0, shape) as link:
            page = opened(chromium, link, size)
            scan(page, card(corner.kiosk, number))
            page.locator("button[value=report]").click()
            at(page, "marking")
            tap(page, 1, 1)
            press(page, "填好了")
            at(page, "review")
            press(page, "内容无误")
            at(page, "sealed")
            press(page, "投出选票")
            shown(page, "receipt", f"receipt-printed-{name}")
            for button in ("English", "Large type"):
                press(page, button)
                expect(page.locator("body.large") if button == "Large type" else page.locator("main")).to_be_visible()
                at(page, "receipt")
            pictured(page, "receipt", f"receipt-printed-large-{name}")
            press(page, "Go on to the next")
            at(page, "choosing")
            corner.kiosk.touch(Leave(), Leave())
            page.context.close()
