from tests.support.seeded_rng import SeededRng
from voting_core import rng
from voting_core.group import Q
from voting_core.rng import random_scalar


class Scripted:
    def __init__(self, *answers: int) -> None:
        self.answers = list(answers)
        self.asked: list[int] = []

    def bytes(self, n: int) -> bytes:
        self.asked.append(n)
        return self.answers.pop(0).to_bytes(n, "little")


def test_the_order_is_that_of_the_group() -> None:
    assert rng._ORDER == Q


def test_a_scalar_is_64_bytes_reduced() -> None:
    source = Scripted(2**511 + 5)
    assert random_scalar(source) == (2**511 + 5) % Q
    assert source.asked == [64]


def test_zero_is_never_given() -> None:
    assert random_scalar(Scripted(0, Q, 17 * Q, 3)) == 3


def test_scalars_use_the_whole_range() -> None:
    source = SeededRng("range")
    scalars = [random_scalar(source) for _ in range(400)]
    assert len(set(scalars)) == 400
    assert all(0 < scalar < Q for scalar in scalars)
    # Each quarter of [0, q) has 100 ± 60 of them; a generator that never reaches the top has none there.
    counts = [sum(quarter * Q // 4 <= scalar < (quarter + 1) * Q // 4 for scalar in scalars) for quarter in range(4)]
    assert all(40 < count < 160 for count in counts)
