"""Whether a ballot that is kept here, and that a server refuses, is refused for good.

Its delegate was told that it will be delivered, and is gone. So a refusal ends that only where the ballot itself is at
fault, or where this kiosk's own log says too that it is not taken any more. A server that was started over an empty
folder, over that of a rehearsal, or over an old copy refuses everything, until somebody starts the right one; and a
pause may be over by the time its refusal is read.

A ballot that goes on waiting is seen: the kiosk shows and signs how many wait, and the contest does not close over it.
"""

from typing import Final

from kiosk.outbox import Kind, OwnBallot
from tally.entries.envelope import decode_entry
from tally.state import State, Status

_OF_THE_LOG: Final = frozenset({"V2.C", "V3.A", "V4.B", "V4.D", "V8.A"})
"""Checks that a good ballot fails at a server with another log than its own (SPEC §11)."""


def is_final(state: State, own: OwnBallot, code: str) -> bool:
    """Whether a refusal with this code ends the waiting; `state` is the log as the kiosk has it after the refusal.

    What has no number of a check comes from something else than replay: a proxy, or another program at the address.
    """
    if code.startswith("V") and code not in _OF_THE_LOG:
        return True
    held = state.contests.get(own.contest)
    if held is None or held.status not in (Status.OPEN, Status.PAUSED):
        return True
    return own.kind is not Kind.ASSISTED and decode_entry(own.raw).author in state.voided
