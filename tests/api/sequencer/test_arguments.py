"""Arguments on several threads or in processes: every bad one is named, wherever it falls."""

import pytest

from api.sequencer.arguments import WORTH_A_PROCESS, ArgumentChecker
from tally.replay import prepare
from tests.api.world import voting_world
from voting_core.argument.statement import Statement


def statements(bad: set[int], count: int) -> list[Statement]:
    world, contest = voting_world()
    raws = [world.forged(card, contest) if card in bad else world.cast(card, contest) for card in range(count)]
    return [prepare(world.state, raw)[1][0] for raw in raws]


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("bad", [set(), {0}, {1, 6, 11}])
def test_every_bad_argument_is_named_and_no_other(threads: int, bad: set[int]) -> None:
    checker = ArgumentChecker(threads)
    batch = statements(bad, 12)
    failures = checker.failures(batch)
    assert set(failures) == {batch[number].subject for number in bad}
    assert {error.code for error in failures.values()} <= {"V8.H"}
    checker.close()


def test_nothing_to_verify_is_nothing_wrong() -> None:
    checker = ArgumentChecker(2)
    assert checker.failures([]) == {}
    checker.close()


def test_large_batches_alone_start_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    checker = ArgumentChecker(1, processes=1)
    assert checker._verifiers is not None
    monkeypatch.setattr(checker._verifiers, "_command", ("false",))
    batch = statements({3}, WORTH_A_PROCESS)
    assert checker.failures(batch[: WORTH_A_PROCESS - 1])
    assert checker._verifiers._alive == 0
    # None is ready, so this one is verified here as well.
    assert set(checker.failures(batch)) == {batch[3].subject}
    checker.close()
