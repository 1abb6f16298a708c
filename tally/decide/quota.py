"""Selections under a quota (评优): ranked by exact rates; the quota is a ceiling, and a tie at it is left to people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from tally.decide.attendance import contradiction
from tally.rules.evaluation import SelectionRules
from voting_core.codec import JsonObject


@dataclass(frozen=True, slots=True)
class QuotaSelection:
    """How many are selected, and how many tied persons are left for how many places."""

    quota: int
    selected: int
    undecided_seats: int
    undecided_candidates: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row with its rate in the indicator that ranks; `place` orders equal rates in lists and decides nothing."""

    id: str
    numerator: int
    denominator: int
    place: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Ids: the selected by rate, and those tied at the cut for `undecided_seats` places, which the presidium decides.

    Without the turnout that the method asks for nobody is selected.
    """

    quota: int
    turnout_met: bool
    selected: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    undecided_seats: int = 0

    def to_log_json(self) -> JsonObject:
        """The selection in the log."""
        return {
            "quota": self.quota,
            "selected": list(self.selected),
            "turnout_met": self.turnout_met,
            "undecided": list(self.undecided),
            "undecided_seats": self.undecided_seats,
        }


def quota_of(assessed: int, numerator: int, denominator: int) -> int:
    """The quota, a fraction of those assessed, rounded down so that it is never exceeded.

    Raises:
        VerificationError: V11.D, a share that is none.
    """
    if assessed < 0 or denominator < 1 or not 0 <= numerator <= denominator:
        contradiction(f"a quota of {numerator}/{denominator} of {assessed}")
    return assessed * numerator // denominator


def select_within(quota: int, above_tie: int, tied: int) -> QuotaSelection:
    """Select those above the cut, and the tied only if all of them fit.

    Raises:
        VerificationError: V11.D, more above the tie than the quota, so that the cut is not at this tie.
    """
    if min(above_tie, tied) < 0 or above_tie > quota:
        contradiction(f"{above_tie} stand above the tie, and the quota is {quota}")
    if above_tie + tied <= quota:
        return QuotaSelection(quota, above_tie + tied, 0, 0)
    free = quota - above_tie
    return QuotaSelection(quota, above_tie, free, tied if free else 0)


def select(rows: Sequence[Ranked], rules: SelectionRules, *, turnout_met: bool, decides: bool) -> Selection:
    """Select the best rows within the quota of all rows.

    A row takes part if its rate is above zero and reaches `least`. Nobody is selected without the turnout, or where
    the vote decides nothing.
    """
    quota = quota_of(len(rows), *rules.quota)
    if not turnout_met or not decides:
        return Selection(quota, turnout_met)
    ranked = sorted((row for row in rows if _takes_part(row, rules)), key=lambda row: (-_rate(row), row.place))
    inside, outside = ranked[:quota], ranked[quota:]
    if not inside or not outside or _rate(inside[-1]) > _rate(outside[0]):
        return Selection(quota, turnout_met, tuple(row.id for row in inside))
    # The last within the quota and the first without have one rate: the places of all who have it stay open.
    cut = _rate(outside[0])
    above = tuple(row.id for row in ranked if _rate(row) > cut)
    level = tuple(row.id for row in ranked if _rate(row) == cut)
    return Selection(quota, turnout_met, above, level, quota - len(above))


def _takes_part(row: Ranked, rules: SelectionRules) -> bool:
    if not row.numerator or not row.denominator:
        return False
    return rules.least is None or rules.least.holds(row.numerator, row.denominator)


def _rate(row: Ranked) -> Fraction:
    return Fraction(row.numerator, row.denominator)
