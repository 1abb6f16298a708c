"""A consultation adds up, or it is refused."""

import pytest

from tally.decide.consultation import Consultation, consult
from voting_core.errors import VerificationError


def test_members_and_alternates_are_consulted():
    assert consult(33, 7, 30, 6, 4) == Consultation(30, 6, 4, 40)


def test_any_of_the_numbers_may_be_zero():
    assert consult(2, 0, 1, 1, 0) == Consultation(1, 1, 0, 2)
    assert consult(0, 0, 0, 0, 0) == Consultation(0, 0, 0, 0)


@pytest.mark.parametrize(
    "numbers",
    [
        (33, 7, 30, 6, 5),
        (33, 7, 30, 6, 3),
        (-1, 8, 7, 0, 0),
        (8, -1, 7, 0, 0),
        (33, 7, -1, 41, 0),
        (33, 7, 47, -7, 0),
        (33, 7, 41, 0, -1),
    ],
)
def test_opinions_that_do_not_add_up(numbers):
    with pytest.raises(VerificationError):
        consult(*numbers)
