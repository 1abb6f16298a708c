"""What a delegate does at the kiosk's screen, and what is looked at on the way."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from ballots.qr.credential import encode_credential
from kiosk.booth_machine.events import Leave
from kiosk.client import ServerClient
from tests.api.hall import running_hall
from tests.browser.site import PICTURES, take
from tests.kiosk.kiosk_page.congress import congress, open_contests, questionnaire
from tests.kiosk.kiosk_page.screen import Kiosk, running_kiosk

PORTRAIT, LANDSCAPE, SMALL = (
    {"width": 1080, "height": 1920},
    {"width": 1920, "height": 1080},
    {"width": 1280, "height": 800},
)


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
    """What a scanner does: it types quickly, and presses Enter. Where there is a field for it, that has the focus."""
    expect(page.locator("body:not(:has(#code)), #code:focus").first).to_be_visible()
    page.keyboard.type(digits)
    page.keyboard.press("Enter")


def tap(page: Page, row: int, mark: int) -> None:
    page.locator(f"#tap-{row}-{mark}").click()


def at(page: Page, phase: str) -> None:
    """Wait for a screen; on it everything that leads on is in sight without scrolling."""
    expect(page.locator(f"body.phase-{phase}:not(.settling)")).to_be_visible()
    low = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.booth-bar button, .booth-row button, .ballot-foot button,"
        " .booth-two button, .booth-pressed button, .booth-pad button, .ballot-tens button')]"
        ".map(at => at.getBoundingClientRect().bottom))"
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


def as_far_as_sealed(page: Page) -> None:
    """From the list of contests to the sealed ballot of the motion."""
    press(page, "关于县委工作报告")
    at(page, "marking")
    tap(page, 1, 1)
    press(page, "填好了")
    at(page, "review")
    press(page, "内容无误")
    at(page, "sealed")


@contextmanager
def pulled_out(monkeypatch: pytest.MonkeyPatch, method: str, error: Exception) -> Iterator[None]:
    """What a client of the server does ends like this for a while."""

    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(ServerClient, method, fail)
        yield
