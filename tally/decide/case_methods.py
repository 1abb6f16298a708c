"""The method of an evaluation as a case states it: a rule set by its id, or parameters that the case spells out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from tally.decide.attendance import contradiction
from tally.decide.case_file import Case, counts_of
from tally.rules.common import ReturnedBallots
from tally.rules.evaluation import (
    MAX_WEIGHT,
    RATING,
    EmptyCategory,
    EvaluationRules,
    FlagRule,
    Indicator,
)
from tally.rules.loader import available_rule_sets, load_rule_set
from tally.rules.ruleset import RuleSet
from tally.rules.threshold import Base, read_ratio
from voting_core.codec import Fields
from voting_core.errors import EncodingError, InputError

TRUST: Final = "trust_default"


def rules_of(case: Case, counts: Mapping[str, int]) -> tuple[RuleSet, EvaluationRules]:
    """The rule set of a single evaluation; one that a case spells out has no articles.

    Raises:
        InputError: the rule set does not decide evaluations, or weighs categories, which one row of counts has not.
    """
    if "rule_set" not in case.fields:
        family = _family(case, counts)
        return replace(load_rule_set(TRUST), articles=(), quorum=None, family=family), family
    rules = case.rules()
    if not isinstance(rules.family, EvaluationRules):
        raise InputError("rule_set", "does not decide evaluations", "Name one that does")
    if rules.family.categories:
        raise InputError("rule_set", "weighs categories", "Write a case of kind evaluation_weighted")
    return rules, rules.family


def weights_of(params: Fields, key: str) -> dict[str, int]:
    """Weights by mark."""
    weights = counts_of(params.value(key), params.path(key))
    if not weights or max(weights.values()) > MAX_WEIGHT:
        raise EncodingError(params.path(key), f"has no weight, or one above {MAX_WEIGHT}")
    return weights


def marks_of(fields: Fields, key: str) -> tuple[str, ...]:
    """A list of marks that may be left out."""
    marks = fields.array(key) if fields.has(key) else ()
    if not all(isinstance(mark, str) for mark in marks):
        raise EncodingError(fields.path(key), "holds a value that is not text")
    return tuple(str(mark) for mark in marks)


def check_marks(counts: Mapping[str, int], weights: Mapping[str, int], excluded: tuple[str, ...]) -> None:
    """Accept counts whose marks each either carry a weight or are left out, and none of which is missing."""
    for mark in counts:
        if (mark in weights) == (mark in excluded):
            contradiction(f"{mark} must either carry a weight or be left out")
    for mark in weights:
        if mark not in counts:
            contradiction(f"{mark} carries a weight and has no count")


def _family(case: Case, counts: Mapping[str, int]) -> EvaluationRules:
    params = case.params()
    weights = weights_of(params, "weights")
    excluded = marks_of(params, "excluded_from_index")
    marks = tuple(dict.fromkeys((*counts, *weights, *excluded)))
    check_marks(dict.fromkeys(marks, 0), weights, excluded)
    known = _of_scale(case.text("scale", ""), marks)
    scale = case.text("scale", known.scale if known is not None else "own")
    indicators = tuple(Indicator(f"rate_{mark}", (mark,)) for mark in marks)
    if known is not None:
        marks, indicators = known.marks, known.indicators
    if params.has("indicators"):
        indicators = tuple(_indicator(row) for row in params.rows("indicators"))
    family = EvaluationRules(
        scale=scale,
        marks=marks,
        denominator=Base(params.choice("denominator", RATING)) if params.has("denominator") else Base.VALID,
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
    named = [mark for rate in family.indicators for mark in rate.marks]
    named += [mark for flag in family.flags for mark in flag.marks]
    for name in named:
        if name not in marks:
            contradiction(f"{name} is no mark of the scale {scale}")
    return family


def _of_scale(scale: str, marks: tuple[str, ...]) -> EvaluationRules | None:
    """The packaged parameters that use a scale, named or told by its marks; their indicators have the usual ids."""
    for name in (TRUST, *available_rule_sets()):
        family = load_rule_set(name).family
        if isinstance(family, EvaluationRules) and (family.scale == scale or (not scale and _has(family, marks))):
            return family
    return None


def _has(family: EvaluationRules, marks: tuple[str, ...]) -> bool:
    return set(marks) <= set(family.marks)


def _indicator(row: Fields) -> Indicator:
    indicator = Indicator(row.text("id"), marks_of(row, "marks"))
    row.done()
    return indicator


def _flag(row: Fields) -> FlagRule:
    flag = FlagRule(row.text("id"), marks_of(row, "marks"), read_ratio(row))
    row.done()
    return flag
