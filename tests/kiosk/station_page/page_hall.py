"""A hall with scrutineers' pages: a real server in this process, stations with threads, browsers without a screen."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from starlette.testclient import TestClient

from ballots.card import CardSecret
from kiosk.client import ServerClient
from kiosk.reaching import Given
from kiosk.station_page.app import create_page
from kiosk.station_page.seat import Seat, station_of
from kiosk.station_page.snapshot import Phase
from kiosk.station_page.station import Found, StationPage
from tally.state import State
from tests.kiosk.hall import KioskHall, kiosk_hall
from tests.support.patience import PATIENCE
from voting_core.secret import Secret

PASSPHRASE = "korrekt pferd batterie 监票"
FORM = re.compile(r'<form method="post" action="([^"]+)"(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class PageOfHall(StationPage):
    """A station page whose server is the one in this process."""

    hall: KioskHall

    def reach(self, given: Given) -> tuple[ServerClient, None]:
        return self.hall.client(), None

    def hang_up(self, client: ServerClient) -> None:
        """The connection is everybody's here."""


@dataclass
class Browser:
    """Somebody at a station's page."""

    station: StationPage
    http: TestClient

    def get(self, path: str, **options: Any) -> str:
        """A page that must be there."""
        answer = self.http.get(path, **options)
        assert answer.status_code == 200, (path, answer.status_code, answer.text[:2000])
        return answer.text

    def send(self, path: str, *, on: str | None = None, files: Any = None, **fields: str) -> httpx2.Response:
        """Fill in the form of a page and send it."""
        forms = FORM.findall(self.http.get(on or path).text)
        hidden = next((dict(HIDDEN.findall(inside)) for action, inside in forms if action == path), None)
        assert hidden, f"there is no form for {path} on {on or path}"
        data = {**hidden, **fields}
        answer: Any = self.http.post(
            path,
            data=data,
            files=files,
            headers={"Origin": str(self.http.base_url).rstrip("/")},
            follow_redirects=False,
        )
        return answer

    def done(self, path: str, **fields: Any) -> None:
        """The same, and it must have been done."""
        answer = self.send(path, **fields)
        assert answer.status_code == 303, (path, answer.text[:3000])

    def refused(self, path: str, **fields: Any) -> str:
        """The same, and the page must say why not."""
        answer = self.send(path, **fields)
        assert answer.status_code == 422, (path, answer.status_code, answer.text[:1000])
        return answer.text

    def until(self, done: Callable[[StationPage], bool]) -> None:
        """Wait for the station's thread, which must not have stopped."""

        def seen() -> bool:
            if done(self.station):
                return True
            snapshot = self.station.snapshot
            assert snapshot.phase is not Phase.STOPPED, snapshot.alarm
            return False

        def told() -> str:
            snapshot = self.station.snapshot
            waiting = [item.type.value for item in snapshot.proposals]
            return f"log of {snapshot.state.size}, waiting: {waiting}, said: {snapshot.notes}"

        wait(seen, told)


@dataclass
class PageHall:
    """Officials, pages, kiosks."""

    hall: KioskHall
    directory: Path
    browsers: list[Browser] = field(default_factory=list)

    def station(self, index: int) -> StationPage:
        """Start the program of a station, also one that ran before."""
        station = PageOfHall(self.directory / f"page-{index}", 8400 + index)
        station.hall = self.hall

        def opened(directory: Path, seat: Seat, passphrase: Secret[str]) -> Any:
            return station_of(directory, seat, passphrase, self.hall.client(), poll=0.05, gather=0.0)

        station.open = opened
        return station

    def browser(self, index: int) -> Browser:
        """Start a station and open its page."""
        station = self.station(index)
        http = TestClient(create_page(station), base_url=f"http://127.0.0.1:{station.port}")
        assert http.get(station.door.new_link(), follow_redirects=False).status_code == 303
        browser = Browser(station, http)
        self.browsers.append(browser)
        return browser

    def seat(self, index: int) -> Browser:
        """Start a station and set it up."""
        browser = self.browser(index)
        browser.station.found = Found("http://10.0.0.1:8300", None)
        browser.done("/setup/self", name=f"监票人{index}", index=f"{index}", passphrase=PASSPHRASE, again=PASSPHRASE)
        return browser

    def make_key(self) -> None:
        """The key ceremony: the stations by themselves, the officials admit."""

        def made() -> bool:
            from tally.entries.entry_type import EntryType

            self.hall.officials.approve(EntryType.TRUSTEE_JOINED)
            return self.state.key is not None

        wait(made)
        for browser in self.browsers:
            browser.until(lambda station: station.snapshot.has_share)

    @property
    def state(self) -> State:
        """The log as the officials have replayed it."""
        return self.hall.state

    def seen(self, state: Callable[[State], bool]) -> None:
        """Wait until every station shows something."""
        for browser in self.browsers:
            browser.until(lambda station: state(station.snapshot.state))

    def vote(self, cards: tuple[CardSecret, ...], contest: str = "report") -> None:
        """Everybody with a card votes at the one kiosk."""
        self.hall.cards = cards
        booth = self.hall.booths[0]
        booth.round(*(self.hall.line(card, contest) for card in range(len(cards))))
        while not booth.turns.finished:
            booth.round()


def wait(done: Callable[[], bool], told: Callable[[], str] = lambda: "") -> None:
    """Wait for another thread; if nothing more happens, what is `told` says how things stand."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline, f"nothing more happens; {told()}"
        time.sleep(0.01)


@contextmanager
def page_hall(directory: Path, *, trustees: int = 2, threshold: int = 2, create: bool = True) -> Iterator[PageHall]:
    """A hall without kiosks."""
    with kiosk_hall(directory) as hall:
        if create:
            hall.create(trustees=trustees, threshold=threshold)
        pages = PageHall(hall, directory)
        try:
            yield pages
        finally:
            for browser in pages.browsers:
                browser.station.close()
