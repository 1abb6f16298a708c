"""The base on voting day from numbers alone, and what an event does to a status, as cases of the rule engine ask.

Who is in the base is decided by :class:`~tally.roll.standing.Standing`, as for a roll with names.
"""

from collections.abc import Mapping
from typing import Final

from tally.decide.attendance import contradiction
from tally.roll.events import EVENTS, Effect, Event
from tally.roll.standing import Standing, Status

STANDINGS: Final[Mapping[str, Standing]] = {
    "terminated": Standing(Status.TERMINATED),
    "died": Standing(Status.TERMINATED),
    "stopped": Standing(Status.STOPPED),
    "stopped_moved_away": Standing(Status.STOPPED),
    "suspended": Standing(Status.SUSPENDED),
    "rights_suspended": Standing(rights_suspended=True),
    "recalled": Standing(Status.RECALLED),
    "on_leave": Standing(on_leave=True),
}
"""What has become of some of those who were elected and confirmed."""

ADDED_AND_CONFIRMED: Final = "added_and_confirmed"
"""Those who came to the roll later and were confirmed."""


def should_attend(elected_and_confirmed: int, changes: Mapping[str, int]) -> int:
    """The base on voting day: those elected and confirmed, without those who left it.

    Raises:
        VerificationError: V11.D, an unknown status, a number below zero, or more leaving than there are.
    """
    base = elected_and_confirmed
    for status, number in changes.items():
        if number < 0:
            contradiction(f"{status} is {number}, below zero")
        if status == ADDED_AND_CONFIRMED:
            base += number
        elif status not in STANDINGS:
            contradiction(f"{status} is no status of the roll")
        elif not STANDINGS[status].should_attend:
            base -= number
    if base < 1 or changes.get("on_leave", 0) > base:
        contradiction("more delegates left or are on leave than there are")
    return base


def status_after(event: str) -> tuple[Event, Status]:
    """An event that changes a delegate's status, and the status after it.

    Raises:
        VerificationError: V11.D, an event that no text names, or one that changes no status.
    """
    found = EVENTS.get(event)
    if found is None or found.effect is not Effect.STATUS or found.status is None:
        contradiction(f"no rule says what {event!r} does to a delegate's status")
    return found, found.status
