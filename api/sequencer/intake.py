"""Judging ballots that arrive together, with what was found out about them ahead of their turn.

Replay judges one after the other, in their order; whoever looked ahead decides nothing. A ballot that is refused takes
nobody with it: what comes after it is judged as if it had never been sent.
"""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from api.sequencer.appending import Appender
from api.sequencer.ballot_facts import pending_ballot
from api.sequencer.cosigned import CosignedTree
from api.sequencer.looking import Looker
from api.sequencer.tasks import BallotTask, Receipt, refuse
from api.store.operations import PendingBallot
from tally.entries.envelope import Entry, decode_entry
from tally.replay import Ahead, known_of, replay
from tally.state import State
from voting_core.errors import PlenumError
from voting_core.log.merkle import leaf_hash


@dataclass(frozen=True, slots=True)
class Judgement:
    """`state` after the accepted ballots; the positions of the accepted; the errors of the refused by position."""

    state: State
    accepted: tuple[int, ...]
    refused: dict[int, PlenumError]


def judge_ballots(state: State, ballots: Sequence[PendingBallot]) -> Judgement:
    """Judge entries of the types `ballot.*` in their order against a state, arguments included."""
    accepted: list[int] = []
    refused: dict[int, PlenumError] = {}
    for position, ballot in enumerate(ballots):
        try:
            state = replay(state, ballot.raw, ballot.ahead)
        except PlenumError as error:
            refused[position] = error
        else:
            accepted.append(position)
    return Judgement(state, tuple(accepted), refused)


class Awaited:
    """Ballots that are being looked at; those that were accepted before are not."""

    def __init__(self, is_new: Sequence[bool], found: "Future[tuple[Ahead, ...]] | None") -> None:
        self._is_new = is_new
        self._found = found

    def done(self) -> bool:
        """Whether the answer is there."""
        return self._found is None or self._found.done()

    def result(self) -> list[Ahead | None]:
        """Wait for what was found out about each of them, None where nobody looks."""
        found = iter(() if self._found is None else self._found.result())
        return [next(found) if is_new else None for is_new in self._is_new]


class BallotJudge:
    """Accepts ballots, and puts them into the log in batches of at least `batch`."""

    def __init__(self, appender: Appender, looker: Looker, cosigned: CosignedTree, batch: int) -> None:
        self._appender = appender
        self._cosigned = cosigned
        self._looker = looker
        self._batch = batch

    def look(self, tasks: Sequence[BallotTask]) -> Awaited:
        """Begin to look at ballots ahead of their turn. Sending again what was accepted costs the server nothing."""
        is_new = [not self._appender.has(task.raw) for task in tasks]
        raws = [task.raw for task, new in zip(tasks, is_new, strict=True) if new]
        known = known_of(self._appender.view.log)
        return Awaited(is_new, self._looker.begin(raws, known) if raws else None)

    def take(self, turns: Sequence[tuple[BallotTask, Ahead | None]]) -> None:
        """Judge ballots that arrived together; each gets its receipt once it is durable, or the error that refuses it.

        Raises:
            StorageError: none of those that were accepted is stored.
            FatalError: nobody knows.
        """
        same: dict[bytes, list[BallotTask]] = {}
        looked: dict[bytes, Ahead | None] = {}
        for task, ahead in turns:
            same.setdefault(task.raw, []).append(task)
            looked[task.raw] = looked.get(task.raw) or ahead
        new: list[PendingBallot] = []
        for raw, group in same.items():
            try:
                ballot = self._ballot(raw, looked[raw])
            except PlenumError as error:
                refuse(group, error)
                continue
            if self._is_accepted(ballot):
                self._answer(group, ballot)
            else:
                new.append(ballot)
        judgement = judge_ballots(self._appender.view.intake, new)
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

    def _ballot(self, raw: bytes, ahead: Ahead | None) -> PendingBallot:
        """A ballot with what was found out about it; one at which nobody looked is looked at when it is judged.

        Raises:
            VerificationError: it is none.
            StateError: it is another entry.
        """
        entry = decode_entry(raw) if ahead is None else ahead.entry
        if not isinstance(entry, Entry):
            raise entry
        return pending_ballot(self._appender.view.intake, entry, ahead)

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
