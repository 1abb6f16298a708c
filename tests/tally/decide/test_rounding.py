"""Two decimals, half up, from exact fractions."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tally.decide.rounding import percent, two_decimals


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0.00"),
        (Fraction(1, 8), "0.13"),
        (Fraction(1, 200), "0.01"),
        (Fraction(1, 201), "0.00"),
        (Fraction(1249, 1000), "1.25"),
        (Fraction(1245, 1000), "1.25"),
        (Fraction(100), "100.00"),
        (Fraction(99995, 1000), "100.00"),
    ],
)
def test_half_goes_up(value, text):
    assert two_decimals(value) == text


def test_rates_of_the_published_case():
    assert [percent(n, 290) for n in (200, 260, 25)] == ["68.97", "89.66", "8.62"]


@given(st.integers(0, 10**9), st.integers(1, 10**4))
@example(1, 8)
@example(199, 200)
def test_as_decimal_arithmetic_rounds(numerator, denominator):
    exact = Decimal(numerator) / Decimal(denominator)
    value = Fraction(numerator, denominator)

    # Decimal division is cut at 28 digits, which no tie at the third decimal survives wrongly for these sizes.
    assert two_decimals(value) == str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def test_nothing_is_below_zero():
    with pytest.raises(ValueError, match=r"^rates and indexes are not negative$"):
        two_decimals(Fraction(-1, 2))
