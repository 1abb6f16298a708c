"""Turns at a kiosk that is killed in the middle of them, and what it says of them when it is back."""

import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import httpx2

from ballots.card import typed_code
from kiosk.kiosk_page import card_words, words
from tests.api.world import World
from tests.faults.ballot_wire import BallotWire, Instant
from tests.faults.kiosk_process import Browser, KioskProcess
from tests.support.patience import patiently
from tests.support.seeded_rng import SeededRng

MARKS: Final = {"approve": "赞成", "disapprove": "不赞成", "abstain": "弃权"}
"""The marks of the contest, and their names on the summary."""

_NAMES: Final = tuple(MARKS)


class Moment(StrEnum):
    """When the kiosk dies. What is random is drawn over the time that an undisturbed turn took."""

    TURN = "anywhere in a turn"
    CASTING = "anywhere in casting"
    SENT = "kept and sent, the server has nothing of it"
    ANSWERED = "the server has it, the kiosk does not know"
    TOLD = "the kiosk has just been told"
    UNREACHABLE = "anywhere after casting without a server"
    STARTING = "kept, and again anywhere while it starts"


MOMENTS: Final = (*Moment, Moment.TURN, Moment.CASTING, Moment.TURN)
"""Each kind once in ten kills, and what is wholly random more often."""

_INSTANTS: Final = {
    Moment.SENT: Instant.SENT,
    Moment.ANSWERED: Instant.ANSWERED,
    Moment.TOLD: Instant.TOLD,
    Moment.STARTING: Instant.SENT,
}
_WITHOUT_SERVER: Final = 4
"""Casting takes longer while nobody answers, and the delegate looks at the receipt and shows the card once more."""


@dataclass
class Delegate:
    """A delegate with a card, and the mark that is to be given."""

    card: int
    code: str
    mark: str
    sealed: list[tuple[str, str]] = field(default_factory=list)
    """The codes that the screen showed, each with the mark that was confirmed."""

    receipt: str = ""
    """The code of which the screen said that the ballot is cast."""

    reached: str = "nothing"
    """The last thing that the delegate saw of the turn."""

    def show(self, browser: Browser) -> str:
        """Show the card, until the kiosk has asked the server about it."""
        for _ in patiently(0.1):
            if words.UNREACHABLE.zh not in browser.press("/card", code=self.code):
                self.reached = "card"
                return browser.text
        raise AssertionError("the kiosk does not reach the server")

    def make(self, browser: Browser) -> None:
        """From the card to the sealed ballot."""
        self.show(browser)
        browser.press("/choose", contest="report")
        self.reached = "ballot"
        browser.press("/tap", tap=f"1:{self.mark}")
        assert f"<dt>{MARKS[self.mark]} " in browser.press("/finish"), browser.text
        self.reached = "summary"
        assert "还没有投出" in browser.press("/seal"), browser.text
        self.sealed.append((browser.code, self.mark))
        self.reached = "code"

    def cast(self, browser: Browser) -> None:
        """Cast it, and look at the receipt."""
        assert "已投票" in browser.press("/cast"), browser.text
        self.receipt = browser.code
        self.reached = "receipt"
        assert self.receipt == self.sealed[-1][0]


class Booth:
    """The kiosk and its cable, and how long an undisturbed turn, its casting and a start have taken."""

    def __init__(self, world: World, kiosk: KioskProcess, wire: BallotWire, seed: str) -> None:
        self.world, self.kiosk, self.wire = world, kiosk, wire
        self._chance = SeededRng(seed)
        self._turn = self._casting = self._starting = 0.0
        self._killer: threading.Timer | None = None
        self.browser = self._open()

    def close(self) -> None:
        """End everything."""
        self.browser.http.close()
        self.kiosk.close()
        self.wire.close()

    def delegate(self, card: int) -> Delegate:
        """The delegate who has this card."""
        code = typed_code(self.world.cards[card], self.world.state.session_id).reveal()
        return Delegate(card, code, _NAMES[self._draw(len(_NAMES))])

    def vote(self, delegate: Delegate) -> None:
        """An undisturbed turn."""
        began = time.monotonic()
        delegate.make(self.browser)
        sealed = time.monotonic()
        delegate.cast(self.browser)
        self._turn, self._casting = time.monotonic() - began, time.monotonic() - sealed
        self.browser.press("/leave")

    def disturb(self, delegate: Delegate, moment: Moment) -> None:
        """A turn in which the kiosk is killed, at the latest when the receipt is seen."""
        try:
            if moment is Moment.TURN:
                self._kill_within(self._turn)
            delegate.make(self.browser)
            if moment is Moment.CASTING:
                self._kill_within(self._casting)
            if moment in _INSTANTS:
                self.wire.call_at(_INSTANTS[moment], self.kiosk.kill)
            if moment is Moment.UNREACHABLE:
                self.wire.cut()
                self._kill_within(self._casting * _WITHOUT_SERVER)
            delegate.cast(self.browser)
            if moment is Moment.UNREACHABLE:
                self.browser.press("/leave")
                assert card_words.QUEUED.zh in self.browser.press("/card", code=delegate.code), self.browser.text
        except httpx2.TransportError:
            # Whatever else fails in here is a fault of the kiosk.
            assert not self.kiosk.is_running
        finally:
            if self._killer is not None:
                self._killer.cancel()
                self._killer.join()
                self._killer = None
            self.kiosk.kill()
            self.wire.call_no_more()
            self.browser.http.close()

    def recover(self, delegate: Delegate, moment: Moment) -> bool:
        """Start the kiosk again; what it says of the card: whether the ballot was cast. If it was not, it is now."""
        if moment is Moment.STARTING:
            self.kiosk.start()
            time.sleep(self._part_of(self._starting))
            self.kiosk.kill()
        self.browser = self._open()
        said = delegate.show(self.browser)
        if card_words.USED.zh in said or card_words.QUEUED.zh in said:
            return True
        assert 'name="contest" value="report"' in said, said
        self.browser.press("/leave")
        # Another mark tells the second ballot from the first.
        delegate.mark = _NAMES[(_NAMES.index(delegate.mark) + 1) % len(_NAMES)]
        self.vote(delegate)
        return False

    def _open(self) -> Browser:
        began = time.monotonic()
        self.kiosk.start()
        browser = self.kiosk.browser()
        if self.wire.is_cut:
            # The whole hall was without power, and the kiosk is back first.
            assert "正在连接服务器" in browser.text, browser.text
            self.wire.mend()
        browser.await_welcome()
        self._starting = time.monotonic() - began
        return browser

    def _kill_within(self, seconds: float) -> None:
        self._killer = threading.Timer(self._part_of(seconds), self.kiosk.kill)
        self._killer.start()

    def _part_of(self, seconds: float) -> float:
        return seconds * self._draw(1000) / 1000

    def _draw(self, below: int) -> int:
        return int.from_bytes(self._chance.bytes(4)) % below
