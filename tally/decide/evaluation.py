"""One row of an evaluation: its rates, index, flags and band, as exact fractions (trust, satisfaction, grades).

* A rate is the ballots with certain marks, of the denominator that the rule set names.
* The index is the weighted mean over the marks that carry a weight; with categories of evaluators, the weighted mean
  of their scores. It is never called a rate.
* Rates, flags and bands are of all evaluators together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tally.decide.attendance import Attendance, contradiction
from tally.decide.bands import band_of
from tally.decide.categories import Combined
from tally.decide.rates import Flag, Rate, flags_of, rates_of, weigh
from tally.decide.rounding import two_decimals
from tally.rules.evaluation import EvaluationRules
from voting_core.codec import JsonObject


@dataclass(frozen=True, slots=True)
class RowEvaluation:
    """Everything that an evaluation says of a row.

    `weighted` and `weighing` are of all evaluators together; their quotient is the index where the rule set has no
    categories, otherwise `combined` has it. `band` is None where the rule set has no bands, and empty where there is no
    rate to be in one.
    """

    row: str
    rates: tuple[Rate, ...]
    weighted: int
    weighing: int
    flags: tuple[Flag, ...]
    combined: Combined | None = None
    band: str | None = None

    @property
    def score(self) -> Fraction | None:
        """The index, exactly; None where no ballot carries a weight, or a category that is asked for is empty."""
        if self.combined is not None:
            return self.combined.index
        return Fraction(self.weighted, self.weighing) if self.weighing else None

    @property
    def index(self) -> str | None:
        """The index with two decimals."""
        return _text(self.score)

    @property
    def empty_categories(self) -> tuple[str, ...]:
        """The categories that carry a weight and gave no answer; none where the rule set has no categories."""
        return () if self.combined is None else self.combined.empty

    def rate(self, indicator: str) -> Rate:
        """The rate of an indicator of the rule set."""
        return next(rate for rate in self.rates if rate.id == indicator)

    def to_log_json(self) -> JsonObject:
        """The row in the log."""
        return {
            "row": self.row,
            "rates": [rate.to_log_json() for rate in self.rates],
            "index": {"weighted": self.weighted, "weighing": self.weighing},
            "flags": [flag.to_log_json() for flag in self.flags],
            **({} if self.combined is None else {"combined": self.combined.to_log_json()}),
            **({} if self.band is None else {"band": self.band}),
        }

    def results(self) -> dict[str, object]:
        """The row in results.json; ``categories``, ``band`` are there only where the rule set has them."""
        return {
            **{rate.id: rate.text for rate in self.rates},
            "index": self.index,
            "flags": [flag.results() for flag in self.flags],
            **({} if self.combined is None else {"categories": _categories(self.combined)}),
            **({} if self.band is None else {"band": self.band or None}),
        }


def evaluate(
    row: str,
    counts: Mapping[str, int],
    attendance: Attendance,
    rules: EvaluationRules,
    combined: Combined | None = None,
) -> RowEvaluation:
    """Evaluate one row from its counts by mark; the marks are those of the scale.

    Raises:
        VerificationError: V11.D, a mark that the scale does not have, or one without a count.
    """
    if set(counts) != set(rules.marks):
        contradiction(f"the marks of {row} are not those of the scale {rules.scale}", row)
    rates = rates_of(counts, attendance, rules)
    weighted, weighing = weigh(counts, dict(rules.weights))
    flags = flags_of(counts, attendance, rules)
    return RowEvaluation(row, rates, weighted, weighing, flags, combined, _band(rates, rules))


def _band(rates: tuple[Rate, ...], rules: EvaluationRules) -> str | None:
    if rules.bands is None:
        return None
    rate = next(rate for rate in rates if rate.id == rules.bands.indicator)
    return band_of(rate.numerator, rate.denominator, rules.bands.bands) if rate.denominator else ""


def _categories(combined: Combined) -> dict[str, object]:
    """Each cell that was decrypted, by the categories in it: its own index, and its rates where it holds just one."""
    return {
        "+".join(part.categories): {
            "weight": part.weight,
            "index": _text(part.score),
            **{rate.id: rate.text for rate in part.rates},
        }
        for part in combined.parts
    }


def _text(score: Fraction | None) -> str | None:
    return None if score is None else two_decimals(score)
