"""A meeting in front of two stations' pages, act by act, for tests that look at different moments of it."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from ballots.card import CardSecret, new_card_secret
from kiosk.official import Official
from kiosk.station_page import station as station_module
from kiosk.station_page.card_press import Made, Order, make
from tally.entries.contests import ContestDefined, ContestOpened, ContestPaused
from tally.entries.credentials import CredentialVoided
from tally.entries.outcome import ResultPublished
from tally.entries.session import SessionSealed
from tally.simulate.cards import card_keys
from tally.state import Status
from tests.kiosk.station_page.page_hall import Browser, PageHall, wait
from tests.support.seeded_rng import SeededRng

DRAWN, TEST, RESERVE = 10, 1, 1
SEED = "cards of the page"
CARDS = {
    "label_0": "代表",
    "classes_0": "delegate",
    "drawn_0": f"{DRAWN}",
    "test_0": f"{TEST}",
    "reserve_0": f"{RESERVE}",
    "slots": "3",
    "witnessed": "on",
}
ATTENDANCE = {"should_attend": "12", "present": f"{DRAWN}", "drawn_delegate": f"{DRAWN}", "test_delegate": f"{TEST}"}


def known_cards(monkeypatch: pytest.MonkeyPatch) -> tuple[CardSecret, ...]:
    """Let the cards be made in this process, with secrets that the test knows."""

    def press(order: Order) -> Made:
        return make(order, SeededRng(SEED))

    monkeypatch.setattr(station_module, "press", press)
    rng = SeededRng(SEED)
    return tuple(new_card_secret(rng) for _ in range(DRAWN + TEST + RESERVE))


@dataclass
class Meeting:
    """Two pages, and everything else by itself."""

    hall: PageHall
    cards: tuple[CardSecret, ...]
    after_each: Callable[[], None] = lambda: None

    @property
    def first(self) -> Browser:
        """The scrutineer who makes the cards."""
        return self.hall.browsers[0]

    @property
    def second(self) -> Browser:
        """The scrutineer who sees it."""
        return self.hall.browsers[1]

    @property
    def official(self) -> Official:
        """An official."""
        return self.hall.hall.officials.first

    @property
    def opening(self) -> ContestOpened:
        """What opens the contest."""
        return ContestOpened("report")

    def begin(self) -> None:
        """Set-up and key ceremony."""
        for index in (1, 2):
            self.hall.seat(index)
        self.hall.make_key()
        self.after_each()

    def define(self) -> None:
        """Rules, a kiosk, a contest."""
        self.hall.hall.open_kiosks(1)
        contest = self.hall.hall.server.world.contest()
        self.hall.hall.officials.decree(ContestDefined(contest.to_json()))
        self.hall.seen(lambda state: "report" in state.contests)
        self.after_each()

    def make_cards(self) -> None:
        """The first makes them, the second takes the lists; both register them and seal the reserve."""
        self.first.done("/cards/make", on="/cards", **CARDS)
        assert self.first.http.get("/cards/sheet-0.pdf").content.startswith(b"%PDF")
        self.first.done("/cards/erase", on="/cards", counted="on")
        lists = self.first.http.get("/cards/lists.json").content
        self.second.done("/cards/load", on="/cards", files={"lists": ("lists.json", lists)})
        self.first.done("/contests/report/cards", **{"class": "delegate"})
        self.second.until(lambda station: bool(station.snapshot.to_sign))
        (proposal,) = self.second.station.snapshot.to_sign
        assert "与本机保存的名单完全相同" in self.second.get(f"/sign/{proposal.id}")
        self.second.done(f"/sign/{proposal.id}", compared="on")
        for browser in (self.first, self.second):
            browser.done("/cards/reserve", on="/cards", count=f"{RESERVE}", **{"class": "delegate"})
        self.hall.seen(lambda state: (0, "delegate") in state.lists and "delegate" in state.reserve)
        self.after_each()

    def attend(self) -> None:
        """Both count who is there; the officials open."""
        for browser in (self.first, self.second):
            browser.done("/contests/report/attendance", **ATTENDANCE)
        self.hall.seen(lambda state: state.contest("report").attendance is not None)
        self.after_each()
        self.hall.hall.officials.decree(self.opening)

    def vote(self) -> None:
        """Ten ballots; the test card is voided; the contest is closed and the kiosk reports."""
        self.hall.vote(self.cards[:DRAWN])
        self.vote_close()
        self.after_each()

    def vote_close(self, *, reported: bool = True) -> None:
        """Void the test card and close; without `reported` the kiosk is silent."""
        self.hall.hall.officials.decree(ContestPaused("report"))
        (test,) = card_keys(self.cards[DRAWN : DRAWN + TEST], self.hall.state.session_id, 0)
        self.official.void(CredentialVoided(slot=0, credential=test.public, reason="test"), test)
        self.hall.hall.booths[0].round()
        self.hall.hall.officials.close("report")
        if reported:
            self.hall.hall.booths[0].round()
            self.hall.seen(lambda state: bool(state.contest("report").reports))

    def code(self, browser: Browser) -> str:
        """The root code on somebody's screen."""
        from kiosk.comparison import root_code

        closing = browser.station.snapshot.state.contest("report").closing
        assert closing is not None
        code = root_code(closing.root)
        assert code in browser.get("/contests/report/compare")
        return code

    def compare(self) -> None:
        """Each types what the other reads aloud; then the shares come by themselves."""
        self.first.done("/contests/report/compare", root_code=self.code(self.second), numbers="on")
        self.after_each()
        self.second.done("/contests/report/compare", root_code=self.code(self.first).lower(), numbers="on")
        wait(lambda: len(self.hall.state.contest("report").good_shares) == 2)
        self.official.count("report")
        self.hall.hall.officials.declare("report")
        self.hall.seen(lambda state: state.contest("report").status is Status.DECIDED)
        self.after_each()

    def sign(self) -> None:
        """Both read and sign the report; it is published."""
        for browser in (self.first, self.second):
            browser.done("/contests/report/report", read="on")
        self.hall.seen(lambda state: len(state.contest("report").signers) == 2)
        self.hall.hall.officials.decree(ResultPublished("report", "all"))
        self.hall.seen(lambda state: state.contest("report").status is Status.PUBLISHED)
        self.after_each()

    def end(self) -> None:
        """Both destroy their keys; the session is sealed."""
        for browser in (self.first, self.second):
            browser.done("/key/destroy", on="/key", sure="on")
        self.hall.seen(lambda state: len(state.destroyed_keys) == 2)
        self.after_each()
        self.hall.hall.officials.decree(SessionSealed())
