"""Starting from the database: replay everything, trust nothing.

The disk is not believed: every entry is replayed with its arguments, the leaf hashes and the last checkpoint must be
those of the replayed log, and the waiting ballots are judged again. What comes out is the state before the stop.
"""

import logging
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from immutables import Map

from api.sequencer.admission import Admission
from api.sequencer.intake import judge_ballots
from api.sequencer.log_index import LogIndex
from api.sequencer.looking import Looker
from api.sequencer.view import View
from api.store.operations import PendingBallot
from api.store.reader import Reader
from tally.entries.entry_type import BALLOT_TYPES
from tally.replay import Ahead, initial, known_of, prepare, replay
from tally.state import State
from tally.verify.entries import type_of
from voting_core.errors import FatalError, PlenumError, VerificationError
from voting_core.log.checkpoint import verify_checkpoint
from voting_core.log.merkle import leaf_hash
from voting_core.public import SODIUM, PublicGroup

_log = logging.getLogger("plenum.recovery")

TOLD_EVERY = 500
"""Entries between two lines of progress."""

BATCH = 64
"""Ballots that are looked at together."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """The view, the leaves, and the last cosigned tree as they were."""

    view: View
    index: LogIndex
    cosigned: tuple[int, bytes]


def recover(reader: Reader, admission: Admission, looker: Looker, group: PublicGroup = SODIUM) -> Recovered:
    """Rebuild what the server knew.

    Raises:
        FatalError: the database does not hold a valid log with its checkpoint, or a waiting ballot is not valid.
        StateError: the session is not one for this server's keys or mode.
    """
    log, leaves = replay_log(reader, looker, group)
    if log.session is not None:
        admission.check_session(log.session)
    rows = reader.pending()
    intake = _with_waiting(log, rows, looker)
    pending = Map({row.ballot_id: row for row in rows})
    _log.info(
        "the log has %d entries, as its last checkpoint says; %d ballots wait for their batch", log.size, len(pending)
    )
    sizes = reader.cosigned_sizes()
    cosigned = sizes[-1] if sizes else 0
    return Recovered(View(log, intake, pending), LogIndex(leaves), (cosigned, log.root_at(cosigned)))


def replay_log(reader: Reader, looker: Looker | None, group: PublicGroup = SODIUM) -> tuple[State, list[bytes]]:
    """Replay the stored log, and compare it with the last checkpoint; gives the state and the leaves. Without a
    `looker` everything but the arguments of ballots is judged.

    Raises:
        FatalError: an entry is not valid, entries are missing, or the checkpoint is of another log.
    """
    going = _Replay(group, looker, reader.size())
    for raw in reader.entries(0, going.size):
        going.take(raw)
    going.settle(0)
    _check_checkpoint(reader, going.state)
    return going.state, going.leaves


class _Replay:
    """Judges entries in their order, while ballots behind them are being looked at."""

    def __init__(self, group: PublicGroup, looker: Looker | None, size: int) -> None:
        self.state = initial(group)
        self.leaves: list[bytes] = []
        self.size = size
        self._looker = looker
        self._run: list[bytes] = []
        self._looking: deque[tuple[list[bytes], Future[tuple[Ahead, ...]]]] = deque()

    def take(self, raw: bytes) -> None:
        """Judge an entry, or let it wait for its run."""
        if self._looker is None:
            self._judge(raw, None)
        elif type_of(raw) in BALLOT_TYPES:
            self._run.append(raw)
            if len(self._run) == BATCH:
                self._send(self._looker)
                self.settle(self._looker.hands)
        else:
            # Ballots are looked at with the key and the contests of the entries before them.
            self.settle(0)
            self._judge(raw, None)

    def settle(self, waiting: int) -> None:
        """Judge all but the last runs; with `waiting` 0 everything."""
        if self._looker is not None and not waiting:
            self._send(self._looker)
        while len(self._looking) > waiting:
            run, looking = self._looking.popleft()
            for raw, ahead in zip(run, looking.result(), strict=True):
                self._judge(raw, ahead)

    def _send(self, looker: Looker) -> None:
        run, self._run = self._run, []
        if run:
            self._looking.append((run, looker.begin(run, known_of(self.state))))

    def _judge(self, raw: bytes, ahead: Ahead | None) -> None:
        index = len(self.leaves)
        if index and index % TOLD_EVERY == 0:
            _log.info("replayed %d of %d entries", index, self.size)
        try:
            self.state = prepare(self.state, raw)[0] if self._looker is None else replay(self.state, raw, ahead)
        except VerificationError as error:
            raise FatalError(f"entry {index} of the database is not valid: {_code(error)}; restore a backup") from error
        self.leaves.append(leaf_hash(raw))


def _with_waiting(log: State, rows: Sequence[PendingBallot], looker: Looker) -> State:
    """The state of the log with the waiting ballots.

    Raises:
        FatalError: one of them is not valid.
    """
    state, known = log, known_of(log)
    for at in range(0, len(rows), BATCH):
        part = rows[at : at + BATCH]
        found = looker.begin([row.raw for row in part], known).result()
        judgement = judge_ballots(state, [replace(row, ahead=ahead) for row, ahead in zip(part, found, strict=True)])
        for position, error in judgement.refused.items():
            raise _not_valid(part[position], error)
        state = judgement.state
    return state


def _check_checkpoint(reader: Reader, log: State) -> None:
    stored = reader.checkpoint()
    if stored is None and log.size == 0:
        return
    if stored is None:
        raise FatalError("the database has entries and no checkpoint; restore a backup")
    try:
        signed = verify_checkpoint(stored.note, log.session_id, log.facts.log_key)
    except VerificationError as error:
        raise FatalError(
            f"the last checkpoint of the database is not valid: {_code(error)}; restore a backup"
        ) from error
    if (signed.checkpoint.size, signed.checkpoint.root) != (log.size, log.root):
        raise FatalError(
            f"the database has {log.size} entries and a checkpoint of {signed.checkpoint.size}: "
            "entries were lost or changed; restore a backup"
        )


def _not_valid(row: PendingBallot, error: PlenumError) -> FatalError:
    return FatalError(f"the waiting ballot {row.ballot_id.hex()[:16]} is not valid: {_code(error)}")


def _code(error: PlenumError) -> str:
    return error.code if isinstance(error, VerificationError) else str(error)
