"""A kiosk with its screen, in front of a real server, in this process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ballots.card import typed_code
from kiosk.booth_machine.events import Act, CardShown, Choose, Finish, Seal, Tap
from kiosk.booth_machine.screen import Phase, Screen
from kiosk.kiosk_page.booth import Booth as Page
from kiosk.kiosk_page.jobs import Jobs
from kiosk.paper.press import Press
from tests.api.hall import FakeClock, Hall
from tests.kiosk.booth import Booth, world_booth
from tests.support.patience import PATIENCE
from voting_core.secret import Secret


@dataclass
class Kiosk:
    """The screen, the station behind it, and the clock that a test moves."""

    screen: Page
    booth: Booth
    clock: FakeClock
    hall: Hall
    jobs: Jobs

    def code(self, card: int) -> str:
        """The typed code of a card."""
        return typed_code(self.hall.world.cards[card], self.hall.world.state.session_id).reveal()

    def card(self, card: int) -> Act:
        """A card that is shown."""
        return CardShown(Secret(self.code(card)))

    def touch(self, *acts: Act) -> Screen:
        """Some touches; gives the screen after the last one."""
        for act in acts:
            shown = self.screen.touch(act)
        return shown

    def sealed(self, card: int, mark: str = "approve") -> Screen:
        """A delegate comes as far as the sealed ballot of the motion."""
        screen = self.touch(self.card(card), Choose("report"), Tap("r0", mark), Finish(), Seal())
        assert screen.phase is Phase.SEALED
        return screen


@contextmanager
def running_kiosk(hall: Hall, directory: Path, press: Press | None = None) -> Iterator[Kiosk]:
    """A kiosk whose station works in a thread of its own, as in the hall; `press` prints paper records."""
    jobs, clock, stop, started = Jobs(), FakeClock(), threading.Event(), threading.Event()
    made: list[Booth] = []

    def work() -> None:
        made.append(world_booth(hall, directory))
        made[0].round()
        started.set()
        while not stop.is_set():
            jobs.serve(0.03)
            made[0].round()

    thread = threading.Thread(target=work)
    thread.start()
    assert started.wait(PATIENCE)
    try:
        yield Kiosk(Page(made[0].station, jobs, clock.monotonic, press=press), made[0], clock, hall, jobs)
    finally:
        stop.set()
        thread.join()
