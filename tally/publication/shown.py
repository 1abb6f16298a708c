"""What an audience sees of an evaluation: values only, and for everything that is kept back the reason.

A report draws these values and decides nothing: what is not here is not to be shown to this audience on this day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from tally.decide.quota import Selection
from tally.decide.rates import Flag, Rate
from tally.decide.rounding import two_decimals
from tally.rules.evaluation import Scope


class Reason(StrEnum):
    """Why something is kept back: not for this audience, not yet, or because too few people would stand behind it."""

    SCOPE = "scope"
    LATER = "later"
    SMALL_CELL = "small_cell"


@dataclass(frozen=True, slots=True)
class Withheld:
    """An item that is kept back: an indicator's id, ``index`` or ``flags``. `from_day` is that of `LATER`."""

    item: str
    reason: Reason
    from_day: date | None = None


@dataclass(frozen=True, slots=True)
class ShownRate:
    """A rate; `near` a threshold of the rule set it is told as a fraction, where a percentage would mislead."""

    rate: Rate
    near: bool

    @property
    def text(self) -> str | None:
        """What is printed: "68.97%", near a threshold "90/270", None where there is nothing to divide by."""
        if self.rate.text is None:
            return None
        return self.rate.fraction if self.near else f"{self.rate.text}%"


@dataclass(frozen=True, slots=True)
class ShownCategory:
    """One category of evaluators, or several that were counted as one and then have no rates of their own."""

    categories: tuple[str, ...]
    weight: int
    rates: tuple[ShownRate, ...]
    score: Fraction | None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """What is shown of one row. `score` is the index; None where there is none or it is kept back.

    `withheld` has the categories that are not shown by themselves. `band` is empty where there is none to be shown.
    """

    row: str
    rates: tuple[ShownRate, ...]
    score: Fraction | None
    flags: tuple[Flag, ...]
    band: str
    categories: tuple[ShownCategory, ...]
    withheld: tuple[str, ...]

    @property
    def index(self) -> str | None:
        """The index with two decimals."""
        return None if self.score is None else two_decimals(self.score)


@dataclass(frozen=True, slots=True)
class Publication:
    """What one audience may see on one day; `audience` is None for those who declare the result.

    `selection` is None where there is none to be shown.
    """

    audience: Scope | None
    rows: tuple[ShownRow, ...]
    selection: Selection | None
    withheld: tuple[Withheld, ...]

    def hides(self, item: str) -> Withheld | None:
        """Why an item is kept back, or None where it is shown."""
        return next((one for one in self.withheld if one.item == item), None)
