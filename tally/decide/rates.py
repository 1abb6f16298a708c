"""Rates and flags: ballots with certain marks, of a denominator that is named, as whole numbers.

* A rate says of which number it is (issued, returned, valid, answered); two rates of different numbers are never mixed.
* A flag asks the organisation to verify. It never has a consequence, and it is told as a fraction: 90/270 is not over
  one third, and a rounded percentage would not show it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tally.decide.attendance import Attendance
from tally.decide.rounding import percent
from tally.rules.evaluation import EvaluationRules
from tally.rules.threshold import Base, Ratio
from voting_core.codec import JsonObject

AWAITING_VERIFICATION: Final = "awaiting_verification"


@dataclass(frozen=True, slots=True)
class Rate:
    """The ballots with one of `marks`, of the number that `base` names; a denominator of zero has no rate."""

    id: str
    marks: tuple[str, ...]
    base: Base
    numerator: int
    denominator: int

    @property
    def text(self) -> str | None:
        """In percent with two decimals, or None where there is nothing to divide by."""
        return percent(self.numerator, self.denominator) if self.denominator else None

    @property
    def fraction(self) -> str:
        """As a fraction, the form near a threshold: "90/270"."""
        return f"{self.numerator}/{self.denominator}"

    def to_log_json(self) -> JsonObject:
        """The rate in the log."""
        return {
            "base": self.base.value,
            "denominator": self.denominator,
            "id": self.id,
            "numerator": self.numerator,
        }


@dataclass(frozen=True, slots=True)
class Flag:
    """A threshold of the rule set applied to a row; `marks` together are compared by `ratio` with the denominator."""

    id: str
    marks: tuple[str, ...]
    ratio: Ratio
    base: Base
    numerator: int
    denominator: int
    tripped: bool

    @property
    def status(self) -> str:
        """What a tripped flag waits for; empty for others."""
        return AWAITING_VERIFICATION if self.tripped else ""

    @property
    def fraction(self) -> str:
        """The only form in which a flag is shown."""
        return f"{self.numerator}/{self.denominator}"

    def to_log_json(self) -> JsonObject:
        """The flag in the log."""
        return {
            "base": self.base.value,
            "denominator": self.denominator,
            "id": self.id,
            "numerator": self.numerator,
            "tripped": self.tripped,
        }

    def results(self) -> dict[str, object]:
        """The flag in results.json."""
        return {
            "rule_id": self.id,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "tripped": self.tripped,
            "status": self.status,
        }


def rates_of(counts: Mapping[str, int], attendance: Attendance, rules: EvaluationRules) -> tuple[Rate, ...]:
    """The rates of a row, one for each indicator of the rule set."""
    denominator = denominator_of(counts, attendance, rules)
    return tuple(
        Rate(rate.id, rate.marks, rules.denominator, total(counts, rate.marks), denominator)
        for rate in rules.indicators
    )


def flags_of(counts: Mapping[str, int], attendance: Attendance, rules: EvaluationRules) -> tuple[Flag, ...]:
    """The flags of a row; without anything to divide by none is tripped."""
    denominator = denominator_of(counts, attendance, rules)
    flags = []
    for rule in rules.flags:
        numerator = total(counts, rule.marks)
        tripped = denominator > 0 and rule.ratio.holds(numerator, denominator)
        flags.append(Flag(rule.id, rule.marks, rule.ratio, rules.denominator, numerator, denominator, tripped))
    return tuple(flags)


def denominator_of(counts: Mapping[str, int], attendance: Attendance, rules: EvaluationRules) -> int:
    """The number that rates are of."""
    if rules.denominator is Base.ANSWERED:
        return sum(counts.values()) - total(counts, rules.not_answered)
    return attendance.base(rules.denominator)


def total(counts: Mapping[str, int], marks: Sequence[str]) -> int:
    """The ballots with one of these marks."""
    return sum(counts[mark] for mark in marks)


def weigh(counts: Mapping[str, int], weights: Mapping[str, int]) -> tuple[int, int]:
    """Weighted sum and number of the ballots whose mark carries a weight; their quotient is the index."""
    return (
        sum(weights[mark] * counts[mark] for mark in weights),
        sum(counts[mark] for mark in weights),
    )
