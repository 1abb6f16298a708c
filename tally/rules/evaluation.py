"""The parameters of evaluations, appraisals, assessments and selections under a quota (SPEC §13.1).

* Nothing here has a personnel consequence: a tripped flag awaits verification, a band and a selection are results that
  the organisation still has to confirm.
* A selection is ranked by the rate of one indicator; its quota is a ceiling, rounded down.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ballots.matrix import CLASS_FORM
from tally.rules.common import (
    ID_FORM,
    MAX_DAYS,
    PEOPLE,
    ReturnedBallots,
    check_distinct,
    read_returned,
    read_some_of,
    read_texts,
)
from tally.rules.threshold import Base, Op, Ratio, Threshold, read_ratio, read_threshold
from voting_core.codec import Fields, JsonObject
from voting_core.errors import EncodingError

MAX_WEIGHT: Final = 1000
RATING: Final = (Base.ISSUED, Base.RETURNED, Base.VALID, Base.ANSWERED)
"""The denominators of rates."""

INDEX: Final = "index"
"""What the weighted index is called where it stands beside indicators."""

FLAGS: Final = "flags"
"""What the flags are called where they stand beside indicators."""

_MAX_ROWS: Final = 16
_WHOLE: Final = 100


class EmptyCategory(StrEnum):
    """What a category of evaluators in which nobody answered does: stops the index, leaves it out, counts zero."""

    REFUSE = "refuse"
    RENORMALISE = "renormalise"
    ZERO = "zero"


class Scope(StrEnum):
    """Who is told an indicator."""

    SELF = "self"
    COMMITTEE = "committee"
    SUPERIOR = "superior"
    DELEGATES = "delegates"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A rate of an evaluation: the ballots with one of these marks, of the denominator."""

    id: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlagRule:
    """A threshold of an evaluation. Tripped, it asks the organisation to verify; it never has a consequence."""

    id: str
    marks: tuple[str, ...]
    ratio: Ratio


@dataclass(frozen=True, slots=True)
class Category:
    """A category of evaluators (A, B, C) and its weight in the index; the weights sum to 100."""

    id: str
    weight: int


@dataclass(frozen=True, slots=True)
class BandRule:
    """A band from a ratio on; the last of a list has None and takes the rest."""

    name: str
    ratio: Ratio | None

    def to_json(self) -> JsonObject:
        """One line of ``bands.list``."""
        return {"name": self.name, **(self.ratio.to_json() if self.ratio is not None else {"otherwise": True})}


@dataclass(frozen=True, slots=True)
class BandRules:
    """Bands of one indicator, from the highest down; boundaries belong to the higher band."""

    indicator: str
    bands: tuple[BandRule, ...]


@dataclass(frozen=True, slots=True)
class SelectionRules:
    """A selection of the best under a quota (评优), ranked by one indicator.

    The quota is `quota` (numerator, denominator) of the rows, rounded down. `turnout` is what must be returned for any
    selection, `least` the rate that a selected row needs; None where the method asks for neither.
    """

    indicator: str
    quota: tuple[int, int]
    turnout: Threshold | None
    least: Ratio | None

    def to_json(self) -> JsonObject:
        """The fields under ``selection``."""
        return {
            "indicator": self.indicator,
            "quota": list(self.quota),
            **({} if self.turnout is None else {"turnout": self.turnout.to_json()}),
            **({} if self.least is None else {"least": self.least.to_json()}),
        }


@dataclass(frozen=True, slots=True)
class ScopeRule:
    """Who is told one item (an indicator, the index, the flags), and how many days after publication."""

    item: str
    scopes: tuple[Scope, ...]
    delay_days: int


