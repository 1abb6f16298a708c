"""One Chromium for all browser tests of a process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.site import PROBLEMS
from tests.support.cheap_passwords import cheap_key_files
from tests.support.patience import PATIENCE

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; where it is missing the tests fail, and `make test` says how to install it."""
    assert CHROMIUM.exists(), "install Debian's package chromium (tools/test_tools.sh does)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        expect.set_options(timeout=PATIENCE * 1_000)
        new_context = browser.new_context

        def patient(**options: Any) -> BrowserContext:
            context = new_context(**options)
            context.set_default_timeout(PATIENCE * 1_000)
            return context

        browser.new_context = patient  # type: ignore[method-assign]
        yield browser
        browser.close()


@pytest.fixture(scope="module", autouse=True)
def quick_official_keys() -> Iterator[None]:
    """Officials' keys cost next to nothing: key files are tested where they are."""
    with pytest.MonkeyPatch.context() as patch:
        cheap_key_files(patch)
        yield


@pytest.fixture(autouse=True)
def own_windows(chromium: Browser) -> Iterator[None]:
    """Every test begins without the complaints of another one, and leaves no window open."""
    PROBLEMS.clear()
    yield
    for context in chromium.contexts:
        context.close()
    PROBLEMS.clear()
