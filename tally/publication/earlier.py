"""What may stand beside a result from the evaluation before it: the same items, and never more.

The earlier numbers come from a table that a sealed record left (``earlier-trust.csv``), so they are shown to whoever
may see the new ones, and not at all where too few people stand behind them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tally.decide.rates import Rate
from tally.publication.shown import ShownRow
from tally.roll.earlier import EarlierTrust


@dataclass(frozen=True, slots=True)
class ShownEarlier:
    """The earlier rates of a row that may be shown, and its index with two decimals, None where it may not."""

    session: str
    rates: tuple[Rate, ...]
    index: str | None

    def rate(self, indicator: str) -> Rate | None:
        """The earlier rate of an indicator, None where there was none."""
        return next((rate for rate in self.rates if rate.id == indicator), None)


def publish_earlier(
    shown: ShownRow, contest: str, found: Sequence[EarlierTrust], smallest_cell: int
) -> ShownEarlier | None:
    """The earlier result of a row beside what is shown of it now.

    `found` are the earlier evaluations of the person: that of the contest with the same id counts, or the only one.
    None where there is none, or where it had fewer ballots than `smallest_cell`.
    """
    same = [one for one in found if one.contest == contest] or list(found)
    if len(same) != 1:
        return None
    earlier = same[0].evaluation
    ballots = max((rate.denominator for rate in earlier.rates), default=earlier.weighing)
    if ballots < smallest_cell:
        return None
    told = {one.rate.id for one in shown.rates}
    return ShownEarlier(
        session=same[0].session,
        rates=tuple(rate for rate in earlier.rates if rate.id in told),
        index=earlier.index if shown.score is not None else None,
    )