@dataclass(frozen=True, slots=True)
class EvaluationRules:
    """The parameters of an evaluation: scale, denominator, weights of the index, rates, flags, bands, selection.

    `not_answered` are the marks that the denominator ``answered`` leaves out. Every mark either carries a weight or is
    excluded from the index. `categories` is empty where all evaluators are alike.
    """

    scale: str
    marks: tuple[str, ...]
    denominator: Base
    not_answered: tuple[str, ...]
    weights: tuple[tuple[str, int], ...]
    excluded_from_index: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    flags: tuple[FlagRule, ...]
    categories: tuple[Category, ...]
    empty_category: EmptyCategory
    bands: BandRules | None
    selection: SelectionRules | None
    scopes: tuple[ScopeRule, ...]
    smallest_cell: int
    returned_must_be: ReturnedBallots

    def to_json(self) -> JsonObject:
        """The fields of this family."""
        bands = self.bands
        return {
            "scale": {"id": self.scale, "marks": list(self.marks)},
            "denominator": self.denominator.value,
            "not_answered": list(self.not_answered),
            "weights": [{"mark": mark, "weight": weight} for mark, weight in self.weights],
            "excluded_from_index": list(self.excluded_from_index),
            "indicators": [{"id": rate.id, "marks": list(rate.marks)} for rate in self.indicators],
            "flags": [{"id": flag.id, "marks": list(flag.marks), **flag.ratio.to_json()} for flag in self.flags],
            "categories": [{"id": category.id, "weight": category.weight} for category in self.categories],
            "empty_category": self.empty_category.value,
            **(
                {"bands": {"indicator": bands.indicator, "list": [band.to_json() for band in bands.bands]}}
                if bands is not None
                else {}
            ),
            **({"selection": self.selection.to_json()} if self.selection is not None else {}),
            "scopes": [
                {"item": rule.item, "scopes": [scope.value for scope in rule.scopes], "delay_days": rule.delay_days}
                for rule in self.scopes
            ],
            "smallest_cell": self.smallest_cell,
            "returned_must_be": self.returned_must_be.value,
        }


def read_evaluation(fields: Fields) -> EvaluationRules:
    """Read the fields of this family.

    Raises:
        EncodingError: a field is missing, of another type, or its value is none that the engine knows.
    """
    scale = fields.fields("scale")
    marks = read_texts(scale, "marks")
    weights = _read_weights(fields)
    excluded = read_some_of(fields, "excluded_from_index", marks)
    weighted = tuple(mark for mark, _ in weights)
    if sorted((*weighted, *excluded)) != sorted(marks):
        raise EncodingError(
            fields.path("weights"), "and excluded_from_index do not name every mark of the scale exactly once"
        )
    indicators = tuple(_read_indicator(row, marks) for row in fields.rows("indicators", max=_MAX_ROWS))
    rates = tuple(rate.id for rate in indicators)
    rules = EvaluationRules(
        scale=scale.text("id", pattern=ID_FORM),
        marks=marks,
        denominator=Base(fields.choice("denominator", RATING)),
        not_answered=read_some_of(fields, "not_answered", marks),
        weights=weights,
        excluded_from_index=excluded,
        indicators=indicators,
        flags=tuple(_read_flag(row, marks) for row in fields.rows("flags", max=_MAX_ROWS)),
        categories=_read_categories(fields),
        empty_category=EmptyCategory(fields.choice("empty_category", tuple(EmptyCategory))),
        bands=_read_bands(fields.fields("bands"), rates) if fields.has("bands") else None,
        selection=_read_selection(fields.fields("selection"), rates) if fields.has("selection") else None,
        scopes=tuple(_read_scope(row, rates) for row in fields.rows("scopes", max=_MAX_ROWS)),
        smallest_cell=fields.integer("smallest_cell", 1, 1000),
        returned_must_be=read_returned(fields),
    )
    check_distinct((*rates, INDEX, FLAGS), fields.path("indicators"))
    check_distinct(tuple(flag.id for flag in rules.flags), fields.path("flags"))
    check_distinct(tuple(rule.item for rule in rules.scopes), fields.path("scopes"))
    scale.done()
    return rules


