"""Cases about evaluations: rates and indexes, thresholds, bands, categories, quotas."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from tally.decide.attendance import Attendance, check_row, contradiction
from tally.decide.bands import Band, band_of
from tally.decide.case_answer import Answer
from tally.decide.case_file import Case, counts_of, number, number_or
from tally.decide.categories import combine, publishable
from tally.decide.evaluation import evaluate, weigh
from tally.decide.outcome import Results
from tally.decide.quota import quota_of, select_within
from tally.decide.rounding import two_decimals
from tally.rules.common import ReturnedBallots
from tally.rules.evaluation import MAX_WEIGHT, EmptyCategory, EvaluationRules, FlagRule, Indicator
from tally.rules.loader import load_rule_set
from tally.rules.threshold import Base, read_ratio
from voting_core.codec import Fields
from voting_core.errors import EncodingError, InputError

TRUST_SCALE: Final = "trust4"
_DENOMINATORS: Final = (Base.ISSUED, Base.RETURNED, Base.VALID, Base.ANSWERED)
_FAVOURABLE: Final = ("满意", "信任", "称职", "认同", "优秀")


def evaluation_single(case: Case) -> Answer:
    """The rates, index and flags of one row."""
    fields = case.input()
    scale = case.text("scale", TRUST_SCALE)
    counts = counts_of(fields.value("counts"), "input.counts")
    issued, returned = number(fields, "issued"), number(fields, "returned")
    people = number_or(fields, "should_attend", max(issued, 1))
    present = number_or(fields, "present", min(issued, people))
    attendance = Attendance(people, present, issued, returned, number_or(fields, "invalid", 0))
    fields.done()
    attendance.check()
    family = _family(case, scale, counts)
    if not attendance.in_order(family.returned_must_be):
        return {"ballots_in_order": False, "outcome": "void_revote"}, ()
    counts = {mark: counts.get(mark, 0) for mark in family.marks} if set(counts) <= set(family.marks) else counts
    check_row("the row", tuple(counts.values()), 0, attendance.valid)
    return evaluate("row", counts, attendance, family).results(), ()


def evaluation_score(case: Case) -> Answer:
    """A weighted score; marks that are left out neither score nor count."""
    params, counts = case.params(), counts_of(case.fields.get("input", ""), "input")
    weights = _weights(params, "weights")
    excluded = _marks(params, "excluded")
    params.done()
    _check_marks(counts, weights, excluded)
    weighted, weighing = weigh(counts, weights)
    result: Results = {"score": _text(weighted, weighing)}
    if excluded:
        result["score_if_unknown_counted_as_zero"] = _text(weighted, sum(counts.values()))
    word = next((word for word in _FAVOURABLE if word in counts), "")
    if word:
        # A weighted score that is called a rate misleads: everybody dissatisfied can still score fifty.
        result["label_must_not_be"] = f"{word}率"
    return result, ()


def evaluation_weighted(case: Case) -> Answer:
    """Categories of evaluators, combined exactly and rounded at the end."""
    params, fields = case.params(), case.input()
    weights = _weights(params, "weights")
    excluded = _marks(params, "excluded_from_index")
    shares = counts_of(params.value("category_weights"), "params.category_weights")
    empty = EmptyCategory.REFUSE
    if params.has("empty_category"):
        empty = EmptyCategory(params.choice("empty_category", tuple(EmptyCategory)))
    params.done()
    counts = {category: counts_of(fields.value(category), f"input.{category}") for category in shares}
    fields.done()
    for own in counts.values():
        _check_marks(own, weights, excluded)
    score = combine(counts, weights, shares, empty)
    categories = {c: None if value is None else two_decimals(value) for c, value in score.categories.items()}
    return {**categories, "index": two_decimals(score.index)}, ()


def evaluation_threshold(case: Case) -> Answer:
    """Whether a flag is tripped: the marks of a row together, against a fraction of the denominator."""
    rows: list[Results] = []
    for row, own in zip(case.rows(), case.row_objects(), strict=True):
        rule = row.fields("rule")
        ratio = read_ratio(rule)
        rule.done()
        denominator = number(row, "denominator")
        # The marks that form the indicator are data: every number of the row but the denominator is one of them.
        marks = [key for key, item in own.items() if type(item) is int and key != "denominator"]
        if not marks:
            raise EncodingError(row.where, "has no number to compare with the denominator")
        numerator = sum(number(row, mark) for mark in marks)
        if numerator > denominator or denominator == 0:
            contradiction(f"{numerator} of {denominator} is no rate")
        rows.append({"tripped": ratio.holds(numerator, denominator)})
    return {"rows": rows}, ()


def evaluation_band(case: Case) -> Answer:
    """The band of each row."""
    params = case.params()
    bands = tuple(_band(row) for row in params.rows("bands"))
    params.done()
    return {
        "rows": [{"band": band_of(number(row, "favourable"), number(row, "denominator"), bands)} for row in case.rows()]
    }, ()


def quota_selection(case: Case) -> Answer:
    """A selection under a quota, with a tie at the cut."""
    fields = case.input()
    ranked = fields.fields("ranked_votes_descending")
    quota = quota_of(number(fields, "assessed"), fields.integer("quota_pct", 0, 100))
    selection = select_within(quota, number(ranked, "above_tie"), number(ranked, "tied"))
    ranked.done()
    fields.done()
    return {
        "quota": selection.quota,
        "selected": selection.selected,
        "undecided_seats": selection.undecided_seats,
        "undecided_candidates": selection.undecided_candidates,
    }, ()


def small_group(case: Case) -> Answer:
    """The categories that may be published by themselves."""
    params, fields = case.params(), case.input()
    sizes = counts_of(fields.value("categories"), "input.categories")
    fields.done()
    published, withheld = publishable(sizes, params.integer("min_category_size", 1, 1000))
    params.done()
    return {"publish_separately": list(published), "suppressed_or_merged": list(withheld)}, ()


def _family(case: Case, scale: str, counts: Mapping[str, int]) -> EvaluationRules:
    """The parameters of a single evaluation: those of its rule set, or the ones that the case spells out."""
    if "rule_set" in case.fields:
        family = case.rules().family
        if not isinstance(family, EvaluationRules):
            raise InputError("rule_set", "does not decide evaluations", "Name one that does")
        return family
    params = case.params()
    weights = _weights(params, "weights")
    excluded = _marks(params, "excluded_from_index")
    marks = tuple(dict.fromkeys((*counts, *weights, *excluded)))
    _check_marks(dict.fromkeys(marks, 0), weights, excluded)
    trust = load_rule_set("trust_default").family
    indicators = tuple(Indicator(f"rate_{mark}", (mark,)) for mark in marks)
    if scale == TRUST_SCALE and isinstance(trust, EvaluationRules):
        marks, indicators = trust.marks, trust.indicators
    family = EvaluationRules(
        scale=scale,
        marks=marks,
        denominator=Base(params.choice("denominator", _DENOMINATORS)) if params.has("denominator") else Base.VALID,
        not_answered=excluded,
        weights=tuple(weights.items()),
        excluded_from_index=excluded,
        indicators=indicators,
        flags=tuple(_flag(row) for row in params.rows("flags")) if params.has("flags") else (),
        categories=(),
        empty_category=EmptyCategory.REFUSE,
        bands=None,
        selection=None,
        scopes=(),
        smallest_cell=1,
        returned_must_be=ReturnedBallots.LE_ISSUED,
    )
    params.done()
    return family


def _flag(row: Fields) -> FlagRule:
    flag = FlagRule(row.text("id"), _marks(row, "marks"), read_ratio(row))
    row.done()
    return flag


def _band(row: Fields) -> Band:
    name = row.text("name")
    ratio = None if row.has("otherwise") and row.boolean("otherwise") else read_ratio(row)
    row.done()
    return Band(name, ratio)


def _weights(params: Fields, key: str) -> dict[str, int]:
    weights = counts_of(params.value(key), params.path(key))
    if not weights or max(weights.values()) > MAX_WEIGHT:
        raise EncodingError(params.path(key), f"has no weight, or one above {MAX_WEIGHT}")
    return weights


def _marks(fields: Fields, key: str) -> tuple[str, ...]:
    marks = fields.array(key) if fields.has(key) else ()
    if not all(isinstance(mark, str) for mark in marks):
        raise EncodingError(fields.path(key), "holds a value that is not text")
    return tuple(str(mark) for mark in marks)


def _check_marks(counts: Mapping[str, int], weights: Mapping[str, int], excluded: tuple[str, ...]) -> None:
    """Accept counts whose marks each either carry a weight or are left out, and none of which is missing."""
    for mark in counts:
        if (mark in weights) == (mark in excluded):
            contradiction(f"{mark} must either carry a weight or be left out")
    for mark in weights:
        if mark not in counts:
            contradiction(f"{mark} carries a weight and has no count")


def _text(numerator: int, denominator: int) -> str | None:
    return two_decimals(Fraction(numerator, denominator)) if denominator else None
