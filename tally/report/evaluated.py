"""What may be shown of an evaluation, row by row. What the outcome withholds does not get past this module."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tally.decide.evaluation import RowEvaluation
from tally.decide.outcome import EvaluationOutcome
from tally.report.facts import ContestFacts, PersonFacts
from tally.rules.evaluation import EvaluationRules

SMALL_CELL: Final = "small_cell"
"""The check of an outcome whose values are too few to be shown."""

@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedPerson:
    """What may be shown of one row of an evaluation. Everything but `person` is empty where it is withheld.

    `counts` are the ballots by mark. A rate is (id, marks, numerator, denominator), a flag the same with the comparison
    in words and whether it is tripped; the index has two decimals, "" where nothing is weighed.
    """

    person: PersonFacts
    withheld: bool
    counts: tuple[int, ...] = ()
    rates: tuple[tuple[str, tuple[str, ...], int, int], ...] = ()
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
