"""The quota is a ceiling, and a tie at it is left to people."""

import pytest

from tally.decide.quota import QuotaSelection, quota_of, select_within
from voting_core.errors import VerificationError


@pytest.mark.parametrize(("assessed", "percent", "quota"), [(300, 20, 60), (299, 20, 59), (4, 20, 0), (0, 20, 0)])
def test_the_quota_is_rounded_down(assessed, percent, quota):
    assert quota_of(assessed, percent) == quota


@pytest.mark.parametrize(
    ("above", "tied", "selection"),
    [
        (58, 4, QuotaSelection(60, 58, 2, 4)),
        (58, 2, QuotaSelection(60, 60, 0, 0)),
        (58, 3, QuotaSelection(60, 58, 2, 3)),
        (58, 1, QuotaSelection(60, 59, 0, 0)),
        (60, 4, QuotaSelection(60, 60, 0, 0)),
        (0, 61, QuotaSelection(60, 0, 60, 61)),
    ],
)
def test_a_tie_at_the_cut(above, tied, selection):
    assert select_within(60, above, tied) == selection


@pytest.mark.parametrize("numbers", [(60, 61, 1), (60, -1, 1), (60, 1, -1), (-1, 0, 0)])
def test_contradictions(numbers):
    with pytest.raises(VerificationError):
        select_within(*numbers)


@pytest.mark.parametrize("numbers", [(-1, 20), (300, 101), (300, -1)])
def test_shares_that_are_none(numbers):
    with pytest.raises(VerificationError):
        quota_of(*numbers)
