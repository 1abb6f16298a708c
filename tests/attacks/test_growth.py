"""Work that grows faster than the session (SPEC §5.4, §8.1).

What is quick with ten ballots in the laboratory stands still with a thousand in the hall, and whoever can make a
service slow can stop a vote. Work is counted here, not timed: group operations, hashes, and calls of any function.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import FrameType
from typing import Any

import pytest

from tally.replay import expected, replay, replay_batch
from tally.state import State
from tests.support.session import Cards, SessionBuilder
from voting_core import group
from voting_core.log import merkle

FEW, MANY = 10, 100
TIMES = MANY // FEW


@dataclass
class Work:
    """What was counted."""

    calls: int = 0
    multiplications: int = 0
    hashes: int = 0


@contextmanager
def counted(patch: pytest.MonkeyPatch) -> Iterator[Work]:
    """Count all work in the block."""
    work = Work()

    def counting(name: str, function: Any) -> Any:
        def run(*given: Any) -> Any:
            setattr(work, name, getattr(work, name) + 1)
            return function(*given)

        return run

    def note(frame: FrameType, event: str, argument: object) -> None:
        del frame, argument
        work.calls += event in ("call", "c_call")

    with patch.context() as inner:
        for name in ("_sodium_multiply", "_sodium_multiply_base"):
            inner.setattr(group, name, counting("multiplications", getattr(group, name)))
        inner.setattr(merkle, "node_hash", counting("hashes", merkle.node_hash))
        before = sys.getprofile()
        sys.setprofile(note)
        try:
            yield work
        finally:
            sys.setprofile(before)


@cache
def hall() -> tuple[SessionBuilder, tuple[bytes, ...]]:
    """A session open for a hundred voters, and their ballots."""
    session = SessionBuilder(cards=Cards(drawn=MANY, test=0, left_over=0, reserve=0)).run("open")
    return session, tuple(session.cast((number % 3,), number) for number in range(MANY))


def one_by_one(state: State, raws: Sequence[bytes]) -> State:
    for raw in raws:
        state = replay(state, raw)
    return state


def from_the_start(state: State, raws: Sequence[bytes]) -> State:
    """A weak service: to judge a ballot, it verifies everything that came before it once more."""
    after = state
    for count in range(1, len(raws) + 1):
        after = one_by_one(state, raws[:count])
    return after


def growth(run: Any, patch: pytest.MonkeyPatch, few: int = FEW, many: int = MANY) -> dict[str, float]:
    """How much more work `many` ballots are than `few`."""
    session, ballots = hall()
    run(session.state, ballots[:2])  # what is computed once is computed now
    spent = []
    for number in (few, many):
        with counted(patch) as work:
            run(session.state, ballots[:number])
        spent.append(work)
    return {
        "calls": spent[1].calls / spent[0].calls,
        "multiplications": spent[1].multiplications / spent[0].multiplications,
        "hashes": spent[1].hashes / max(1, spent[0].hashes),
    }


@pytest.mark.parametrize("run", [one_by_one, replay_batch])
def test_ten_times_the_ballots_are_ten_times_the_work(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    grown = growth(run, monkeypatch)
    assert grown["calls"] <= TIMES * 1.1
    assert grown["multiplications"] <= TIMES * 1.01
    # A tree of n entries costs n hashes and a few for each root: n log n at most.
    assert grown["hashes"] <= TIMES * 1.5


def test_verifying_from_the_start_each_time_is_found_by_this_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the ballots, fourteen times the work."""
    grown = growth(from_the_start, monkeypatch, few=5, many=20)
    assert grown["multiplications"] == pytest.approx(210 / 15)
    assert grown["calls"] > 4 * 2


def test_closing_and_decrypting_cost_the_same_for_few_and_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trustees work on sums: the number of ballots shows only in the table of the count, which only adds."""
    session, ballots = hall()
    spent = []
    for number in (FEW, MANY):
        here = session.fork()
        here.state = replay_batch(here.state, ballots[:number])
        for step in (here.stage_closed, here.stage_reported, here.stage_verified):
            step()
        with counted(monkeypatch) as work:
            here.stage_share_committed()
            here.stage_shared()
            here.add(expected.counted_body(here.state, "motion"), here.officials[0])
        spent.append(work)
    few, many = spent
    assert many.multiplications == few.multiplications
    assert many.calls - few.calls <= 20 * (MANY - FEW)
