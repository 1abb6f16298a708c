"""From the outcome of an evaluation to what an audience may see of it on a day.

* An item (an indicator, the index, the flags) without a rule under ``scopes`` is shown to nobody: no national text says
  who is told what, so the county has to.
* Without an audience it is what those may see who count and declare the result: no item is kept from them, and small
  numbers are kept back all the same.
* Bands and selections follow the indicator that they are of. A person sees the own row alone.
* Below ``smallest_cell`` nothing is shown to anybody. Where a category of evaluators is too small, others are kept back
  with it, in all rows alike, so that it cannot be computed and no row is pointed at; and the index with them, because
  the index and the whole together are two equations for the categories that are missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tally.decide.evaluation import RowEvaluation
from tally.decide.evaluation_contest import SMALL_CELL, CellCounts
from tally.decide.outcome import EvaluationOutcome
from tally.decide.quota import Selection
from tally.decide.rates import Rate
from tally.publication.shown import Publication, Reason, ShownCategory, ShownRate, ShownRow, Withheld
from tally.publication.small_cells import publishable
from tally.rules.evaluation import FLAGS, INDEX, EvaluationRules, Scope
from tally.rules.threshold import Ratio


def publish(
    outcome: EvaluationOutcome,
    rules: EvaluationRules,
    cells: Sequence[CellCounts],
    audience: Scope | None,
    *,
    published: date,
    today: date,
    subject: str = "",
) -> Publication:
    """What `audience` may see `today` of a result that was published on a day; None for those who declare it.

    `cells` are those of ``tally.counted``, empty for counts by hand. `subject` is the row of the person who is told,
    for the audience ``self`` alone.

    Raises:
        ValueError: a subject without the audience ``self``, or the reverse.
    """
    if bool(subject) != (audience is Scope.SELF):
        raise ValueError("a person is told of the own row, and only a person")
    items = (*(rate.id for rate in rules.indicators), INDEX, FLAGS)
    withheld = tuple(_withheld(items, rules, audience, published, today, small=SMALL_CELL in outcome.manual_checks))
    shown = frozenset(items) - {one.item for one in withheld}
    hidden = _hidden_cells(outcome, cells, rules.smallest_cell)
    # A category in which nobody voted hides nobody, so it does not take the index with it.
    indexed = INDEX in shown and not any(cell.ballots for cell in cells if cell.cell in hidden)
    rows = tuple(_row(row, rules, shown, hidden, indexed=indexed) for row in outcome.rows if subject in ("", row.row))
    return Publication(audience, rows, _selection(outcome, rules, shown, subject), withheld)


def _withheld(
    items: Sequence[str], rules: EvaluationRules, audience: Scope | None, published: date, today: date, *, small: bool
) -> Iterable[Withheld]:
    by_item = {rule.item: rule for rule in rules.scopes}
    for item in items:
        rule = by_item.get(item)
        if small:
            yield Withheld(item, Reason.SMALL_CELL)
        elif audience is None:
            continue
        elif rule is None or audience not in rule.scopes:
            yield Withheld(item, Reason.SCOPE)
        elif today < (day := published + timedelta(days=rule.delay_days)):
            yield Withheld(item, Reason.LATER, day)


def _hidden_cells(outcome: EvaluationOutcome, cells: Sequence[CellCounts], smallest: int) -> frozenset[str]:
    """The cells that no row shows: what one row needs hidden is hidden in all of them."""
    sizes = {cell.cell: cell.ballots for cell in cells}
    hidden: set[str] = set()
    for number, row in enumerate(outcome.rows):
        if row.combined is not None:
            counts = {cell.cell: cell.counts[number] for cell in cells}
            hidden.update(publishable(sizes, smallest, counts)[1])
    return frozenset(hidden)


def _row(
    row: RowEvaluation, rules: EvaluationRules, shown: frozenset[str], hidden: frozenset[str], *, indexed: bool
) -> ShownRow:
    parts = row.combined.parts if row.combined is not None else ()
    kept = tuple(part for part in parts if part.cell in hidden)
    bands = rules.bands
    return ShownRow(
        row=row.row,
        rates=_rates(row.rates, rules, shown),
        score=row.score if indexed else None,
        flags=row.flags if FLAGS in shown else (),
        band=(row.band or "") if bands is not None and bands.indicator in shown else "",
        categories=tuple(
            ShownCategory(
                part.categories, part.weight, _rates(part.rates, rules, shown), part.score if INDEX in shown else None
            )
            for part in parts
            if part.cell not in hidden
        ),
        withheld=tuple(name for part in kept for name in part.categories),
    )


def _rates(rates: Sequence[Rate], rules: EvaluationRules, shown: frozenset[str]) -> tuple[ShownRate, ...]:
    return tuple(ShownRate(rate, _is_near(rate, _limits(rate, rules))) for rate in rates if rate.id in shown)


def _limits(rate: Rate, rules: EvaluationRules) -> Sequence[Ratio]:
    """The thresholds that somebody might compare a rate with: flags over the same marks, bands, the least to select."""
    limits = [flag.ratio for flag in rules.flags if set(flag.marks) == set(rate.marks)]
    if rules.bands is not None and rules.bands.indicator == rate.id:
        limits += [band.ratio for band in rules.bands.bands if band.ratio is not None]
    if rules.selection is not None and rules.selection.indicator == rate.id and rules.selection.least is not None:
        limits.append(rules.selection.least)
    return limits


def _is_near(rate: Rate, limits: Sequence[Ratio]) -> bool:
    """Within one ballot or one percentage point of a threshold, where rounding could show the wrong side."""
    for limit in limits:
        distance = abs(rate.numerator * limit.denominator - limit.numerator * rate.denominator)
        if distance <= limit.denominator or 100 * distance <= limit.denominator * rate.denominator:
            return True
    return False


def _selection(
    outcome: EvaluationOutcome, rules: EvaluationRules, shown: frozenset[str], subject: str
) -> Selection | None:
    found = outcome.selection
    if found is None or rules.selection is None or rules.selection.indicator not in shown:
        return None
    if not subject:
        return found
    own = {"selected": found.selected, "undecided": found.undecided}
    mine: Mapping[str, tuple[str, ...]] = {key: tuple(i for i in ids if i == subject) for key, ids in own.items()}
    return replace(found, selected=mine["selected"], undecided=mine["undecided"])
