"""Putting entries into the log: durable, then visible.

The appender holds the view. It changes it only after the writer has committed; when the commit fails, the view is the
one before.
"""

from collections.abc import Sequence
from dataclasses import replace

from immutables import Map

from api.sequencer.code_index import CodeIndex
from api.sequencer.log_index import LogIndex
from api.sequencer.view import View
from api.store.failures import StorageError
from api.store.operations import LogGroup, NewEntry, PendingBallot, add_pending, append_group
from api.store.writer import Work, Writer
from tally.entries.envelope import decode_entry
from tally.replay import prepare_entry
from tally.state import State
from voting_core.errors import FatalError, VerificationError
from voting_core.log.checkpoint import Checkpoint, sign_checkpoint
from voting_core.log.merkle import leaf_hash
from voting_core.signing_key import SigningKey


class Appender:
    """Writes accepted ballots and log entries, and holds what the server knows."""

    def __init__(self, view: View, index: LogIndex, writer: Writer, log_key: SigningKey) -> None:
        self.view = view
        self.index = index
        self.codes = CodeIndex((*view.log.ballots, *view.pending))
        self.in_doubt = False
        """True while something may be stored that the view does not have yet."""
        self._writer = writer
        self._log_key = log_key

    def accept(self, ballots: Sequence[PendingBallot], intake: State) -> None:
        """Make accepted ballots durable; `intake` is the state with them.

        Raises:
            StorageError: nothing was stored.
            FatalError: nobody knows.
        """
        self._write(add_pending(ballots))
        self.codes.add(ballot.ballot_id for ballot in ballots)
        pending = self.view.pending.update({ballot.ballot_id: ballot for ballot in ballots})
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
        pending = without(self.view.pending, arrived)
        group = LogGroup(self.view.log.size, tuple(entries), note, tuple(arrived))
        self._write(append_group(group), tidy=bool(arrived))
        self.index.append([entry.leaf for entry in entries])
        self.view = replace(self.view, log=log, intake=intake, pending=pending)
        self.in_doubt = False

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
                log, _ = prepare_entry(log, ballot.entry or decode_entry(ballot.raw))
        except VerificationError as error:
            raise FatalError(
                "a ballot that was accepted cannot enter the log; the server stops taking ballots"
            ) from error
        arrived = [ballot.ballot_id for ballot in ballots]
        entries = [NewEntry(ballot.raw, leaf_hash(ballot.raw)) for ballot in ballots]
        # These ballots waited and are in the log now. The intake has them already, so those that wait on need not be
        # judged again.
        self.append(log, self.view.intake, entries, arrived)


def without(pending: Map[bytes, PendingBallot], arrived: Sequence[bytes]) -> Map[bytes, PendingBallot]:
    """The ballots that still wait when some of them have arrived in the log."""
    for ballot_id in arrived:
        pending = pending.delete(ballot_id)
    return pending
