"""Evaluations: rates, weighted index and flags of a row, as exact fractions (trust, satisfaction, grades).

* A rate is the ballots with certain marks, of the denominator that the rule set names.
* The index is the weighted mean over the marks that carry a weight. It is never called a rate.
* A flag asks the organisation to verify. It never has a consequence, and it is told by the fraction, not by a
  percentage.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tally.decide.attendance import Attendance, contradiction
from tally.decide.rounding import percent, two_decimals
from tally.rules.evaluation import EvaluationRules
from tally.rules.threshold import Base
from voting_core.codec import JsonObject

AWAITING_VERIFICATION = "awaiting_verification"


@dataclass(frozen=True, slots=True)
class Rate:
    """The ballots with certain marks, of the denominator; a denominator of zero has no rate."""

    id: str
    numerator: int
    denominator: int

    @property
    def text(self) -> str | None:
        """In percent with two decimals, or None where there is nothing to divide by."""
        return percent(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Flag:
    """A threshold of the rule set applied to a row."""

    id: str
    numerator: int
    denominator: int
    tripped: bool


@dataclass(frozen=True, slots=True)
class RowEvaluation:
    """Everything that an evaluation says of a row. The index is `weighted` / `weighing`; zero ballots have none."""

    row: str
    rates: tuple[Rate, ...]
    weighted: int
    weighing: int
    flags: tuple[Flag, ...]

    @property
    def index(self) -> str | None:
        """The index with two decimals, or None where no ballot carries a weight."""
        return two_decimals(Fraction(self.weighted, self.weighing)) if self.weighing else None

    def to_log_json(self) -> JsonObject:
        """The row in the log."""
        return {
            "row": self.row,
            "rates": [
                {"id": rate.id, "numerator": rate.numerator, "denominator": rate.denominator} for rate in self.rates
            ],
            "index": {"weighted": self.weighted, "weighing": self.weighing},
            "flags": [
                {"id": flag.id, "numerator": flag.numerator, "denominator": flag.denominator, "tripped": flag.tripped}
                for flag in self.flags
            ],
        }

    def results(self) -> dict[str, object]:
        """The row in results.json."""
        return {
            **{rate.id: rate.text for rate in self.rates},
            "index": self.index,
            "flags": [
                {
                    "rule_id": flag.id,
                    "numerator": flag.numerator,
                    "denominator": flag.denominator,
                    "tripped": flag.tripped,
                    "status": AWAITING_VERIFICATION if flag.tripped else "",
                }
                for flag in self.flags
            ],
        }


def evaluate(row: str, counts: Mapping[str, int], attendance: Attendance, rules: EvaluationRules) -> RowEvaluation:
    """Evaluate one row from its counts by mark; the marks are those of the scale.

    Raises:
        VerificationError: V11.D, a mark that the scale does not have, or one without a count.
    """
    if set(counts) != set(rules.marks):
        contradiction(f"the marks of {row} are not those of the scale {rules.scale}", row)
    denominator = denominator_of(counts, attendance, rules)
    rates = tuple(Rate(rate.id, total(counts, rate.marks), denominator) for rate in rules.indicators)
    weighted, weighing = weigh(counts, dict(rules.weights))
    flags = []
    for flag in rules.flags:
        numerator = total(counts, flag.marks)
        tripped = denominator > 0 and flag.ratio.holds(numerator, denominator)
        flags.append(Flag(flag.id, numerator, denominator, tripped))
    return RowEvaluation(row, rates, weighted, weighing, tuple(flags))


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
