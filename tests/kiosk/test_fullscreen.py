"""The browser that is started, and started again."""

import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from kiosk import fullscreen
from kiosk.fullscreen import Fullscreen, command_of, find_program
from tests.support.patience import PATIENCE
from voting_core.errors import InputError


def test_no_way_leads_out_and_no_other_host_is_reached() -> None:
    command = command_of("chromium", Path("/private"), "http://127.0.0.1:1/open?token=x")
    assert command[0] == "chromium"
    assert command[-1] == "http://127.0.0.1:1/open?token=x"
    for flag in (
        "--kiosk",
        "--incognito",
        "--user-data-dir=/private",
        "--host-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ):
        assert flag in command
    assert "--no-sandbox" not in command


def test_a_machine_without_a_browser_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fullscreen.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "chromium" else None)
    assert find_program() == "/usr/bin/chromium"
    monkeypatch.setattr(fullscreen.shutil, "which", lambda _: None)
    with pytest.raises(InputError, match="no Chromium"):
        find_program()


def test_a_browser_that_ends_comes_back_with_a_new_link_and_a_new_profile() -> None:
    seen: list[tuple[str, str]] = []
    third = threading.Event()

    def start(command: Sequence[str]) -> "subprocess.Popen[bytes]":
        profile = next(part for part in command if part.startswith("--user-data-dir=")).partition("=")[2]
        assert Path(profile).stat().st_mode & 0o077 == 0
        seen.append((command[-1], profile))
        if len(seen) == 3:
            third.set()
        return subprocess.Popen(["sleep", "0" if len(seen) < 3 else "1000"])

    links = iter(range(100))
    browser = Fullscreen("chromium", lambda: f"link-{next(links)}", start, pause=0.0)
    assert third.wait(PATIENCE)
    browser.close()
    assert [link for link, _ in seen] == ["link-0", "link-1", "link-2"]
    assert len({profile for _, profile in seen}) == 3
    assert not any(Path(profile).exists() for _, profile in seen)
