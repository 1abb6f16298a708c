"""Looking at ballots on threads or in processes finds what replay would find."""

import pytest

from api.sequencer import looking as module
from api.sequencer.looking import WORTH_A_PROCESS, Looker
from tally.replay import Known, known_of
from tests.api.world import voting_world
from voting_core.errors import VerificationError


def ballots(bad: set[int], count: int) -> tuple[list[bytes], Known]:
    """Ballots of which some have a false argument, and what they are opened with."""
    world, contest = voting_world()
    known = known_of(world.state)
    assert known is not None
    return [world.forged(card, contest) if card in bad else world.cast(card, contest) for card in range(count)], known


def bad_of(found: tuple[module.Ahead, ...]) -> dict[int, VerificationError]:
    return {number: ahead.argument for number, ahead in enumerate(found) if ahead.argument is not None}


@pytest.mark.parametrize("threads", [1, 3])
def test_every_bad_argument_is_named_and_no_other(threads: int) -> None:
    looker = Looker(threads)
    run, known = ballots({1, 6, 7}, 8)
    found = looker.begin(run, known).result()
    assert {number: error.code for number, error in bad_of(found).items()} == {1: "V8.H", 6: "V8.H", 7: "V8.H"}
    assert bad_of(looker.begin(run[2:6], known).result()) == {}
    looker.close()


def test_many_that_wait_together_start_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    looker = Looker(1, processes=1)
    assert looker._verifiers is not None
    monkeypatch.setattr(looker._verifiers, "_command", ("false",))
    run, known = ballots({3}, WORTH_A_PROCESS)
    assert set(bad_of(looker.begin(run[: WORTH_A_PROCESS - 1], known).result())) == {3}
    assert looker._verifiers._alive == 0
    # None is ready, so this one is looked at here as well.
    assert set(bad_of(looker.begin(run, known).result())) == {3}
    looker.close()


def test_there_are_as_many_hands_as_threads_or_processes() -> None:
    for threads, processes, hands in ((2, 0, 2), (1, 3, 3)):
        looker = Looker(threads, processes)
        assert looker.hands == hands
        looker.close()
