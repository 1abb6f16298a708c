"""What may be shown of an evaluation, row by row. What the outcome withholds does not get past this module."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from tally.decide.evaluation import RowEvaluation
from tally.decide.outcome import EvaluationOutcome
from tally.report.facts import ContestFacts, PersonFacts
from tally.rules.evaluation import EvaluationRules, Scope

EVERYBODY: Final = frozenset({Scope.DELEGATES, Scope.PUBLIC})
"""Who sees the sheet for the whole."""

ONESELF: Final = EVERYBODY | {Scope.SELF}
"""Who sees the sheet of a person."""

SMALL_CELL: Final = "small_cell"
"""The check of an outcome whose values are too few to be shown."""

CountedRate: TypeAlias = tuple[str, tuple[str, ...], int, int]
"""A rate: id, marks, numerator, denominator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedPerson:
    """What may be shown of one row of an evaluation. Everything but `person` is empty where it is withheld.

    `counts` are the ballots by mark. A flag is (marks, comparison in words, numerator, denominator, whether it is
    tripped); the index has two decimals, "" where nothing is weighed.
    """

    person: PersonFacts
    withheld: bool
    counts: tuple[int, ...] = ()
    rates: tuple[CountedRate, ...] = ()
    index: str = ""
    flags: tuple[tuple[tuple[str, ...], str, int, int, bool], ...] = ()


def evaluated(facts: ContestFacts) -> tuple[EvaluatedPerson, ...]:
    """The rows of an evaluation in the order of display; those that the outcome does not show are withheld."""
    outcome, rules = facts.outcome, evaluation_rules(facts)
    if not isinstance(outcome, EvaluationOutcome):
        raise ValueError(f"{facts.contest.id} is no evaluation")
    shown = {} if SMALL_CELL in outcome.manual_checks else {row.row: row for row in outcome.rows}
    return tuple(
        _evaluated(person, facts.counts[number], shown.get(person.id), rules)
        for number, person in enumerate(facts.people)
    )


def may_be_told(rules: EvaluationRules, item: str, audience: frozenset[Scope]) -> bool:
    """Whether the rule set lets some of an audience know an item: an indicator's id, `index` or `flags`.

    An item without a rule is kept from nobody.
    """
    return all(rule.item != item or audience & set(rule.scopes) for rule in rules.scopes)


def delays(rules: EvaluationRules, items: Iterable[str]) -> int:
    """How many days after publication the last of these items may be told."""
    wanted = set(items)
    return max((rule.delay_days for rule in rules.scopes if rule.item in wanted), default=0)


def evaluation_rules(facts: ContestFacts) -> EvaluationRules:
    """The rule set's parameters of an evaluation."""
    if not isinstance(facts.rules.family, EvaluationRules):
        raise ValueError(f"{facts.contest.id} is no evaluation")
    return facts.rules.family


def _evaluated(
    person: PersonFacts, counts: tuple[int, ...], row: RowEvaluation | None, rules: EvaluationRules
) -> EvaluatedPerson:
    if row is None:
        return EvaluatedPerson(person=person, withheld=True)
    marks = {indicator.id: indicator.marks for indicator in rules.indicators}
    flags = {flag.id: flag for flag in rules.flags}
    return EvaluatedPerson(
        person=person,
        withheld=False,
        counts=counts,
        rates=tuple((rate.id, marks[rate.id], rate.numerator, rate.denominator) for rate in row.rates),
        index=row.index or "",
        flags=tuple(
            (flags[flag.id].marks, flags[flag.id].ratio.zh, flag.numerator, flag.denominator, flag.tripped)
            for flag in row.flags
        ),
    )
