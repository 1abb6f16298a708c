"""Auditing the entries of a log: all of them, also after a bad one (SPEC §8.5, §11).

Replay is the only judge; this module decides nothing. It replays entry by entry, keeps what is refused as a finding,
and goes on as if the refused entry had no effect. What the bytes of ballots decide by themselves is found out ahead, in
runs (:mod:`tally.replay.ahead`), and on all processors where `runs` has them; the findings are the same, in the same
order.
"""

from __future__ import annotations

from collections import deque
from typing import Final

from tally.entries.entry_type import BALLOT_TYPES, EntryType
from tally.replay import Ahead, initial, known_of, replay, skip
from tally.state import State
from tally.verify.checks import ENTRIES
from tally.verify.report import Audit
from tally.verify.runs import InThisProcess, Pending, Runs
from voting_core.errors import VerificationError

RUN_ENTRIES: Final = 256
RUN_BYTES: Final = 4 * 1024 * 1024
"""A run of 200 ballots of 60 rows is 4 MB of entries and 15 MB of points; larger batches save a tenth of their time."""

_TYPE_KEY: Final = b',"type":"'
_LONGEST_TYPE: Final = 64
_TYPES: Final = frozenset(type_.value for type_ in EntryType)


class LogAudit:
    """Takes the entries of a log in order; :attr:`state` is valid after :meth:`flush`.

    `judged_bytes` is how much of the log is judged, line feeds included.
    """

    __slots__ = ("_audit", "_queue", "_run", "_run_bytes", "_runs", "judged_bytes", "state")

    def __init__(self, audit: Audit, state: State | None = None, runs: Runs | None = None) -> None:
        """Begin with an empty log, or go on from the state of a log that was audited before."""
        self._audit = audit
        self._run: list[bytes] = []
        self._run_bytes = 0
        # What waits, in the order of the log: runs that are being looked at, and other entries between them.
        self._queue: deque[tuple[tuple[bytes, ...], Pending | None]] = deque()
        self.judged_bytes = 0
        self.state = state or initial()
        self._runs: Runs = runs or InThisProcess(self.state.group)

    def take(self, raw: bytes) -> None:
        """Judge an entry, at the latest at the next flush."""
        type_ = type_of(raw)
        self._audit.examine(ENTRIES)
        self._audit.examine(type_)
        if type_ in BALLOT_TYPES:
            self._run.append(raw)
            self._run_bytes += len(raw)
            if len(self._run) >= RUN_ENTRIES or self._run_bytes >= RUN_BYTES:
                self._send()
            return
        self._send()
        self._queue.append(((raw,), None))
        # Ballots are looked at with the key and the contests of the entries before them.
        is_needed_ahead = self.state.key is None or type_ == EntryType.CONTEST_DEFINED.value
        self._settle(0 if is_needed_ahead else self._runs.waiting)

    def flush(self) -> None:
        """Judge everything that waits."""
        self._send()
        self._settle(0)

    def _send(self) -> None:
        """Have the ballots that are collected looked at."""
        run, self._run, self._run_bytes = tuple(self._run), [], 0
        if run:
            self._queue.append((run, self._runs.submit(run, known_of(self.state))))
            self._settle(self._runs.waiting)

    def _settle(self, waiting: int) -> None:
        """Judge from the beginning of the queue until it begins with one of the last `waiting` runs."""
        runs = sum(pending is not None for _, pending in self._queue)
        while self._queue and (runs > waiting or self._queue[0][1] is None):
            run, pending = self._queue.popleft()
            if pending is None:
                self._judge(run[0], None)
                continue
            runs -= 1
            for raw, ahead in zip(run, pending.result(), strict=True):
                self._judge(raw, ahead)

    def _judge(self, raw: bytes, ahead: Ahead | None) -> None:
        try:
            self.state = replay(self.state, raw, ahead)
        except VerificationError as error:
            self._audit.find(error, f"entry {self.state.size} ({type_of(raw)})")
            self.state = skip(self.state, raw)
        self.judged_bytes += len(raw) + 1


def type_of(raw: bytes) -> str:
    """Read the type from the end of an entry, where canonical JSON has it; `unknown` where it is none."""
    found = raw[-_LONGEST_TYPE:].rpartition(_TYPE_KEY)[2].removesuffix(b'"}').decode("ascii", "replace")
    return found if found in _TYPES else "unknown"
