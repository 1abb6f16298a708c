"""Putting entries into the log: durable, then visible.

The appender holds the view. It changes it only after the writer has committed; when the commit fails, the view is the
one before.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from immutables import Map

from api.sequencer.code_index import CodeIndex
from api.sequencer.log_index import LogIndex
from api.sequencer.view import View
from api.store.failures import StorageError
from api.store.operations import LogGroup, NewEntry, PendingBallot, add_pending, append_group
from api.store.writer import Work, Writer
from tally.entries.envelope import Entry
from tally.replay import prepare
from tally.state import State
from voting_core.errors import FatalError, VerificationError
from voting_core.log.checkpoint import Checkpoint, sign_checkpoint
from voting_core.log.merkle import leaf_hash
from voting_core.signing_key import SigningKey

KEPT_BYTES: Final = 2**23
"""Of how many bytes of waiting ballots the server keeps what it found out, which takes four times as much. Fewer than a
batch of each contest wait for long; thousands do when batches cannot be written, and are looked at again then."""


class Appender:
    """Writes accepted ballots and log entries, and holds what the server knows."""

    def __init__(self, view: View, index: LogIndex, writer: Writer, log_key: SigningKey) -> None:
        self.view = view
        self.index = index
        self.codes = CodeIndex((*view.log.ballots, *view.pending))
        self.in_doubt = False
        """True while something may be stored that the view does not have yet."""
        self._waiting_leaves = {leaf_of(ballot) for ballot in view.pending.values()}
        self._writer = writer
        self._log_key = log_key

    def has(self, raw: bytes) -> bool:
        """Whether an entry was accepted already: a quick answer for any thread, while the sequencer changes things."""
        leaf = leaf_hash(raw)
        return leaf in self._waiting_leaves or self.index.find(leaf, self.view.log.size) is not None

    def accept(self, ballots: Sequence[PendingBallot], intake: State) -> None:
        """Make accepted ballots durable; `intake` is the state with them.

        Raises:
            StorageError: nothing was stored.
            FatalError: nobody knows.
        """
        self._write(add_pending(ballots))
        self.codes.add(ballot.ballot_id for ballot in ballots)
        self._waiting_leaves.update(leaf_of(ballot) for ballot in ballots)
        pending = self.view.pending.update({ballot.ballot_id: ballot for ballot in self._as_kept(ballots)})
        self.view = replace(self.view, intake=intake, pending=pending)
        self.in_doubt = False

    def append(self, log: State, intake: State, entries: Sequence[NewEntry], arrived: Sequence[bytes] = ()) -> None:
        """Put entries into the log in one commit, with a checkpoint after them.

        `log` and `intake` are the states after them, `arrived` the ids of the ballots among them.

        Raises:
            StorageError: nothing was stored.
            FatalError: nobody knows.
        """
        note = sign_checkpoint(Checkpoint(log.session_id, log.size, log.root), self._log_key)
        leaves = {leaf_of(self.view.pending[ballot_id]) for ballot_id in arrived}
        pending = without(self.view.pending, arrived)
        group = LogGroup(self.view.log.size, tuple(entries), note, tuple(arrived))
        self._write(append_group(group), tidy=bool(arrived))
        self.index.append([entry.leaf for entry in entries])
        self._waiting_leaves -= leaves
        self.view = replace(self.view, log=log, intake=intake, pending=pending)
        self.in_doubt = False

    def _as_kept(self, ballots: Sequence[PendingBallot]) -> list[PendingBallot]:
        """Forget what was found out about ballots that there is no room for."""
        room = KEPT_BYTES - sum(len(ballot.raw) for ballot in self.view.pending.values() if ballot.ahead is not None)
        kept = []
        for ballot in ballots:
            room -= len(ballot.raw)
            kept.append(ballot if room >= 0 else replace(ballot, ahead=None))
        return kept

    def _write(self, work: Work[None], *, tidy: bool = False) -> None:
        self.in_doubt = True
        try:
            self._writer.submit(work, tidy=tidy).result()
        except StorageError:
            self.in_doubt = False
            raise

    def append_waiting(self, *contests: str) -> None:
        """Put the waiting ballots of contests into the log in one commit, those of each sorted by ballot id
        (SPEC §8.7).

        Raises:
            StorageError: nothing was stored; the ballots wait on.
            FatalError: a ballot that was accepted is not valid any more, or nobody knows what is stored.
        """
        ballots = [ballot for contest in contests for ballot in self.view.waiting_for(contest)]
        if not ballots:
            return
        log = self.view.log
        try:
            for ballot in ballots:
                log, _ = prepare(log, ballot.raw, ballot.ahead)
        except VerificationError as error:
            raise FatalError(
                "a ballot that was accepted cannot enter the log; the server stops taking ballots"
            ) from error
        arrived = [ballot.ballot_id for ballot in ballots]
        entries = [NewEntry(ballot.raw, leaf_of(ballot)) for ballot in ballots]
        # These ballots waited and are in the log now. The intake has them already, so those that wait on need not be
        # judged again.
        self.append(log, self.view.intake, entries, arrived)


def leaf_of(ballot: PendingBallot) -> bytes:
    """The leaf of a waiting ballot in the log that it will enter."""
    entry = None if ballot.ahead is None else ballot.ahead.entry
    return entry.leaf if isinstance(entry, Entry) else leaf_hash(ballot.raw)


def without(pending: Map[bytes, PendingBallot], arrived: Sequence[bytes]) -> Map[bytes, PendingBallot]:
    """The ballots that still wait when some of them have arrived in the log."""
    for ballot_id in arrived:
        pending = pending.delete(ballot_id)
    return pending
