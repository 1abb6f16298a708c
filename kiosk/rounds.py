"""One round of a kiosk's work: follow the log, deliver, tell of the queue, take the turns that are due, report."""

from typing import Final

from kiosk import voting
from kiosk.client import Refused, Unreachable
from kiosk.queue_telling import tell_queues
from kiosk.reporting import report_closed
from kiosk.station import Machine, Station
from kiosk.turns import Turn, Turns
from tally.state import Status
from voting_core.errors import InputError

TURNS_A_ROUND: Final = 8
"""Turns between two looks at the log. After them the kiosk's disk forgets their order, so it never tells the order of
more ballots than enter the log together (SPEC §8.7).
"""

_TOO_EARLY: Final = (Status.DEFINED, Status.PAUSED)


def one_round(station: Station, turns: Turns, machine: Machine, *, wait: bool) -> bool:
    """Do what is to be done now; tells whether a turn was taken. With `wait`, turns of contests not yet open stay.

    Raises:
        FatalError, InputError: the kiosk must not go on, as :meth:`kiosk.station.Station.follow` says.
    """
    taken = False
    try:
        station.follow()
        if not station.ready:
            return False
        station.deliver()
        tell_queues(station, machine.emit)
        taken = _take_turns(station, turns, machine, wait=wait)
        report_closed(station, machine.clock, machine.emit)
    except Unreachable as error:
        machine.emit("unreachable", problem=str(error))
    finally:
        station.outbox.forget_the_order()
    return taken


def _take_turns(station: Station, turns: Turns, machine: Machine, *, wait: bool) -> bool:
    left = turns.take()
    later: list[Turn] = []
    taken = 0
    try:
        while left and taken < TURNS_A_ROUND:
            if wait and _is_early(station, left[0]):
                later.append(left.pop(0))
                continue
            taken += 1
            _take(station, left[0], machine)
            left.pop(0)
    finally:
        # A turn during which the server could not be reached is still the first.
        turns.put_back([*later, *left])
    return taken > 0


def _is_early(station: Station, turn: Turn) -> bool:
    try:
        contest = station.state.contests.get(voting.read_request(turn.line, turn.place).contest)
    except InputError:
        return False
    return contest is None or contest.status in _TOO_EARLY


def _take(station: Station, turn: Turn, machine: Machine) -> None:
    try:
        station.vote(turn.line, turn.place)
    except (InputError, Refused) as error:
        machine.emit("refused", place=turn.place, problem=str(error))
