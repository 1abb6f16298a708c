"""One kiosk's screen at work: the machine, the clock, and whoever does what the machine asks for.

There is one delegate and one touch at a time: whoever touches the screen waits until the touch before is done with.
"""

import threading
from collections.abc import Callable

from ballots.contest import Contest
from kiosk import voting
from kiosk.booth_machine.events import Act, Tick, Touch
from kiosk.booth_machine.machine import Event, step
from kiosk.booth_machine.screen import Phase, Screen
from kiosk.kiosk_page.jobs import Jobs
from kiosk.kiosk_page.self_test import Check
from kiosk.kiosk_page.work import Work
from kiosk.paper.press import Press
from kiosk.paper.printers import Printer
from kiosk.station import Station
from tally.state import State


class Booth:
    """One kiosk's screen. `clock` gives seconds that only run forward."""

    def __init__(
        self,
        station: Station,
        jobs: Jobs,
        clock: Callable[[], float],
        proof: Callable[[], tuple[Check, ...]] = tuple,
        press: Press | None = None,
        slips: Printer | None = None,
    ) -> None:
        """`proof` is the self-test; it is done again when the staff asks for it. `press` prints paper records, and
        `slips` the code of each sealed ballot.
        """
        self._station = station
        self._work = Work(station, jobs, press, slips)
        self._jobs = jobs
        self._proof = proof
        self._proved: bool | None = None
        self.checks: tuple[Check, ...] = ()
        """What the self-test found when it was last done."""
        self._clock = clock
        self._lock = threading.Lock()
        self._screen = Screen()

    @property
    def state(self) -> State:
        """The log as the station has replayed it."""
        return self._station.state

    @property
    def ready(self) -> bool:
        """Whether the kiosk is registered and takes ballots."""
        return self._station.ready

    @property
    def admitted(self) -> bool:
        """Whether the kiosk is registered, as far as it knows; without a server it is not ready all the same."""
        return self._station.admitted

    @property
    def undelivered(self) -> int:
        """How many ballots wait here for the server."""
        return self._station.undelivered

    @property
    def name(self) -> str:
        """What the kiosk is called in the log."""
        return self._station.setup.name

    @property
    def now(self) -> float:
        """The time of the screen's clock."""
        return self._clock()

    def open_contests(self) -> tuple[Contest, ...]:
        """The contests on which is voted here now, in the order of the session."""
        return voting.open_contests(self.state, self._station.own)

    def paper_contests(self) -> tuple[Contest, ...]:
        """The contests counted by hand whose ballots are filled in and printed here."""
        return self._work.paper_contests()

    def prove_when_ready_changes(self) -> None:
        """Do the self-test at the start, and when the kiosk is registered. For the station's own thread."""
        if self._proved is not self._station.ready:
            self._proved = self._station.ready
            self.checks = self._proof()

    def prove(self) -> None:
        """Do the self-test, in the station's own thread.

        Raises:
            StateError: the station is busy.
        """
        self.checks = self._jobs.ask(self._proof)

    def touch(self, act: Act, serial: int | None = None) -> Screen:
        """Somebody touches the screen with this serial number, by default the one that is shown now."""
        with self._lock:
            shown = self._screen.serial if serial is None else serial
            return self._step(Touch(shown, act))

    def look(self) -> Screen:
        """The screen as it is to be shown now. What rested for too long is forgotten, unless somebody works on it."""
        if not self._lock.acquire(blocking=False):
            return self._screen
        try:
            return self._step(Tick())
        finally:
            self._lock.release()

    def _step(self, event: Event) -> Screen:
        screen, effect = step(self._screen, event, self._clock())
        while effect is not None:
            # Time counts from the answer on: a slow network must not take a receipt away before it was seen.
            result = self._work.perform(effect)
            screen, effect = step(screen, result, self._clock(), effect)
        if screen.phase not in (Phase.RECEIPT, Phase.PRINTED):
            self._work.forget()
        self._screen = screen
        return screen
