"""Closing a contest over the log as it is (SPEC §8.5 rule 8).

A closing names the log exactly as it is before it. The contest is paused by then (:mod:`api.sequencer.queues`), so none
of its ballots arrive any more; but other contests go on, and the log may grow while two officials sign. They are told
what to sign instead.
"""

from api.sequencer.admission import is_outdated_closing, seen_not_current
from tally.entries.closing import ContestClosed
from tally.entries.envelope import Entry
from tally.replay import prepare
from tally.state import State
from voting_core.errors import VerificationError


def check_closing(log: State, entry: Entry, body: ContestClosed) -> None:
    """Let a closing pass that is over the log as it is.

    Raises:
        SeenNotCurrentError: two officials have signed it over another log, or over other counts.
        VerificationError: replay refuses it for another reason.
    """
    try:
        prepare(log, entry.raw)
    except VerificationError as error:
        # Replay looks at signatures and signers first, so V9.A means that two officials did sign this.
        if error.code == "V9.A" and is_outdated_closing(log, entry):
            raise seen_not_current(log, body.contest) from error
        raise
