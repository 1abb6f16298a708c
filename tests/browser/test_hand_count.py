"""A vote on paper at two scrutineers' stations: boxes declared, sheets entered twice, one corrected, one settled."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from api.accounts.roles import Role
from api.main import app_around
from api.store.accounts import change_account
from ballots.void_reasons import VoidReason
from tally.entries.contests import ContestDefined, ContestOpened, RulesAdopted
from tally.state import Status
from tests.api.people import PASSWORD, enrolled
from tests.api.world import RULES
from tests.browser.site import Site, serving, take
from tests.browser.test_scrutineer_page import opened
from tests.kiosk.conftest import quick_key_files
from tests.kiosk.station_page.page_hall import Browser, PageHall, page_hall
from voting_core.keyfile import encrypt_keyfile
from voting_core.secret import Secret

__all__ = ["quick_key_files"]

SHEET = "/contests/report/sheet"
PRESENT = {"should_attend": "12", "present": "10", "drawn_delegate": "10", "test_delegate": "0", "boxes": "东 5\n西 5"}
VOID = {f"void_{reason.value}": "0" for reason in VoidReason}


def sheet(box: str, name: str, counts: tuple[int, int, int], returned: int = 5, replaces: str = "") -> dict[str, str]:
    """What both scrutineers type for one box."""
    marks = {f"count_0_{place}": f"{count}" for place, count in enumerate(counts)}
    head = {"box": box, "sheet": name, "replaces": replaces, "issued": "5", "returned": f"{returned}"}
    return {**VOID, **marks, **head, "unreadable_0": "0", "write_ins": ""}


def fill(page: Page, fields: dict[str, str]) -> None:
    """Type a sheet into the form and sign it."""
    page.goto(SHEET)
    for name, value in fields.items():
        field = page.locator(f"[name={name}]")
        field.select_option(value) if name == "box" else field.fill(value)


def sheets(hall: PageHall) -> int:
    return len(hall.state.contest("report").sheets.entered)


@contextlib.contextmanager
def officials_pages(hall: PageHall, chromium: Chromium) -> Iterator[list[Page]]:
    """The two officials of the hall at browsers of their own, with accounts that hold the keys which the log knows."""
    service, pages = hall.hall.server.service, []
    with serving(app_around(service)) as address:
        site = Site(service, address, chromium)
        for name, official in (("li-na", hall.hall.officials.first), ("wang-qiang", hall.hall.officials.second)):
            enrolled(service, name, Role.OFFICIAL)
            sealed = encrypt_keyfile(official.key.seed().reveal(), Secret(PASSWORD), service.rng)
            key = {"signing_key": official.key.public, "sealed_key": sealed}
            service.writer.submit(change_account(name, key)).result()
            pages.append(site.browser(name))
        yield pages
        # Their streams end before the server does.
        for page in pages:
            page.context.close()


def settle(hall: PageHall, chromium: Chromium) -> None:
    """Two officials record what the presidium decided about a box with more ballots than it was issued."""
    with officials_pages(hall, chromium) as (first, second):
        first.goto("/contests/report")
        first.locator("[name=decision]").first.check()
        first.locator("#password-settle").fill(PASSWORD)
        take(first, "contest-box-over-issue")
        first.get_by_role("button", name="发起：记录决定").click()
        second.goto("/waiting")
        second.get_by_label("本人密码").fill(PASSWORD)
        # One official alone decides nothing.
        assert not hall.state.contest("report").sheets.settled
        second.get_by_role("button", name="签名", exact=True).click()
        expect(second.locator("main")).to_contain_text("已写入日志")
    hall.seen(lambda state: bool(state.contest("report").sheets.settled))


@pytest.mark.usefixtures("quick_key_files")
def test_two_scrutineers_count_two_boxes(chromium: Chromium, tmp_path: Path) -> None:
    with page_hall(tmp_path) as hall, contextlib.ExitStack() as stack:
        first, second = hall.seat(1), hall.seat(2)
        hall.make_key()
        world, officials = hall.hall.server.world, hall.hall.officials
        officials.decree(RulesAdopted(RULES.id, RULES.to_json()))
        officials.decree(ContestDefined({**world.contest().to_json(), "capture": "hand"}))
        hall.seen(lambda state: "report" in state.contests)
        for browser in (first, second):
            browser.done("/contests/report/attendance", **PRESENT)
        hall.seen(lambda state: state.contest("report").attendance is not None)
        officials.decree(ContestOpened("report"))
        page = opened(first.station, chromium, stack)

        def entered(fields: dict[str, str], number: int, other: Browser = second) -> None:
            fill(page, fields)
            page.get_by_role("button", name="签名").click()
            expect(page.locator("main")).not_to_contain_text("请填写")
            # One scrutineer alone enters nothing.
            assert sheets(hall) == number - 1
            other.done(SHEET, **fields)
            hall.seen(lambda state: len(state.contest("report").sheets.entered) == number)

        entered(sheet("西", "2", (6, 0, 0), returned=6), 1)
        settle(hall, chromium)
        entered(sheet("东", "1", (4, 1, 0)), 2)
        fill(page, sheet("东", "3", (5, 0, 0), replaces="1"))
        take(page, "scrutineer-count-sheet")
        entered(sheet("东", "3", (5, 0, 0), replaces="1"), 3)
        page.goto(SHEET)
        expect(page.locator("main")).to_contain_text("更正 1")
        officials.declare("report")
        hall.seen(lambda state: state.contest("report").status is Status.DECIDED)
        page.goto("/contests/report/report")
        expect(page.get_by_role("button", name="签署报告单")).to_be_visible()
        take(page, "scrutineer-report-by-hand")
