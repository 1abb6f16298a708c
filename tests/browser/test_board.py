"""The public board: opened from a stick, with and without script, and served; codes; the page of officials."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from api.accounts.roles import Role
from api.main import app_around
from ballots.sealed_ballot import confirmation_code
from tally.board.build import board
from tally.cli.folders import write_folder
from tests.api.services.published import published_hall
from tests.browser.site import BARRIERS, LAPTOP, PICTURES, Site, serving, take
from tests.tally.board.sample import source

PAGES = ("index", "results/motion", "results/trust", "lookup/index", "log/1", "checkpoints/index", "check")


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All folders of a session on a stick."""
    folder = tmp_path_factory.mktemp("stick") / "board"
    write_folder(folder, board(source()))
    return folder


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A browser that complains aloud."""
    context = chromium.new_context(viewport=LAPTOP, locale="zh-CN")  # type: ignore[arg-type]
    made = context.new_page()
    problems: list[str] = []
    made.on("pageerror", lambda error: problems.append(str(error)))
    made.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    yield made
    context.close()
    assert problems == []


def look(page: Page, name: str = "") -> None:
    """Look for barriers and sideways scrolling; take a picture where it has a name."""
    # Without preloading: a page from a stick may not be read by a script, not even by axe.
    found = Axe().run(page, options={**BARRIERS, "preload": False})
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, page.url
    assert page.evaluate("getComputedStyle(document.querySelector('.top')).borderTopWidth") == "5px", "no style"
    if name:
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True, animations="disabled")


def test_every_page_opens_from_a_stick_in_both_languages(page: Page, stick: Path) -> None:
    for name in PAGES:
        page.goto((stick / "public" / f"{name}.html").as_uri())
        look(page, f"board-{name.replace('/', '-')}")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check it yourself")
    look(page, "board-check-en")
    page.goto((stick / "restricted" / "results" / "trust.html").as_uri())
    look(page, "board-evaluation-restricted")
    page.goto((stick / "person" / "trust" / "2" / "index.html").as_uri())
    look(page, "board-person")


def test_a_code_leads_to_its_ballot_whose_proof_is_worked_out_on_the_device(page: Page, stick: Path) -> None:
    code = confirmation_code(next(iter(source().state.ballots)))
    page.goto((stick / "public" / "lookup" / "index.html").as_uri())
    field, button = page.get_by_label("确认码", exact=True), page.get_by_role("button", name="查找")
    field.fill("7Q2M")
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("二十个字母和数字")
    field.fill(code.lower().replace("-", " "))
    button.click()
    page.wait_for_url(f"**/lookup/*.html#{code}")
    ballot = page.locator(f"article[id='{code}']")
    expect(ballot).to_contain_text("已投票，计入")
    ballot.get_by_role("button", name="在这台设备上核算").click()
    expect(ballot.get_by_role("status")).to_contain_text("与公布的根一致")
    look(page, "board-proof")
    # A single changed digit in any step is noticed.
    page.evaluate(
        "step => { step.dataset.hash = step.dataset.hash.replace(/^../, 'ff') }",
        ballot.locator("li[data-hash]").first.element_handle(),
    )
    ballot.get_by_role("button", name="在这台设备上核算").click()
    expect(ballot.get_by_role("status")).to_contain_text("不一致")


def test_everything_is_read_without_script(chromium: Browser, stick: Path) -> None:
    code = confirmation_code(next(iter(source().state.ballots)))
    context = chromium.new_context(viewport=LAPTOP, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto((stick / "public" / "lookup" / "index.html").as_uri())
    assert not page.get_by_role("button", name="查找").is_visible()
    page.locator("ul.prefixes a").filter(has=page.get_by_text(code[0], exact=True)).click()
    ballot = page.locator(f"article[id='{code}']")
    ballot.locator("summary").click()
    expect(ballot.locator("ol")).to_contain_text(source().state.root.hex())
    context.close()


def test_the_server_carries_the_board_and_answers_for_codes(chromium: Browser, tmp_path: Path) -> None:
    with published_hall(tmp_path) as hall:
        service = hall.server.service
        service.boards.refresh()
        with serving(app_around(service)) as address:
            site = Site(service, address, chromium)
            anybody = site.browser()
            anybody.goto("/board/")
            expect(anybody.get_by_role("heading", level=1)).to_be_visible()
            take(anybody, "board-served")
            anybody.goto("/lookup")
            anybody.get_by_label("确认码").fill(confirmation_code(next(iter(service.sequencer.view.log.ballots))))
            anybody.get_by_role("button", name="查找").click()
            anybody.get_by_role("button", name="在这台设备上核算").click()
            expect(anybody.locator("p.note.good")).to_contain_text("与公布的根一致")
            take(anybody, "lookup")
            official = site.browser(site.account(Role.OFFICIAL, "李娜"))
            official.goto("/publishing")
            take(official, "publishing")
            official.get_by_role("link", name="/board-for/restricted/").click()
            expect(official.locator("main")).to_contain_text("record.zip")
            take(official, "board-restricted")
