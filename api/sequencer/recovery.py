"""Starting from the database: replay everything, trust nothing.

The disk is not believed: every entry is replayed with its arguments, the leaf hashes and the last checkpoint must be
those of the replayed log, and the waiting ballots are judged again. What comes out is the state before the stop.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from immutables import Map

from api.sequencer.admission import Admission
from api.sequencer.arguments import ArgumentChecker
from api.sequencer.intake import judge_ballots
from api.sequencer.log_index import LogIndex
from api.sequencer.view import View
from api.store.operations import PendingBallot
from api.store.reader import Reader
from tally.entries.envelope import Entry, decode_entry
from tally.replay import initial, prepare
from tally.state import State
from voting_core.argument.statement import Statement
from voting_core.errors import FatalError, PlenumError, VerificationError
from voting_core.log.checkpoint import verify_checkpoint
from voting_core.log.merkle import leaf_hash
from voting_core.public import SODIUM, PublicGroup

_log = logging.getLogger("plenum.recovery")

Check = Callable[[Sequence[Statement]], dict[str, VerificationError]]
"""Verifies arguments; gives the error of each bad one by its subject."""

TOLD_EVERY = 500
"""Entries between two lines of progress."""

BATCH = 200
"""Ballots whose arguments are verified together."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """The view, the leaves, and the last cosigned tree as they were."""

    view: View
    index: LogIndex
    cosigned: tuple[int, bytes]


def recover(reader: Reader, admission: Admission, checker: ArgumentChecker, group: PublicGroup = SODIUM) -> Recovered:
    """Rebuild what the server knew.

    Raises:
        FatalError: the database does not hold a valid log with its checkpoint, or a waiting ballot is not valid.
        StateError: the session is not one for this server's keys or mode.
    """
    log, leaves = replay_log(reader, checker.failures, group)
    if log.session is not None:
        admission.check_session(log.session)
    rows = reader.pending()
    judgement = judge_ballots(log, [_decoded(row) for row in rows], checker)
    for position, error in judgement.refused.items():
        raise _not_valid(rows[position], error)
    pending = Map({row.ballot_id: row for row in rows})
    _log.info(
        "the log has %d entries, as its last checkpoint says; %d ballots wait for their batch", log.size, len(pending)
    )
    sizes = reader.cosigned_sizes()
    cosigned = sizes[-1] if sizes else 0
    return Recovered(View(log, judgement.state, pending), LogIndex(leaves), (cosigned, log.root_at(cosigned)))


def replay_log(reader: Reader, check: Check, group: PublicGroup = SODIUM) -> tuple[State, list[bytes]]:
    """Replay the stored log, and compare it with the last checkpoint; gives the state and the leaves.

    Raises:
        FatalError: an entry is not valid, entries are missing, or the checkpoint is of another log.
    """
    log, leaves = _replay(reader, check, group)
    _check_checkpoint(reader, log)
    return log, leaves


def _replay(reader: Reader, check: Check, group: PublicGroup) -> tuple[State, list[bytes]]:
    state, leaves = initial(group), []
    statements: list[Statement] = []
    size = reader.size()
    for index, raw in enumerate(reader.entries(0, size)):
        if index and index % TOLD_EVERY == 0:
            _log.info("replayed %d of %d entries", index, size)
        try:
            state, needed = prepare(state, raw)
        except VerificationError as error:
            raise FatalError(f"entry {index} of the database is not valid: {_code(error)}; restore a backup") from error
        leaves.append(leaf_hash(raw))
        statements.extend(needed)
        if len(statements) >= BATCH:
            _check_arguments(check, statements)
            statements = []
    _check_arguments(check, statements)
    return state, leaves


def _check_arguments(check: Check, statements: list[Statement]) -> None:
    for subject, error in check(statements).items():
        raise FatalError(f"ballot {subject} of the database is not valid: {_code(error)}; restore a backup")


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


def _decoded(row: PendingBallot) -> Entry:
    try:
        return decode_entry(row.raw)
    except VerificationError as error:
        raise _not_valid(row, error) from error


def _not_valid(row: PendingBallot, error: PlenumError) -> FatalError:
    return FatalError(f"the waiting ballot {row.ballot_id.hex()[:16]} is not valid: {_code(error)}")


def _code(error: PlenumError) -> str:
    return error.code if isinstance(error, VerificationError) else str(error)
