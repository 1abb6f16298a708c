"""Rates and indexes as text: two decimals, rounded half up, from exact fractions.

Rounding is for display alone. What is compared or combined is the fraction.
"""

from __future__ import annotations

from fractions import Fraction


def two_decimals(value: Fraction) -> str:
    """A non-negative number with two decimals, half up: 82.8070… is "82.81", 0.125 is "0.13"."""
    if value < 0:
        raise ValueError("rates and indexes are not negative")
    hundredths = (200 * value.numerator + value.denominator) // (2 * value.denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def percent(numerator: int, denominator: int) -> str:
    """A rate in percent with two decimals, half up; the denominator is positive."""
    return two_decimals(Fraction(100 * numerator, denominator))
