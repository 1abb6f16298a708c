"""Which sheets an evaluation has: one signed by those who declare it, and one for each audience that is told anything.

Without a rule that somebody is told (``scopes``) there is nothing to hand out.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from tally.decide.outcome import EvaluationOutcome
from tally.report.beside import Beside
from tally.report.evaluation import CONFIDENTIAL, person_sheet, rows_sheet, told_sheet
from tally.report.facts import ContestFacts, SessionFacts
from tally.report.model import DocumentKind, Sheet
from tally.report.selection import selection_sheet
from tally.report.told import AUDIENCES, is_told, told_to
from tally.rules.evaluation import Scope

Made: TypeAlias = tuple[DocumentKind, tuple[Sheet, ...], str]
"""A document to be: its kind, its sheets, and who may see it as printed at the head of its pages."""

_KINDS: Final = {
    Scope.COMMITTEE: (DocumentKind.EVALUATION_COMMITTEE, CONFIDENTIAL),
    Scope.SUPERIOR: (DocumentKind.EVALUATION_SUPERIOR, CONFIDENTIAL),
    Scope.DELEGATES: (DocumentKind.EVALUATION_DELEGATES, "限会议代表"),
    Scope.PUBLIC: (DocumentKind.EVALUATION_PUBLIC, ""),
}


def evaluation_sheets(facts: ContestFacts, session: SessionFacts, beside: Beside) -> tuple[Made, ...]:
    """The documents of one counted evaluation.

    Raises:
        ValueError: the contest is no evaluation.
    """
    outcome = facts.outcome
    if not isinstance(outcome, EvaluationOutcome):
        raise ValueError(f"{facts.contest.id} is no evaluation")
    everything = told_to(facts, session, None, beside)
    made: list[Made] = [(DocumentKind.EVALUATION_ROWS, (rows_sheet(everything, outcome),), CONFIDENTIAL)]
    if not outcome.sitting.decides:
        return tuple(made)
    selection = selection_sheet(everything)
    if selection is not None:
        made.append((DocumentKind.SELECTION, (selection,), CONFIDENTIAL))
    if is_told(facts, Scope.SELF):
        told = (told_to(facts, session, Scope.SELF, beside, person.id) for person in facts.people)
        made.append((DocumentKind.EVALUATION_PERSON, tuple(person_sheet(one) for one in told), CONFIDENTIAL))
    for audience in AUDIENCES:
        if is_told(facts, audience):
            kind, mark = _KINDS[audience]
            made.append((kind, (told_sheet(told_to(facts, session, audience, beside), audience),), mark))
    return tuple(made)
