"""What goes wrong at the kiosk's screen and how it is said; and the ways without script, and with a camera."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from ballots.screen.ballot import Shape
from ballots.screen.words import Said
from kiosk.booth_machine.events import Leave
from kiosk.client import Refused, Unreachable
from kiosk.kiosk_page.booth import Booth
from kiosk.kiosk_page.self_test import Surroundings, self_test
from kiosk.kiosk_page.serving import serving_kiosk
from kiosk.station import Station
from tests.api.hall import running_hall
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.kiosk_hands import (
    LANDSCAPE,
    PORTRAIT,
    SMALL,
    as_far_as_sealed,
    at,
    card,
    cleared,
    kiosk,
    opened,
    press,
    pulled_out,
    scan,
    shown,
    tap,
)
from tests.browser.site import check, wait_for
from tests.kiosk.booth import TIME
from tests.kiosk.kiosk_page.pictures import picture_of, write_film
from tests.kiosk.kiosk_page.screen import Kiosk, running_kiosk
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError

__all__ = ["cleared", "kiosk"]


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
