"""The one drawing that all screens share: made once for each change, as HTML and as the event that carries it.

500 screens ask for the same bytes; what they cost is sending them.
"""

import json
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from api.clock import Clock
from api.screens.content import Content, content_of
from api.screens.result import pieces_at
from api.screens.screen import HallScreen, turn_of
from api.sequencer.view import View
from api.store.hall import read_screen
from api.store.reader import Reader
from ballots.screen.pages import Pages
from ballots.screen.words import Language
from tally.state import State

_PAGES: Final = Pages("api")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing: what it shows, the HTML inside of the page, the colours, and the event with both."""

    content: Content
    html: str
    theme: str
    event: bytes


class HallBoard:
    """Draws what is shown now; keeps the last drawing while nothing changes."""

    def __init__(self, clock: Clock, reader: Reader) -> None:
        self._clock = clock
        self._reader = reader
        self._screen = HallScreen()
        self._lock = threading.Lock()
        self._of: tuple[State, HallScreen, int] | None = None
        self._drawn: Drawn | None = None
        self.drawings = 0
        """How many were made: tests and measurements look at it."""

    def refresh(self) -> HallScreen:
        """Read what the screens are switched to; reads the disk."""
        self._screen = self._reader.read(read_screen)
        return self._screen

    def current(self, view: View) -> Drawn:
        """The drawing for this log, the state of the screens as last read, and this moment."""
        screen = self._screen
        with self._lock:
            turn = turn_of(self._clock) if screen.turning else 0
            of = self._of
            same = of is not None and of[0] is view.log and of[1:] == (screen, turn)
            if self._drawn is None or not same:
                content = content_of(view.log, screen, turn, datetime.fromtimestamp(self._clock.unix(), UTC).date())
                self._drawn = draw(content, screen.theme, self._drawn)
                self._of = (view.log, screen, turn)
                self.drawings += 1
            return self._drawn


def draw(content: Content, theme: str, before: Drawn | None = None) -> Drawn:
    """Draw a page of a scene in Chinese, with what is read aloud in English beside it where that is short.

    Gives the same object as before where nothing on it changed, so that no screen is told.
    """
    html = _PAGES.render("hall/board.html", Language.ZH, content=content, pieces_at=pieces_at)
    if before is not None and (before.html, before.theme) == (html, theme):
        return before
    data = json.dumps({"html": html, "theme": theme}, ensure_ascii=False)
    return Drawn(content, html, theme, f"event: board\ndata: {data}\n\n".encode())
