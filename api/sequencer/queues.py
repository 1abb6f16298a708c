"""Whether a paused contest may close: every kiosk has said since the pause that its queue is empty, or is lost.

A ballot that waits at a kiosk when its contest closes is never counted, and a kiosk without a connection cannot say
that it holds one. So a server closes a contest only over what the kiosks themselves have said (SPEC §8.9), or over the
word of the scrutineers that a kiosk is lost (`kiosk.lost`). Replay asks for neither: the statements are no part of the
log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from api.errors import QueuesError
from api.store.queues import Told
from tally.state import ContestState, State, Status
from voting_core.errors import StateError


class Standing(StrEnum):
    """What is known of a kiosk's queue since the pause."""

    EMPTY = "empty"
    HOLDS = "holds"
    SILENT = "silent"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class KioskQueue:
    """One kiosk and its queue; `waiting` is how many ballots wait there, 0 where that is not known."""

    key: bytes
    name: str
    standing: Standing
    waiting: int = 0

    @property
    def lets_close(self) -> bool:
        """Whether the contest need not wait for this kiosk."""
        return self.standing in (Standing.EMPTY, Standing.LOST)


def queues_of(log: State, held: ContestState, told: Mapping[bytes, Told]) -> tuple[KioskQueue, ...]:
    """All kiosks with their queues, by name; empty while the contest is not paused, or is counted by hand."""
    if held.status is not Status.PAUSED or held.is_by_hand:
        return ()
    found = [_queue(log, held, key, told.get(key)) for key in log.kiosks]
    return tuple(sorted(found, key=lambda one: (one.name, one.key)))


def _queue(log: State, held: ContestState, key: bytes, told: Told | None) -> KioskQueue:
    name = log.kiosks[key].name
    if key in held.lost:
        return KioskQueue(key, name, Standing.LOST)
    if told is None or told.size != held.paused_size:
        return KioskQueue(key, name, Standing.SILENT)
    return KioskQueue(key, name, Standing.HOLDS if told.waiting else Standing.EMPTY, told.waiting)


def check_queues(log: State, contest: str, told: Mapping[bytes, Told]) -> None:
    """Let a closing pass for which no kiosk is waited for. What is not voted on now is left to replay.

    Raises:
        StateError: the contest is not paused.
        QueuesError: a kiosk holds ballots, or has said nothing since the pause.
    """
    held = log.contests.get(contest)
    if held is None or not held.is_voting or held.is_by_hand:
        return
    if held.status is Status.OPEN:
        raise StateError(f"pause {contest} before it is closed, so that every kiosk can say whether ballots wait there")
    late = [one for one in queues_of(log, held, told) if not one.lets_close]
    if late:
        raise QueuesError(contest, [(one.name, one.waiting) for one in late])
