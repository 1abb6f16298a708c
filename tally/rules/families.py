"""The families of rule sets: which contests each decides, which marks it counts, and how it is told (SPEC §13.1).

Every parameter that can change an outcome is a field of a family; nothing is decided by a default in code.
"""

from __future__ import annotations

from typing import TypeAlias, assert_never

from tally.rules.common import MARKS, Naming
from tally.rules.election import ElectionRules, Order, read_election
from tally.rules.evaluation import EvaluationRules, read_evaluation
from tally.rules.motion import MotionRules, read_motion
from tally.rules.questionnaire import QUESTIONNAIRE_MARKS, QuestionnaireRules, read_questionnaire
from tally.rules.ticket_vote import TicketRules, read_ticket_vote
from voting_core.codec import Fields

Family: TypeAlias = ElectionRules | TicketRules | MotionRules | EvaluationRules | QuestionnaireRules


def read_family(fields: Fields) -> Family:
    """Read the family's parameters; the family is told by a field that only it has.

    Raises:
        EncodingError: see the readers.
    """
    if fields.has("elect"):
        return read_election(fields)
    if fields.has("scale"):
        return read_evaluation(fields)
    if fields.has("options"):
        return read_ticket_vote(fields)
    if fields.has("option_order"):
        return read_questionnaire(fields)
    return read_motion(fields)


def kinds_of(family: Family) -> tuple[str, ...]:
    """The kinds of contests that a family can decide."""
    match family:
        case ElectionRules():
            return ("election",)
        case TicketRules():
            return ("ticket_vote",)
        case MotionRules():
            return ("motion",)
        case EvaluationRules():
            return ("evaluation", "assessment")
        case QuestionnaireRules():
            return ("questionnaire",)
        case _:
            assert_never(family)


def stroke_naming(body: str, family: Family) -> Naming | None:
    """How the names of a body are ordered by strokes, None where strokes have no part in their order."""
    match family:
        case ElectionRules():
            # The superior approved such a list in the order of its table.
            return None if family.order_of(body) is Order.SUPERIOR_APPROVED else family.naming
        case TicketRules():
            return family.naming
        case _:
            return None


def marks_of(family: Family) -> tuple[str, ...]:
    """The marks that a family counts."""
    match family:
        case TicketRules():
            return family.options
        case EvaluationRules():
            return family.marks
        case QuestionnaireRules():
            return QUESTIONNAIRE_MARKS
        case ElectionRules() | MotionRules():
            return MARKS
        case _:
            assert_never(family)
