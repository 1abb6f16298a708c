"""Questionnaires: how often each option was chosen. Nothing is decided by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tally.decide.attendance import Attendance, check_row
from tally.decide.outcome import ChosenOption, QuestionnaireOutcome
from tally.decide.steps import Step, open_sitting
from tally.rules.questionnaire import OptionOrder, QuestionnaireRules
from tally.rules.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Option:
    """An option with the three counts of its line."""

    id: str
    name: str
    chosen: int
    not_chosen: int
    item_invalid: int = 0


def count_questionnaire(
    options: Sequence[Option], attendance: Attendance, rules: RuleSet, family: QuestionnaireRules
) -> QuestionnaireOutcome:
    """Report the options in the order of the rule set; equal ones in the order of the list.

    Raises:
        VerificationError: V11.D, numbers that contradict each other.
    """
    sitting = open_sitting(attendance, rules)
    for option in options:
        check_row(option.name, (option.chosen, option.not_chosen), option.item_invalid, attendance.valid)
    ordered = list(options)
    if family.order is OptionOrder.BY_CHOICES:
        ordered.sort(key=lambda option: -option.chosen)
    if not sitting.decides:
        ordered = []
    steps = [
        Step("option", f"{option.name}：选择 {option.chosen} 人", f"{option.name}: chosen by {option.chosen}")
        for option in ordered
    ]
    return QuestionnaireOutcome(
        sitting=sitting,
        options=tuple(ChosenOption(option.id, option.chosen) for option in ordered),
        manual_checks=(),
        steps=(*sitting.steps, *steps),
    )
