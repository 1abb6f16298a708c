"""Delegates at the kiosk's screen: the whole way upright, lying and small, in both languages."""

from playwright.sync_api import Browser, expect

from ballots.screen.ballot import Shape
from kiosk.booth_machine.patience import REST_SECONDS
from kiosk.kiosk_page.serving import serving_kiosk
from tests.browser.kiosk_hands import (
    LANDSCAPE,
    PORTRAIT,
    SMALL,
    at,
    card,
    cleared,
    kiosk,
    opened,
    pictured,
    press,
    scan,
    shown,
    tap,
)
from tests.browser.site import take, type_into_pad, wait_for
from tests.kiosk.kiosk_page.screen import Kiosk

__all__ = ["cleared", "kiosk"]

SMALLEST_BUTTON = 96


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
        # The button on the page before would lead on from the row that was the last one there.
        expect(page.locator("body.large")).to_have_count(1)
        press(page, "下一页")
        expect(page.locator(".ballot-number").first).to_have_text("9")
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
