"""Every size of letters and number of names, on every shape of screen: nothing is cut off."""

import pytest
from playwright.sync_api import Browser, Page, expect

from ballots.screen.ballot import Shape
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
    tap,
)
from tests.kiosk.kiosk_page.screen import Kiosk

__all__ = ["cleared", "kiosk"]

SPILLED = """() => {
  const spilled = [];
  for (const row of document.querySelectorAll(".ballot-row")) {
    const edge = row.getBoundingClientRect();
    for (const part of row.querySelectorAll("legend, .ballot-mark, .ballot-name, .ballot-details span")) {
      const at = part.getBoundingClientRect();
      const wide = part.clientWidth && part.scrollWidth > part.clientWidth + 1;
      if (at.bottom > edge.bottom + 1 || at.top < edge.top - 1 || wide)
        spilled.push(part.textContent.trim());
    }
    const details = row.querySelector(".ballot-details"), line = 8;
    if (details && details.scrollHeight > details.clientHeight + line) spilled.push(details.textContent.trim());
  }
  return spilled;
}"""
"""What is about a person and does not fit its row: a line of details that is cut, or that runs into the next name."""


def whole(page: Page) -> None:
    at(page, "marking")
    assert page.evaluate(SPILLED) == []


@pytest.mark.parametrize(
    ("number", "shape", "size"),
    [(20, Shape.PORTRAIT, PORTRAIT), (21, Shape.LANDSCAPE, LANDSCAPE), (22, Shape.LANDSCAPE, SMALL)],
)
def test_people_are_whole_and_the_way_is_in_sight_in_every_size(
    chromium: Browser, kiosk: Kiosk, number: int, shape: Shape, size: dict[str, int]
) -> None:
    with serving_kiosk(kiosk.screen, 0, shape) as link:
        page = opened(chromium, link, size)
        scan(page, card(kiosk, number))
        at(page, "choosing")
        for contest in ("选举县委候补委员", "县委委员、县纪委委员信任度测评"):
            press(page, contest)
            whole(page)
            press(page, "每页 5 行")
            expect(page.locator(".ballot-row")).to_have_count(5)
            whole(page)
            if contest.startswith("县委委员"):
                pictured(page, "marking", f"five-names-{size['width']}")
            press(page, "每页 1 行")
            expect(page.locator(".ballot-row")).to_have_count(1)
            whole(page)
            press(page, "每页 10 行")
            press(page, "English")
            expect(page.locator("html[lang=en]")).to_have_count(1)
            whole(page)
            press(page, "中文")
            press(page, "大字")
            expect(page.locator("body.large")).to_have_count(1)
            whole(page)
            press(page, "返回")
            press(page, "大字")
            expect(page.locator("body.large")).to_have_count(0)
        press(page, "大字")
        press(page, "选举县委委员")
        at(page, "marking")
        tap(page, 1, 1)
        press(page, "填好了")
        at(page, "review")
        # What goes on below the edge says so, and comes at a touch.
        page.get_by_role("button", name="下面还有").click()
        expect(page.locator(".booth-summary .blank")).to_be_in_viewport()
        press(page, "内容无误")
        for language in ("zh", "en"):
            if language == "en":
                press(page, "English")
            expect(page.locator(f"html[lang^={language}]")).to_have_count(1)
            at(page, "sealed")
            pictured(page, "sealed", f"sealed-large-{language}-{size['width']}")
        press(page, "Test this machine")
        at(page, "testing")
        press(page, "Do not test")
        at(page, "sealed")
        press(page, "End and clear")
        # Whoever takes a sealed ballot for one that was cast is told.
        expect(page.get_by_role("alert")).to_contain_text("You have not voted on 7")
        press(page, "中文")
        page.reload()
        expect(page.get_by_role("alert")).to_contain_text("您还有 7 项没有投票")