def _read_weights(fields: Fields) -> tuple[tuple[str, int], ...]:
    weights = []
    for row in fields.rows("weights", max=_MAX_ROWS):
        weights.append((row.text("mark"), row.integer("weight", 0, MAX_WEIGHT)))
        row.done()
    return tuple(weights)


def _read_indicator(row: Fields, marks: tuple[str, ...]) -> Indicator:
    indicator = Indicator(id=row.text("id", pattern=ID_FORM), marks=_read_counted(row, marks))
    row.done()
    return indicator


def _read_flag(row: Fields, marks: tuple[str, ...]) -> FlagRule:
    flag = FlagRule(id=row.text("id", pattern=ID_FORM), marks=_read_counted(row, marks), ratio=read_ratio(row))
    row.done()
    return flag


def _read_counted(row: Fields, marks: tuple[str, ...]) -> tuple[str, ...]:
    """The marks that a rate or flag counts: a rate of no mark has no name."""
    chosen = read_some_of(row, "marks", marks)
    if not chosen:
        raise EncodingError(row.path("marks"), "names no mark of the scale")
    return chosen


def _read_categories(fields: Fields) -> tuple[Category, ...]:
    categories = []
    for row in fields.rows("categories", max=_MAX_ROWS):
        # A category is a class of credentials, and has the form of one.
        categories.append(Category(row.text("id", pattern=CLASS_FORM), row.integer("weight", 0, _WHOLE)))
        row.done()
    check_distinct(tuple(category.id for category in categories), fields.path("categories"))
    if categories and sum(category.weight for category in categories) != _WHOLE:
        raise EncodingError(fields.path("categories"), "have weights that do not sum to 100")
    return tuple(categories)


def _read_bands(fields: Fields, rates: tuple[str, ...]) -> BandRules:
    bands = tuple(_read_band(row) for row in fields.rows("list", max=_MAX_ROWS))
    rules = BandRules(fields.choice("indicator", rates), bands)
    where = fields.path("list")
    check_distinct(tuple(band.name for band in bands), where)
    if not bands or [band.ratio is None for band in bands] != [False] * (len(bands) - 1) + [True]:
        raise EncodingError(where, "must have one band that takes the rest, as its last")
    fields.done()
    return rules


def _read_band(row: Fields) -> BandRule:
    name = row.text("name")
    otherwise = row.has("otherwise") and row.boolean("otherwise")
    ratio = None if otherwise else read_ratio(row)
    if ratio is not None and ratio.op is Op.LT:
        raise EncodingError(row.path("op"), "is an upper bound, and bands are from the highest down")
    row.done()
    return BandRule(name, ratio)


def _read_selection(fields: Fields, rates: tuple[str, ...]) -> SelectionRules:
    share = read_ratio(Fields({"op": Op.GE.value, "frac": fields.value("quota")}, fields.path("quota")))
    rules = SelectionRules(
        indicator=fields.choice("indicator", rates),
        quota=(share.numerator, share.denominator),
        turnout=read_threshold(fields.fields("turnout"), (*PEOPLE, Base.ISSUED)) if fields.has("turnout") else None,
        least=_read_least(fields.fields("least")) if fields.has("least") else None,
    )
    fields.done()
    return rules


def _read_least(fields: Fields) -> Ratio:
    ratio = read_ratio(fields)
    if ratio.op is Op.LT:
        raise EncodingError(fields.path("op"), "is an upper bound, and this is a rate to be reached")
    fields.done()
    return ratio


def _read_scope(row: Fields, rates: tuple[str, ...]) -> ScopeRule:
    item = row.choice("item", (*rates, INDEX, FLAGS))
    scopes = tuple(Scope(scope) for scope in read_some_of(row, "scopes", tuple(Scope)))
    rule = ScopeRule(item, scopes, row.integer("delay_days", 0, MAX_DAYS))
    row.done()
    return rule
