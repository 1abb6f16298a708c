import pytest

from tally.cli.bench import fast as module
from tally.cli.bench.fast import add_all, fast
from tally.cli.bench.sixty import random_key, seal_one, sixty_rows
from voting_core.fast import fast_group, fastest
from voting_core.public import SODIUM


def test_the_floor_is_the_sum_of_all_ciphertexts() -> None:
    contest, key = sixty_rows(), random_key()
    ballots = [seal_one(contest, key) for _ in range(2)]
    assert tuple(add_all(ballots, fastest())) == tuple(add_all(ballots, SODIUM))


def test_figures_stand_beside_their_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH", 2)
    monkeypatch.setattr(module, "DIFFERENT", 1)
    assert fast_group() is not None
    value, floor, ratio = fast()
    assert (value.limit, floor.limit, ratio.limit) == (4.5, 0, 5)
    assert ratio.value == pytest.approx(value.value / floor.value)


def test_without_the_backend_the_figure_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "fast_group", lambda: None)
    (figure,) = fast()
    assert figure.note == "skipped: plenum[fast] is not installed"
