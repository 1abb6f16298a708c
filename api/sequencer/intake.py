"""Judging ballots that arrive together: all checks but the argument one after the other, the arguments as batches that
are verified beside it.

The judgement is what judging them one by one in their order would give, for every ballot. A ballot whose argument
fails takes nobody with it: what came after it is judged again as if it had never been sent.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from api.sequencer.appending import Appender
from api.sequencer.arguments import PART, Checking
from api.sequencer.ballot_facts import pending_ballot
from api.sequencer.cosigned import CosignedTree
from api.sequencer.tasks import BallotTask, Receipt, refuse
from api.store.operations import PendingBallot
from tally.entries.envelope import Entry, decode_entry
from tally.replay import prepare_entry
from tally.state import State
from voting_core.argument.statement import Statement
from voting_core.errors import PlenumError
from voting_core.log.merkle import leaf_hash


class Checker(Protocol):
    """Verifies arguments beside whoever asks."""

    def begin(self, statements: Sequence[Statement]) -> Checking:
        """Begin to verify statements."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`state` after the accepted ballots; the positions of the accepted; the errors of the refused by position."""

    state: State
    accepted: tuple[int, ...]
    refused: dict[int, PlenumError]


def judge_ballots(state: State, entries: Sequence[Entry], checker: Checker) -> Judgement:
    """Judge entries of the types `ballot.*` in their order against a state."""
    bad: dict[int, PlenumError] = {}
    verified: set[int] = set()
    while True:
        chained, refused = state, dict(bad)
        statements: dict[int, Statement] = {}
        parts: list[list[Statement]] = [[]]
        checking: list[Checking] = []
        accepted = []
        for position, entry in enumerate(entries):
            if position in bad:
                continue
            try:
                chained, needed = prepare_entry(chained, entry)
            except PlenumError as error:
                refused[position] = error
                continue
            accepted.append(position)
            if needed and position not in verified:
                (statements[position],) = needed
                parts[-1].append(statements[position])
                if len(parts[-1]) == PART:
                    checking.append(checker.begin(parts[-1]))
                    parts.append([])
        checking.append(checker.begin(parts[-1]))
        failures = {subject: error for one in checking for subject, error in one.result().items()}
        failed = {n: failures[item.subject] for n, item in statements.items() if item.subject in failures}
        if not failed:
            return Judgement(chained, tuple(accepted), refused)
        bad.update(failed)
        verified.update(statements.keys() - failed.keys())


class BallotJudge:
    """Accepts ballots, and puts them into the log in batches of at least `batch`."""

    def __init__(self, appender: Appender, checker: Checker, cosigned: CosignedTree, batch: int) -> None:
        self._appender = appender
        self._cosigned = cosigned
        self._checker = checker
        self._batch = batch

    def take(self, tasks: Sequence[BallotTask]) -> None:
        """Judge ballots that arrived together; each gets its receipt once it is durable, or the error that refuses it.

        Raises:
            StorageError: none of those that were accepted is stored.
            FatalError: nobody knows.
        """
        same: dict[bytes, list[BallotTask]] = {}
        for task in tasks:
            same.setdefault(task.raw, []).append(task)
        new: list[PendingBallot] = []
        entries: list[Entry] = []
        for raw, group in same.items():
            try:
                entry = decode_entry(raw)
                ballot = pending_ballot(self._appender.view.intake, entry)
                if self._is_accepted(ballot):
                    self._answer(group, ballot)
                    continue
            except PlenumError as error:
                refuse(group, error)
                continue
            new.append(ballot)
            entries.append(entry)
        judgement = judge_ballots(self._appender.view.intake, entries, self._checker)
        for position, refusal in judgement.refused.items():
            refuse(same[new[position].raw], refusal)
        accepted = [new[position] for position in judgement.accepted]
        if accepted:
            self._appender.accept(accepted, judgement.state)
        for ballot in accepted:
            self._answer(same[ballot.raw], ballot)

    def append_due(self) -> None:
        """Put every contest's waiting ballots into the log that are enough for a batch, all in one commit.

        Raises:
            StorageError: they wait on.
            FatalError: nobody knows what is stored.
        """
        waiting = Counter(ballot.contest for ballot in self._appender.view.pending.values())
        self._appender.append_waiting(
            *(contest for contest, number in sorted(waiting.items()) if number >= self._batch)
        )

    def _is_accepted(self, ballot: PendingBallot) -> bool:
        """Whether these very bytes were accepted before: sending again is safe."""
        view = self._appender.view
        waiting = view.pending.get(ballot.ballot_id)
        if waiting is not None:
            return waiting.raw == ballot.raw
        return self._appender.index.find(leaf_hash(ballot.raw), view.log.size) is not None

    def _answer(self, tasks: Sequence[BallotTask], ballot: PendingBallot) -> None:
        size, root = self._cosigned.latest
        for task in tasks:
            task.future.set_result(Receipt(ballot.ballot_id, size, root))
