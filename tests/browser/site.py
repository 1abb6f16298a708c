"""A real server on a port of this machine, and browsers in front of it."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from api.accounts.idle import SIGN_IN_SECONDS
from api.accounts.roles import Role
from api.accounts.tokens import hash_token
from api.clock import SystemClock
from api.command import listen
from api.cookies import sign_in_cookie
from api.main import app_around
from api.service import Service, running_service
from api.settings import Settings
from api.store.accounts import add_sign_in
from tally.cli.system import SystemRng
from tests.architecture.tree import ROOT
from tests.support.patience import patiently

LAPTOP: Final = {"width": 1280, "height": 800}
PROJECTOR: Final = {"width": 1920, "height": 1080}
PICTURES: Final = ROOT / "build" / "screens"
"""Where every browser test leaves its pictures; the ones in `docs/images` are copies."""

BARRIERS: Final = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
"""What axe looks for, and tells: without the second it describes each part of a page that is as it should be."""


@dataclass
class Site:
    """A running server."""

    service: Service
    address: str
    chromium: Browser

    def account(self, role: Role, name: str) -> str:
        """An account that nobody has enrolled for."""
        account = f"{role.value.replace('_', '-')}-{len(self.service.accounts.all())}"
        self.service.accounts.create(account, name, role)
        return account

    def browser(self, account: str | None = None, size: dict[str, int] = LAPTOP, **options: Any) -> Page:
        """A browser of its own, in which an account is signed in."""
        context = self.chromium.new_context(viewport=size, base_url=self.address, locale="zh-CN", **options)  # type: ignore[arg-type]
        if account is not None:
            token, now = self.service.rng.bytes(32).hex(), self.service.clock.unix()
            self.service.writer.submit(add_sign_in(account, hash_token(token), now + SIGN_IN_SECONDS, now)).result()
            context.add_cookies(
                [
                    {
                        "name": sign_in_cookie(self.service.public_keys.log, encrypted=False),
                        "value": token,
                        "url": self.address,
                    }
                ]
            )
        page = context.new_page()
        page.on("pageerror", lambda error: _fail(f"script error: {error}"))
        page.on("console", lambda message: _fail(message.text) if message.type == "error" else None)
        return page


PROBLEMS: list[str] = []


def _fail(text: str) -> None:
    PROBLEMS.append(text)


def take(page: Page, name: str, *, full: bool = True) -> None:
    """Take a picture, after having looked for barriers, sideways scrolling and complaints of the browser."""
    check(page)
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=full, animations="disabled")


def check(page: Page) -> None:
    """Look for barriers (axe, WCAG 2.2 AA), sideways scrolling, and what the browser complains of."""
    found = Axe().run(page, options=BARRIERS)
    assert found.violations_count == 0, found.generate_report()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} scrolls sideways by {wide} px"
    problems = [text for text in PROBLEMS if "favicon" not in text]
    PROBLEMS.clear()
    assert problems == [], problems


@contextlib.contextmanager
def running_site(directory: Path, chromium: Browser, **options: Any) -> Iterator[Site]:
    """Serve a data directory on a free port."""
    settings = Settings(directory=directory, **options)
    with running_service(settings, clock=SystemClock(), rng=SystemRng()) as service, serving(app_around(service)) as at:
        yield Site(service, at, chromium)


@contextlib.contextmanager
def serving(app: Any) -> Iterator[str]:
    """Serve an application on a free port of this machine; gives its address."""
    with listen("127.0.0.1", 0) as listener:
        config = uvicorn.Config(app, log_level="error", access_log=False, timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: server.run(sockets=[listener]), daemon=True)
        thread.start()
        wait_for(lambda: server.started, "the server starts")
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def wait_for(done: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    for _ in patiently(0.01):
        if done():
            return
    raise AssertionError(f"waited in vain: {what}")


def type_into_pad(page: Page) -> None:
    """A keyboard types into the pad of a kiosk too, in the order of its keys, and what looks alike is forgiven."""
    for _ in range(2):
        page.keyboard.press("Backspace")
    page.keyboard.type("4xo7")
    groups = page.locator(".booth-groups button")
    expect(groups.nth(2)).to_have_attribute("aria-current", "true")
    groups.nth(1).click()
    expect(page.locator(".booth-groups [aria-current=true]")).to_have_text("4X07")
