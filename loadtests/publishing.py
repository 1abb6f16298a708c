"""The end of a run: contests closed, counted and published; and where the profile says so, screens and phones that
want the result at once.
"""

import re
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

import httpx2

from kiosk.client import ServerClient
from loadtests.load import LoadFiles, run_phones
from loadtests.people import cookie_of, sign_in
from loadtests.profiles import Profile
from loadtests.screens import open_screens, show_result
from loadtests.stage import Report, Sent, Stage
from voting_core.errors import FatalError

RESULT_LOAD: Final = "phones"
"""What the files of the phones begin with."""

BOARD: Final = "/board/"
BOARD_SECONDS: Final = 300
"""How long a board may take to be made; it is 2 s on an idle machine."""

_PART: Final = re.compile(r'<(?:link|script|img)[^>]*?(?:href|src)="([^"#]+)"')
_RESULT: Final = re.compile(r'<a[^>]*? href="(?:\./)?(results/[^"#]+)"')
_POLL_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Site:
    """A running server: its address, its folder, and a client of its interface."""

    address: str
    data: Path
    client: ServerClient


def publish(
    profile: Profile, site: Site, stage: Stage, sent: Sent, files: LoadFiles, report: Report
) -> dict[str, float]:
    """End the session; gives what was measured once.

    Raises:
        PlenumError: it cannot be ended, or a screen or the phones did not get the result.
    """
    if not profile.screens:
        stage.finish(sent, report)
        return {}
    facts: dict[str, float] = {}
    with (
        closing(sign_in(site.address, "screen")) as screen,
        closing(sign_in(site.address, "official")) as official,
        open_screens(site.address, cookie_of(screen), profile.screens) as screens,
    ):
        report("screens are open", profile.screens, profile.screens)
        stage.finish(sent, report)
        facts["seconds until all screens show the result"] = round(
            show_result(official, stage.contests[0].id, screens), 2
        )
        report("screens show the result", profile.screens, profile.screens)
        addresses = await_board(site.address)
        files.addresses.write_text("\n".join(addresses) + "\n", encoding="utf-8")
        began = time.monotonic()
        run_phones(profile, site.address, LoadFiles(files.out, RESULT_LOAD))
        facts["seconds until all phones have the result"] = round(time.monotonic() - began, 1)
        report("phones have the result", profile.phones, profile.phones)
    return facts


def await_board(address: str) -> list[str]:
    """Wait until the board is there; gives what a phone fetches: the start page, a result, and the files that they
    need. Letters are left out: their first visitor's browser keeps them for ever, or shows its own until they are
    there.

    Raises:
        FatalError: it is not made in time.
    """
    end = time.monotonic() + BOARD_SECONDS
    with httpx2.Client(base_url=address, trust_env=False, timeout=60) as phone:
        while time.monotonic() < end:
            answer = phone.get(BOARD)
            if answer.status_code == httpx2.codes.OK:
                return _addresses(phone, answer.text)
            time.sleep(_POLL_SECONDS)
    raise FatalError(f"the public board was not made within {BOARD_SECONDS} s")


def _addresses(phone: httpx2.Client, start: str) -> list[str]:
    found = [BOARD, *(urljoin(BOARD, part) for part in _PART.findall(start))]
    if result := _RESULT.search(start):
        page = urljoin(BOARD, result[1])
        text = phone.get(page).text
        found += [page, *(urljoin(page, part) for part in _PART.findall(text))]
    return list(dict.fromkeys(found))
