"""Judging all entries but ballots: against the log, and against what the waiting ballots make of it."""

from collections.abc import Sequence

from api.sequencer.admission import Admission
from api.sequencer.appending import Appender
from api.sequencer.closing import check_closing
from api.sequencer.tasks import EntryTask, Position, refuse
from api.sequencer.view import apply_pending
from api.store.operations import NewEntry
from tally.entries.closing import ContestClosed
from tally.entries.contests import ContestAbandoned, ContestPaused
from tally.entries.envelope import Entry, decode_entry
from tally.replay import prepare
from tally.state import State
from voting_core.errors import FatalError, PlenumError


class EntryJudge:
    """Puts entries into the log."""

    def __init__(self, appender: Appender, admission: Admission) -> None:
        self._appender = appender
        self._admission = admission

    def take(self, tasks: Sequence[EntryTask]) -> None:
        """Judge entries that arrived together; each gets its position once it is durable, or the error that refuses it.

        An entry that is in the log already gets the position it has: sending again is safe.

        Raises:
            StorageError: none of those that were accepted is stored.
            FatalError: nobody knows.
        """
        group = _Group(self._appender)
        for task in tasks:
            try:
                entry = decode_entry(task.raw)
                self._admission.check(entry, group.log)
                if group.knows(entry):
                    group.add_again(task, entry)
                    continue
                if isinstance(entry.body, ContestClosed | ContestPaused | ContestAbandoned):
                    # What comes before must be in the log when the waiting ballots enter it.
                    try:
                        group.commit()
                    finally:
                        group = _Group(self._appender)
                    self._before_end_of_voting(entry)
                    group = _Group(self._appender)
                group.add(task, entry)
            except FatalError:
                raise
            except PlenumError as error:
                refuse((task,), error)
        group.commit()

    def _before_end_of_voting(self, entry: Entry) -> None:
        match entry.body:
            case ContestClosed():
                check_closing(self._appender.view.log, entry, entry.body)
            case ContestPaused() | ContestAbandoned():
                # What replay refuses must not bring ballots into the log before their batch is full.
                prepare(self._appender.view.log, entry.raw)
                self._appender.append_waiting(entry.body.contest)
            case _:
                return


class _Group:
    """Entries that are judged one after the other and committed together."""

    def __init__(self, appender: Appender) -> None:
        self._appender = appender
        self._first = appender.view.log.size
        self.log: State = appender.view.log
        self._intake: State = appender.view.intake
        self._entries: list[NewEntry] = []
        self._waiting: list[tuple[EntryTask, int]] = []

    def knows(self, entry: Entry) -> bool:
        """Whether the entry is in the log or in this group."""
        return self._position(entry) is not None

    def add_again(self, task: EntryTask, entry: Entry) -> None:
        """Let somebody who sent an entry again wait for the position it has."""
        index = self._position(entry)
        if index is not None:
            self._waiting.append((task, index))

    def add(self, task: EntryTask, entry: Entry) -> None:
        """Judge an entry after those that are in the group.

        Raises:
            VerificationError: replay refuses it.
            PendingBallotError: a waiting ballot would become invalid.
        """
        log, _ = prepare(self.log, entry.raw)
        self._intake = apply_pending(log, self._appender.view.pending)
        self.log = log
        self._waiting.append((task, self._first + len(self._entries)))
        self._entries.append(NewEntry(entry.raw, entry.leaf))

    def commit(self) -> None:
        """Make the entries durable and visible, and answer everybody who waits."""
        try:
            if self._entries:
                self._appender.append(self.log, self._intake, self._entries)
        except PlenumError as error:
            refuse([task for task, _ in self._waiting], error)
            raise
        log = self._appender.view.log
        for task, index in self._waiting:
            task.future.set_result(Position(index, log.size, log.root))

    def _position(self, entry: Entry) -> int | None:
        for offset, known in enumerate(self._entries):
            if known.leaf == entry.leaf:
                return self._first + offset
        return self._appender.index.find(entry.leaf, self._first)
