"""Auditing the entries of a log: all of them, also after a bad one (SPEC §8.5, §11).

Replay is the only judge; this module decides nothing. It replays entry by entry, keeps what is refused as a finding,
and goes on as if the refused entry had no effect. Ballots are taken in runs, because verifying arguments together is
faster; a run is judged so that the findings are those of judging its entries one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tally.entries.entry_type import BALLOT_TYPES, EntryType
from tally.replay import initial, prepare, replay, skip
from tally.state import State
from tally.verify.checks import ENTRIES
from tally.verify.report import Audit
from voting_core.argument.batch import BatchRefused, verify_batch
from voting_core.argument.statement import Statement
from voting_core.argument.verify import verify_argument
from voting_core.errors import EncodingError, VerificationError

RUN_ENTRIES: Final = 128
RUN_BYTES: Final = 8 * 1024 * 1024
"""A run of 128 ballots of 60 rows is 2 MB of entries and 10 MB of points; larger batches save nothing more."""

_TYPE_KEY: Final = b',"type":"'
_LONGEST_TYPE: Final = 64
_TYPES: Final = frozenset(type_.value for type_ in EntryType)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An argument of a run that is not verified yet, with the place of its entry in the run."""

    place: int
    statement: Statement


class LogAudit:
    """Takes the entries of a log in order; :attr:`state` is valid after :meth:`flush`."""

    __slots__ = ("_audit", "_run", "_run_bytes", "state")

    def __init__(self, audit: Audit, state: State | None = None) -> None:
        """Begin with an empty log, or go on from the state of a log that was audited before."""
        self._audit = audit
        self._run: list[bytes] = []
        self._run_bytes = 0
        self.state = state or initial()

    def take(self, raw: bytes) -> None:
        """Judge an entry, at the latest at the next flush."""
        type_ = type_of(raw)
        self._audit.examine(ENTRIES)
        self._audit.examine(type_)
        if type_ not in BALLOT_TYPES:
            self.flush()
            self._judge_alone(raw, type_)
            return
        self._run.append(raw)
        self._run_bytes += len(raw)
        if len(self._run) >= RUN_ENTRIES or self._run_bytes >= RUN_BYTES:
            self.flush()

    def flush(self) -> None:
        """Judge the ballots that are waiting."""
        run, self._run, self._run_bytes = self._run, [], 0
        if not run:
            return
        bad: dict[int, VerificationError] = {}
        held: set[int] = set()
        while True:
            after, refused, waiting = _replay_run(self.state, run, bad, held)
            failures = _verify(waiting)
            if not failures:
                break
            # A bad ballot had an effect on those after it: they are replayed without it.
            bad.update(failures)
            held.update(item.place for item in waiting if item.place not in failures)
        findings = {**refused, **bad}
        for place in sorted(findings):
            self._find(findings[place], self.state.size + place, type_of(run[place]))
        self.state = after

    def _judge_alone(self, raw: bytes, type_: str) -> None:
        try:
            self.state = replay(self.state, raw)
        except VerificationError as error:
            self._find(error, self.state.size, type_)
            self.state = skip(self.state, raw)

    def _find(self, error: VerificationError, index: int, type_: str) -> None:
        self._audit.find(error, f"entry {index} ({type_})")


def type_of(raw: bytes) -> str:
    """Read the type from the end of an entry, where canonical JSON has it; `unknown` where it is none."""
    found = raw[-_LONGEST_TYPE:].rpartition(_TYPE_KEY)[2].removesuffix(b'"}').decode("ascii", "replace")
    return found if found in _TYPES else "unknown"


def _replay_run(
    state: State, run: list[bytes], bad: dict[int, VerificationError], held: set[int]
) -> tuple[State, dict[int, VerificationError], list[_Waiting]]:
    """Replay a run without its known bad entries; give the state, the refusals, and the arguments left to verify."""
    refused: dict[int, VerificationError] = {}
    waiting: list[_Waiting] = []
    for place, raw in enumerate(run):
        if place in bad:
            state = skip(state, raw)
            continue
        try:
            state, statements = prepare(state, raw)
        except VerificationError as error:
            refused[place] = error
            state = skip(state, raw)
        else:
            if place not in held:
                waiting += [_Waiting(place, statement) for statement in statements]
    return state, refused, waiting


def _verify(waiting: list[_Waiting]) -> dict[int, VerificationError]:
    """Verify arguments in one batch; give the refusal of each bad one by its place."""
    try:
        verify_batch([item.statement for item in waiting])
    except BatchRefused as error:
        places = {item.statement.subject: item.place for item in waiting}
        return {places[culprit]: failure for failure in error.failures for culprit in failure.culprits}
    except EncodingError:
        return _verify_one_by_one(waiting)
    return {}


def _verify_one_by_one(waiting: list[_Waiting]) -> dict[int, VerificationError]:
    """Find the argument with a challenge of 0, of which the batch does not say where it is."""
    failures: dict[int, VerificationError] = {}
    for item in waiting:
        try:
            verify_argument(item.statement)
        except VerificationError as error:
            failures[item.place] = error
        except EncodingError as error:
            failures[item.place] = VerificationError("V2.D", str(error), (item.statement.subject,))
    return failures
