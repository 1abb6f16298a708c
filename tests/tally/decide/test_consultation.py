"""A consultation adds up, or it is refused."""

import pytest

from tally.decide.consultation import Consultation, consult
from voting_core.errors import VerificationError


def test_members_and_alternates_are_consulted():
    assert consult(33, 7, 30, 6, 4) == Consultation(30, 6, 4, 40)


@pytest.mark.parametrize("numbers", [(33, 7, 30, 6, 5), (33, 7, 30, 6, 3), (33, 7, 47, -7, 0)])
def test_opinions_that_do_not_add_up(numbers):
    with pytest.raises(VerificationError):
        consult(*numbers)
