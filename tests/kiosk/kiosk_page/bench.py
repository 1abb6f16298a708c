"""`python -m tests.kiosk.kiosk_page.bench`: how long a delegate waits, each figure beside its limit.

A ballot of 60 names at a real kiosk, over HTTP as its browser sends it, in front of a server in this process. Figures
are the median, the 95th percentile, which is what the limit is about, and the worst. Read them on a machine that does
nothing else.
"""

import json
import platform
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Final

import httpx2

from ballots.contest import Contest, RulesRef, WriteIns, WriteInWay
from ballots.screen.ballot import Shape
from kiosk.booth_machine.events import CardShown
from kiosk.kiosk_page.app import AT_ONCE
from kiosk.kiosk_page.frames import look
from kiosk.kiosk_page.serving import serving_kiosk
from tally.entries.contests import rules_hash
from tally.rules.loader import load_rule_set
from tests.api.hall import running_hall
from tests.kiosk.booth_machine.driver import contest
from tests.kiosk.kiosk_page.congress import open_contests
from tests.kiosk.kiosk_page.pictures import SIZE, frame_of
from tests.kiosk.kiosk_page.screen import Kiosk, running_kiosk

TURNS: Final = 12
LIMITS: Final = {
    "screen to screen": 150,
    "finish to confirmation code, 60 names": 400,
    "cast to receipt": 500,
    "card read from a picture": 1000,
}
"""Milliseconds."""


class Browser:
    """A browser that notes how long each answer took."""

    def __init__(self, link: str) -> None:
        self.http = httpx2.Client(trust_env=False, base_url=link.partition("/open")[0], follow_redirects=True)
        self.http.headers["Origin"] = str(self.http.base_url).rstrip("/")
        self.text = self.http.get(link).text
        self.took: dict[str, list[float]] = defaultdict(list)

    def press(self, path: str, figure: str = "screen to screen", **fields: str) -> None:
        stamps = dict(re.findall(r'name="(csrf|serial)" value="([^"]+)"', self.text))
        began = time.perf_counter()
        answer = self.http.post(path, data={**stamps, **fields}, headers={AT_ONCE: "1"})
        self.took[figure].append((time.perf_counter() - began) * 1000)
        self.text = answer.text


def turn(browser: Browser, kiosk: Kiosk, card: int) -> None:
    """One delegate: 33 approvals, the rest disapproved."""
    browser.press("/card", "card to its contests", code=kiosk.code(card))
    browser.press("/choose", contest="committee")
    for row in range(1, 34):
        browser.press("/tap", tap=f"{row}:approve")
        if row % 10 == 0:
            browser.press("/turn", row=str(row))
    browser.press("/rest", mark="disapprove")
    browser.press("/finish")
    browser.press("/seal", "finish to confirmation code, 60 names")
    browser.press("/cast", "cast to receipt")
    if "已投票" not in browser.text:
        sys.exit("a ballot was not cast")
    browser.press("/leave")


def main() -> None:
    """Measure, and print the figures."""
    with tempfile.TemporaryDirectory() as folder, running_hall(Path(folder) / "data") as hall:
        open_contests(hall, [sixty_names()])
        with (
            running_kiosk(hall, Path(folder) / "kiosk") as kiosk,
            serving_kiosk(kiosk.screen, 0, Shape.PORTRAIT) as link,
        ):
            browser = Browser(link)
            for card in range(TURNS):
                turn(browser, kiosk, card)
            browser.http.close()
    picture = frame_of("7" * 63, tilt=12, blur=1.2)
    for _ in range(TURNS):
        began = time.perf_counter()
        seen = look(*SIZE, picture)
        if not isinstance(seen.act, CardShown):
            sys.exit("the card was not read")
        browser.took["card read from a picture"].append((time.perf_counter() - began) * 1000)
    figures = [
        {
            "name": name,
            "median": round(statistics.median(took), 1),
            "p95": round(statistics.quantiles(took, n=20, method="inclusive")[-1], 1),
            "worst": round(max(took), 1),
            "unit": "ms",
            "limit": LIMITS.get(name),
            "ok": name not in LIMITS or statistics.quantiles(took, n=20, method="inclusive")[-1] <= LIMITS[name],
        }
        for name, took in browser.took.items()
    ]
    print(json.dumps({"machine": platform.processor() or platform.machine(), "figures": figures}, indent=1))


def sixty_names() -> Contest:
    """An election of 35 out of 60."""
    rules = load_rule_set("election_local_2020")
    reference = RulesRef(rules.id, rules_hash(rules.to_json()))
    return replace(contest(rows=60, seats=35), rules=reference, write_ins=WriteIns(WriteInWay.SLIPS))


if __name__ == "__main__":
    main()
