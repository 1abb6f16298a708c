"""What a kiosk tells the server of its queue while a contest is paused: how much waits here (SPEC §8.9).

Ballots, their tests, and notes that somebody was assisted: a note that comes too late is missing in the minutes.

The station takes no ballots of a contest whose pause it has read, so the number only falls; it is told once, and again
when it has changed. Officials cannot close the contest before every kiosk has said that it holds none.
"""

from ballots.queue_statement import sign_queue
from kiosk.client import Refused
from kiosk.events import Emit
from kiosk.station import Station
from tally.state import Status


def tell_queues(station: Station, emit: Emit) -> None:
    """Tell what is new of each paused contest.

    Raises:
        Unreachable: the server does not answer; it is told in the next round.
    """
    state, own = station.state, station.setup.keys.own
    for held in state.contests.values():
        if held.status is not Status.PAUSED or held.is_by_hand:
            continue
        size, waiting = held.paused_size, station.outbox.waiting_of(held.id)
        if station.told.get(held.id) == (size, waiting):
            continue
        statement = sign_queue(
            contest=held.id,
            root=state.root_at(size),
            session=state.session_id,
            size=size,
            waiting=waiting,
            kiosk_key=own,
        )
        try:
            station.client.tell_queue(statement.to_bytes())
        except Refused as refusal:
            # It is said again in each round: the contest waits for it, and the refusal may be of a server that was
            # started over the wrong folder.
            if station.untold.get(held.id) != (size, waiting):
                emit("queue_refused", contest=held.id, problem=str(refusal))
                station.untold[held.id] = (size, waiting)
        else:
            emit("queue", contest=held.id, waiting=waiting)
            station.told[held.id] = (size, waiting)
