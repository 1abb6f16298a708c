"""What the kiosks say of their queues, as a scrutineer's station reads it: their signatures, not the server's word.

A server can keep a statement back, and then a kiosk has said nothing; it cannot make one up. What is about an earlier
pause, another log or another session says nothing about this pause.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from ballots.queue_statement import parse_queue_statement
from tally.state import ContestState, State, Status
from voting_core.errors import EncodingError, VerificationError

MAX_STATEMENTS: Final = 1_000
"""More kiosks than a hall has; what a server sends beyond is not read."""


def is_awaiting_queues(contest: ContestState) -> bool:
    """Whether kiosks say now what waits there."""
    return contest.status is Status.PAUSED and not contest.is_by_hand


def read_queues(state: State, contest: ContestState, raws: Iterable[bytes]) -> Mapping[bytes, int]:
    """How much waits at each kiosk, by its key; without those that have signed nothing about this pause.

    Where a kiosk has said several things, the most counts: a queue gets shorter by itself, and nobody is harmed by
    waiting for the newer word.
    """
    found: dict[bytes, int] = {}
    for raw in list(raws)[:MAX_STATEMENTS]:
        try:
            statement = parse_queue_statement(raw)
            if statement.kiosk not in state.kiosks or not _is_about(state, contest, statement.contest, statement.size):
                continue
            if (statement.session, statement.root) != (state.session_id, state.root_at(contest.paused_size)):
                continue
            statement.verify()
        except (EncodingError, VerificationError):
            continue
        found[statement.kiosk] = max(statement.waiting, found.get(statement.kiosk, 0))
    return found


def _is_about(state: State, contest: ContestState, named: str, size: int) -> bool:
    return (named, size) == (contest.id, contest.paused_size) and size <= state.size
