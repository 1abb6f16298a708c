"""All documents of a session, from its replayed state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tally.decide.outcome import (
    ElectionOutcome,
    EvaluationOutcome,
    MotionOutcome,
    QuestionnaireOutcome,
    TicketVoteOutcome,
)
from tally.entries.entry_type import EntryType
from tally.report.attendance import attendance_sheet
from tally.report.beside import RECORD_ALONE, Beside
from tally.report.boxes import boxes_sheet
from tally.report.consultation import consultation_sheet
from tally.report.count import count_sheet
from tally.report.elected import elected_sheet
from tally.report.evaluation_sheets import Made, evaluation_sheets
from tally.report.facts import (
    ContestFacts,
    SessionFacts,
    contest_facts,
    counted,
    is_for_presidium,
    provenance,
    session_facts,
)
from tally.report.log_facts import contest_logs, declared_attendances, trustees
from tally.report.log_summary import log_sheet
from tally.report.model import Document, DocumentKind, Provenance, Sheet
from tally.report.next_votes import next_sheet
from tally.report.votes import motion_sheet, questionnaire_sheet, ticket_sheet
from tally.state import State

PRESIDIUM: Final = "只报大会主席团"


def documents(state: State, types: Mapping[EntryType, int], beside: Beside = RECORD_ALONE) -> tuple[Document, ...]:
    """Every document of a session: those of its counted contests in their order, then attendance and log.

    `types` counts the entries of the log.
    """
    session, origin = session_facts(state), provenance(state)
    rules = tuple(adopted.rules for adopted in state.rules.values())
    attendance = attendance_sheet(declared_attendances(state), beside.roll, rules)
    log = log_sheet(types, contest_logs(state), trustees(state), origin)
    return (
        *(
            document
            for contest in counted(state)
            for document in contest_documents(
                contest_facts(state, contest), session, provenance(state, contest), beside
            )
        ),
        *(_document(DocumentKind.NEXT, (sheet,), session, origin) for sheet in next_sheet(state)),
        *(_document(DocumentKind.CONSULTATIONS, (sheet,), session, origin) for sheet in consultation_sheet(state)),
        _document(DocumentKind.ATTENDANCE, (attendance,), session, origin),
        _document(DocumentKind.LOG, (log,), session, origin),
    )


def contest_documents(
    facts: ContestFacts, session: SessionFacts, origin: Provenance, beside: Beside = RECORD_ALONE
) -> tuple[Document, ...]:
    """The documents of one counted contest; `origin` is the provenance of that contest."""

    def made(kind: DocumentKind, *sheets: Sheet, mark: str = "") -> Document:
        return _document(kind, sheets, session, origin, mark)

    boxes = boxes_sheet(facts)
    return (
        *(made(kind, *sheets, mark=mark) for kind, sheets, mark in _sheets(facts, session, beside)),
        *((made(DocumentKind.BOXES, boxes),) if boxes else ()),
    )


def _sheets(facts: ContestFacts, session: SessionFacts, beside: Beside) -> tuple[Made, ...]:
    match facts.outcome:
        case ElectionOutcome() as outcome:
            count = (DocumentKind.COUNT, (count_sheet(facts, outcome),), "")
            if not outcome.sitting.decides:
                return (count,)
            mark = PRESIDIUM if is_for_presidium(facts) else ""
            return count, (DocumentKind.ELECTED, (elected_sheet(facts, outcome),), mark)
        case TicketVoteOutcome() as outcome:
            return ((DocumentKind.TICKET, (ticket_sheet(facts, outcome),), ""),)
        case MotionOutcome() as outcome:
            return ((DocumentKind.MOTION, (motion_sheet(facts, outcome),), ""),)
        case EvaluationOutcome():
            return evaluation_sheets(facts, session, beside)
        case QuestionnaireOutcome() as outcome:
            return ((DocumentKind.QUESTIONNAIRE, (questionnaire_sheet(facts, outcome),), ""),)


def _document(
    kind: DocumentKind, sheets: tuple[Sheet, ...], session: SessionFacts, origin: Provenance, mark: str = ""
) -> Document:
    return Document(
        kind=kind,
        heading=session.title,
        day=session.day,
        occasion=session.occasion,
        sheets=sheets,
        provenance=origin,
        simulated=session.simulated,
        mark=mark,
    )
