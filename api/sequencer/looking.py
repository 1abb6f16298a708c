"""Looking at ballots ahead of their turn, beside the sequencer: reading them, their signatures, points and arguments
(:mod:`tally.replay.ahead`).

That is nearly all of the work on a ballot, and half of it is Python's own, for which threads wait. So it goes to
processes (:mod:`api.verifiers`), and the interpreter here is left to the sequencer and the event loop. Until there are
any, and where there are none, it is done on threads.
"""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from api.verifiers.pool import VerifierPool
from tally.replay import Ahead, Known, look_ahead
from voting_core.public import SODIUM, PublicGroup

PART: Final = 32
"""Ballots that are looked at together: their arguments are one batch, which takes half of what one by one would."""

WORTH_A_PROCESS: Final = 8
"""Ballots that wait together and start the processes: fewer are no load, and each process costs 100 MB."""


class Looker:
    """Looks at runs on `threads` threads, or in `processes` processes once there are any. `group` decodes points."""

    def __init__(self, threads: int, processes: int = 0, group: PublicGroup = SODIUM) -> None:
        self._group = group
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="looking")
        self._verifiers = VerifierPool(processes, group) if processes else None
        self.hands = max(threads, processes)
        """How many runs are looked at at once, at most."""

    def begin(self, raws: Sequence[bytes], known: Known | None) -> "Future[tuple[Ahead, ...]]":
        """Begin to look at a run; the answer is asked for later."""
        if self._verifiers is not None:
            if len(raws) >= WORTH_A_PROCESS:
                self._verifiers.start()
            if self._verifiers.ready:
                return self._verifiers.submit(raws, known)
        return self._pool.submit(self.look, tuple(raws), known)

    def look(self, raws: Sequence[bytes], known: Known | None) -> tuple[Ahead, ...]:
        """Look at a run here and now."""
        return look_ahead(raws, known, self._group)

    def close(self) -> None:
        """Stop the threads and processes."""
        self._pool.shutdown()
        if self._verifiers is not None:
            self._verifiers.close()
