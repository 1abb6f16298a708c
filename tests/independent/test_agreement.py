"""Two programs judge the same entries, right ones and nearly right ones, in all kinds of order.

* What replay accepts, the second implementation accepts too, with the same root and the same number of ballots.
* What replay refuses by a check that the second implementation makes as well, that refuses too.
* Nothing ends either of them but a refusal.
"""

import copy
import random  # noqa: TID251  # which entries are offered is no secret
from collections import Counter
from dataclasses import dataclass, field

import pytest

from tally.replay import replay
from tally.state import State
from tests.independent.errors import Refused
from tests.independent.session import Session
from tests.support.candidates import Candidates
from tests.support.session import STAGES, SessionBuilder
from voting_core.errors import VerificationError

WALKS, LONGEST = 60, 12
COVERED = ("V2.A", "V2.C", "V2.D", "V3", "V4.A", "V5", "V6", "V8", "V9.C", "V10", "V11.A", "V11.B", "V11.C")
"""What `record.py` says that the second implementation checks."""


@dataclass
class Seen:
    """What a run has met."""

    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    differing: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def stages() -> dict[str, SessionBuilder]:
    return SessionBuilder("agreement").snapshots()


@pytest.fixture(scope="module")
def readers(stages: dict[str, SessionBuilder]) -> dict[str, Session]:
    """The second implementation at the end of every stage."""
    reader, done, found = Session(), 0, {}
    for stage in STAGES:
        for raw in stages[stage].entries[done:]:
            reader.take(raw)
        done = len(stages[stage].entries)
        found[stage] = copy.deepcopy(reader)
    return found


def judged(state: State, raw: bytes) -> tuple[str, State]:
    try:
        return "", replay(state, raw)
    except VerificationError as refusal:
        return refusal.code, state


def read(reader: Session, raw: bytes) -> tuple[str, Session]:
    after = copy.deepcopy(reader)
    try:
        after.take(raw)
    except Refused as refusal:
        return refusal.code, reader
    except (KeyError, TypeError, StopIteration, IndexError, ValueError) as error:
        # It does not check the form of bodies (V2.B) nor who may do what when (V4.D), and stumbles over both.
        return type(error).__name__, reader
    return "", after


def walk(state: State, reader: Session, candidates: Candidates, steps: int, seen: Seen) -> None:
    """Offer entries to both, and go on from those that are accepted."""
    for _ in range(steps):
        raw = candidates.next(state)
        code, after = judged(state, raw)
        other, reader_after = read(reader, raw)
        if (not code and other) or (code.startswith(COVERED) and not other):
            seen.differing.append(f"replay: {code or 'accepts'}, second: {other or 'accepts'}: {raw.decode()[:400]}")
            return
        if code:
            seen.refused[code] += 1
            continue
        seen.accepted += 1
        state, reader = after, reader_after
        assert reader.tree.roots[-1] == state.root
        for contest in state.contests.values():
            assert sum(number for number, _ in reader.votes[contest.id].sums.values()) == contest.cast


@pytest.mark.parametrize("seed", [1, 2])
def test_both_programs_judge_alike(stages: dict[str, SessionBuilder], readers: dict[str, Session], seed: int) -> None:
    rnd, seen = random.Random(seed), Seen()
    candidates = Candidates(stages["sealed"], rnd)
    for _ in range(WALKS):
        stage = rnd.choice(STAGES)
        walk(stages[stage].state, readers[stage], candidates, rnd.randrange(3, LONGEST), seen)
    assert seen.differing == []
    # A run that accepts nothing, or refuses everything for one reason, compares nothing.
    assert seen.accepted > WALKS
    assert len(seen.refused) > 12, seen.refused


def test_a_program_that_forgets_a_pause_is_found(
    stages: dict[str, SessionBuilder], readers: dict[str, Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second implementation did, until this comparison was made."""
    monkeypatch.setattr(Session, "_contest_paused", lambda *_: None)
    candidates, seen = Candidates(stages["sealed"], random.Random(3)), Seen()
    for _ in range(WALKS):
        walk(stages["open"].state, readers["open"], candidates, LONGEST, seen)
        if seen.differing:
            return
    raise AssertionError("nothing was found")
