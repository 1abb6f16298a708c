"""The surplus is always rounded up."""

import pytest

from tally.decide.surplus import min_candidates
from voting_core.errors import VerificationError


@pytest.mark.parametrize(
    ("seats", "percent", "candidates"),
    [(33, 10, 37), (30, 10, 33), (31, 10, 35), (7, 10, 8), (38, 20, 46), (5, 20, 6), (1, 10, 2), (5, 0, 5)],
)
def test_examples(seats, percent, candidates):
    assert min_candidates(seats, percent) == candidates


@pytest.mark.parametrize("numbers", [(0, 10), (5, -1)])
def test_no_seat_or_no_surplus(numbers):
    with pytest.raises(VerificationError):
        min_candidates(*numbers)
