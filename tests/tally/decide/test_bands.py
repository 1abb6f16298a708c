"""Boundaries belong to the higher band."""

import pytest

from tally.decide.bands import band_of
from tally.rules.evaluation import BandRule
from tally.rules.threshold import Op, Ratio
from voting_core.errors import VerificationError

BANDS = (BandRule("称职", Ratio(Op.GE, 8, 10)), BandRule("基本称职", Ratio(Op.GE, 5, 10)), BandRule("不称职", None))


@pytest.mark.parametrize(
    ("favourable", "band"),
    [
        (50, "称职"),
        (41, "称职"),
        (40, "称职"),
        (39, "基本称职"),
        (26, "基本称职"),
        (25, "基本称职"),
        (24, "不称职"),
        (0, "不称职"),
    ],
)
def test_at_the_boundaries(favourable, band):
    assert band_of(favourable, 50, BANDS) == band


def test_a_rate_above_one_has_the_highest_band():
    assert band_of(51, 50, BANDS) == "称职"


def test_bands_that_leave_a_rate_out():
    with pytest.raises(VerificationError, match=r"^V11\.D: no band takes 24 of 50$"):
        band_of(24, 50, BANDS[:2])
