"""Looking up a confirmation code without asking anybody: lists by the first characters, each ballot with its proof.

Whoever asks a server for one code tells the server which ballot is theirs. A list of many ballots tells nothing, and
the rest of the address (``#7Q2M-…``) never leaves the browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ballots.screen.words import Bilingual, Said
from ballots.sealed_ballot import ballot_id, confirmation_code
from tally.board.tree import ProofStep, Tree
from tally.entries.ballots import BallotCast, BallotChallenged
from tally.entries.envelope import Entry
from tally.state import ContestState, State
from tally.state.contest import Status

ONE_CHARACTER: Final = 8_000
"""Up to so many ballots the lists go by the first character (250 ballots on each), beyond by the first two.

Long lists hide better whose ballot is looked for; a list of 250 ballots with their proofs is under a megabyte.
"""

COUNTED: Final = Said("已投票，计入", "Cast and counted")
CAST: Final = Said("已投票，尚未计票", "Cast, not counted yet")
NEVER: Final = Said("已投票；该项表决已中止，不计票", "Cast; the vote was abandoned and is never counted")
TESTED: Final = Said("查验票，已当众打开，不计入", "A tested ballot: opened for everybody, not counted")


@dataclass(frozen=True, slots=True)
class Found:
    """A ballot of the log: its code, its place, what became of it, and the way from its leaf to the root."""

    code: str
    id: str
    index: int
    contest: Bilingual
    status: Said
    leaf: str
    steps: tuple[ProofStep, ...]


def ballots_of(state: State, entries: Iterable[Entry], tree: Tree) -> tuple[Found, ...]:
    """Every ballot with a code, in the order of the codes."""
    found = []
    for index, entry in enumerate(entries):
        body = entry.body
        if isinstance(body, BallotCast | BallotChallenged):
            held = state.contest_by_hash(body.ballot.contest_hash)
            identity = ballot_id(body.ballot)
            found.append(
                Found(
                    code=confirmation_code(identity),
                    id=identity.hex(),
                    index=index,
                    contest=held.contest.title,
                    status=TESTED if isinstance(body, BallotChallenged) else status_of(held),
                    leaf=entry.leaf.hex(),
                    steps=tree.proof(index),
                )
            )
    return tuple(sorted(found, key=lambda one: (one.code, one.index)))


def status_of(held: ContestState) -> Said:
    """What became of the cast ballots of a contest."""
    if held.status is Status.ABANDONED:
        return NEVER
    return COUNTED if held.has_counts else CAST


def in_lists(found: Iterable[Found]) -> Mapping[str, tuple[Found, ...]]:
    """The ballots by the first characters of their codes, in order."""
    ballots = tuple(found)
    length = 1 if len(ballots) <= ONE_CHARACTER else 2
    lists: dict[str, list[Found]] = {}
    for one in ballots:
        lists.setdefault(one.code[:length], []).append(one)
    return {prefix: tuple(lists[prefix]) for prefix in sorted(lists)}
