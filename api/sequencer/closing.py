"""Closing a contest while ballots still arrive (SPEC §8.5 rule 8).

A closing names the log exactly as it is before it. Officials who sign one sign over the log that they saw, and
meanwhile ballots wait that are not in it. So the first closing that comes too early is taken as the wish to close: the
contest takes no more ballots for a while, what waits enters the log, and the officials are told what to sign instead.
"""

from api.clock import Clock
from api.sequencer.admission import is_outdated_closing, seen_not_current
from api.sequencer.appending import Appender
from tally.entries.closing import ContestClosed
from tally.entries.envelope import Entry
from tally.replay import prepare
from voting_core.errors import VerificationError


class Closings:
    """Freezes contests that are being closed, for `seconds` at a time."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._until: dict[str, float] = {}
        self._answered: set[bytes] = set()

    def is_frozen(self, contest: str) -> bool:
        """Whether the contest takes no ballots because its officials are closing it."""
        return self._until.get(contest, 0.0) > self._clock.monotonic()

    def thaw(self, contest: str) -> None:
        """Forget the freeze of a contest that is closed."""
        self._until.pop(contest, None)

    def check(self, appender: Appender, entry: Entry, body: ContestClosed) -> None:
        """Let a closing pass that is over the log as it is, with no ballot of its contest waiting.

        Raises:
            SeenNotCurrentError: it is not; the contest is frozen now and its waiting ballots are in the log.
            VerificationError: replay refuses it for another reason.
            StorageError, FatalError: the waiting ballots could not be written.
        """
        try:
            prepare(appender.view.log, entry.raw)
            outdated = False
        except VerificationError as error:
            # Replay looks at signatures and signers first, so V9.A means that two officials did sign this.
            if error.code != "V9.A" or not is_outdated_closing(appender.view.log, entry):
                raise
            outdated = True
        if not outdated and not appender.view.waiting_for(body.contest):
            return
        # The same bytes freeze once: who has seen an old closing cannot stop the voting with it.
        if entry.leaf not in self._answered:
            self._answered.add(entry.leaf)
            self._until[body.contest] = self._clock.monotonic() + self._seconds
            appender.append_waiting(body.contest)
        raise seen_not_current(appender.view.log, body.contest)
