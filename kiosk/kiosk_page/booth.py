"""What the screen does with the station: read a card, seal, cast or test, and forget.

The screen shows one turn at a time. A turn that rests is dropped: the next person must find nothing of the one before.
"""

import threading
from collections.abc import Callable
from typing import Final

from ballots.contest import Contest
from kiosk import voting
from kiosk.kiosk_page.jobs import Jobs
from kiosk.kiosk_page.turn import Phase, Turn
from kiosk.station import Station
from tally.state import State
from voting_core.errors import InputError, StateError
from voting_core.secret import Secret

REST_SECONDS: Final = 180.0
"""How long a turn may rest before everything is forgotten. The page asks for itself again after that time."""

AFTERWARDS_SECONDS: Final = 60.0
"""How long the receipt stays on the screen: enough to photograph it."""


class Booth:
    """One kiosk's screen. `clock` gives seconds that only run forward."""

    def __init__(self, station: Station, jobs: Jobs, clock: Callable[[], float]) -> None:
        self._station = station
        self._jobs = jobs
        self._clock = clock
        self._turn: Turn | None = None
        self._seen = 0.0
        self.lock = threading.Lock()
        """Held while a page of this screen is answered: there is one delegate, and one touch at a time."""

    @property
    def state(self) -> State:
        """The log as the station has replayed it."""
        return self._station.state

    @property
    def ready(self) -> bool:
        """Whether the kiosk is registered and takes ballots."""
        return self._station.ready

    @property
    def turn(self) -> Turn | None:
        """The turn to be shown; None when there is none, or it rested for too long and is forgotten now."""
        # Whoever holds the lock works on the turn: it does not rest, and may not be forgotten under that hand.
        if self.lock.acquire(blocking=False):
            try:
                return self._unless_rested()
            finally:
                self.lock.release()
        return self._turn

    def _unless_rested(self) -> Turn | None:
        turn = self._turn
        if turn is not None and self._clock() - self._seen > self.patience(turn):
            self.leave()
            return None
        return turn

    @staticmethod
    def patience(turn: Turn) -> float:
        """How long a turn may rest now, in seconds."""
        return AFTERWARDS_SECONDS if turn.phase is Phase.DONE else REST_SECONDS

    def going_on(self) -> Turn:
        """The turn that is going on, which counts as touched now. Who calls this holds the lock.

        Raises:
            StateError: there is none.
        """
        turn = self._unless_rested()
        if turn is None:
            raise StateError("nothing is begun here, or it was left for too long; read the card again")
        self._seen = self._clock()
        return turn

    def open_contests(self) -> tuple[Contest, ...]:
        """The contests on which is voted here now, in the order of the session."""
        return voting.open_contests(self.state)

    def present(self, card: Secret[str]) -> None:
        """Read a card and begin a turn.

        Raises:
            InputError: it is no card of this session, was voided, or has voted wherever it can.
            Unreachable: the server cannot be asked.
        """
        self.leave()
        contests = self._jobs.ask(lambda: self._votes_in(card))
        self._turn, self._seen = Turn(card, contests), self._clock()

    def seal(self) -> None:
        """Seal the ballot of the turn.

        Raises:
            InputError: what the delegate must do differently.
            StateError: there is nothing to seal.
            Unreachable: the server cannot be asked.
        """
        turn = self.going_on()
        if turn.phase is not Phase.REVIEW or turn.hindrance() is not None:
            raise StateError("the ballot is not ready to be sealed")
        request = voting.Request(turn.card, turn.chosen.id, turn.marks, challenge=False)
        turn.seal(self._jobs.ask(lambda: self._station.seal(request)))
        self._touched()

    def finish(self, *, challenge: bool) -> None:
        """Cast the sealed ballot, or open it as a test.

        Raises:
            StateError: there is none.
            FatalError: the kiosk must not go on.
        """
        turn = self.going_on()
        sealed = turn.sealed
        if turn.phase is not Phase.SEALED or sealed is None:
            raise StateError("there is no sealed ballot")
        delivery = self._jobs.ask(lambda: self._station.finish(sealed, challenge=challenge))
        turn.finish(delivery, challenged=challenge)
        self._touched()

    def _touched(self) -> None:
        """Let rest count from the answer on: a slow network must not take the receipt away before it was seen."""
        self._seen = self._clock()

    def leave(self) -> None:
        """Forget everything about the turn."""
        self._turn = None

    def _votes_in(self, card: Secret[str]) -> tuple[Contest, ...]:
        """The open contests in which a card still votes; the reason of the last one when there is none."""
        problem: InputError | None = None
        contests = []
        for contest in self.open_contests():
            try:
                key = voting.read_card(self.state, contest, card)
                answer = self._station.client.credential(contest.slot, key.public)
                voting.check_unused(used=answer.used, challenges=answer.challenges, challenge=False)
            except InputError as error:
                problem = error
                continue
            contests.append(contest)
        if problem is not None and not contests:
            raise problem
        if not contests:
            raise InputError("contest", "no contest is open now", "Wait until the officials open one")
        return tuple(contests)
