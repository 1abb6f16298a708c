"""表决结果报告单: the result of a ticket vote, person by person, of a motion, and of a questionnaire."""

from __future__ import annotations

from typing import Final

from ballots.contest import Purpose
from tally.decide.outcome import MotionOutcome, QuestionnaireOutcome, TicketVoteOutcome
from tally.report.boxes import corrected, void_table
from tally.report.count import COUNTING_SIGNATURES
from tally.report.facts import ETHNICITY, SEX, ContestFacts
from tally.report.model import (
    NONE,
    Block,
    Cell,
    Column,
    ColumnKind,
    DocumentKind,
    Facts,
    Notes,
    Sheet,
    Statement,
    Table,
)
from tally.report.words import articles, checks, needed, result_title, validity
from tally.tables import mark_word

_TICKET_MARKS: Final = ("agree", "disapprove", "abstain")
_MOTION_MARKS: Final = ("approve", "disapprove", "abstain")
_PURPOSES: Final = {
    Purpose.NONE: "",
    Purpose.APPOINTMENT: "通过的，为决定任用的人选。",
    Purpose.RECOMMENDATION: "通过的，为向有关人民代表大会推荐的人选，由其依法选举。",
}


def ticket_sheet(facts: ContestFacts, outcome: TicketVoteOutcome) -> Sheet:
    """The result of a ticket vote: each nominee by itself, in the order of the sheet."""
    decides = outcome.sitting.decides
    columns = _detail_labels(facts)
    rows: list[tuple[Cell, ...]] = []
    for number, person in enumerate(facts.people):
        details = dict(person.details)
        verdict = ("通过" if person.id in outcome.passed else "未通过") if decides else NONE
        counts = [facts.count(number, mark) for mark in _TICKET_MARKS]
        rows.append((number + 1, person.label, *(details.get(label, "") for label in columns), *counts, verdict))
    table = Table(
        (
            Column("序号", ColumnKind.ORDINAL),
            Column("姓名", ColumnKind.NAME),
            *(Column(label, ColumnKind.TEXT) for label in columns),
            *_mark_columns(facts, _TICKET_MARKS),
            Column("结果", ColumnKind.TEXT),
        ),
        tuple(rows),
    )
    found = f"通过 {len(outcome.passed)} 人，未通过 {len(outcome.failed)} 人。" if decides else "本次表决不产生结果。"
    blocks: list[Block] = [
        _vote_facts(facts, outcome.votes_needed, "须获同意票"),
        Statement(validity(facts, "表决", "表决票"), strong=True),
        Statement(needed(facts, outcome.votes_needed, "通过")),
        table,
        *void_table(facts),
        Statement(found + _PURPOSES[facts.purpose], strong=True),
        Notes(
            corrected(facts)
            + checks(outcome.manual_checks)
            + articles(facts.rules, ("pass", "recusal", "renomination"))
        ),
    ]
    return Sheet(result_title(facts.title, DocumentKind.TICKET.zh), tuple(blocks), COUNTING_SIGNATURES)


def motion_sheet(facts: ContestFacts, outcome: MotionOutcome) -> Sheet:
    """The result of a motion."""
    row = tuple(facts.count(0, mark) for mark in _MOTION_MARKS)
    if outcome.sitting.decides:
        found = f"表决结果：{'通过' if outcome.passed else '未通过'}。"
    else:
        found = "本次表决不产生结果。"
    blocks: list[Block] = [
        _vote_facts(facts, outcome.votes_needed, "须获赞成票"),
        Statement(validity(facts, "表决", "表决票"), strong=True),
        Statement(needed(facts, outcome.votes_needed, "通过")),
        Table(_mark_columns(facts, _MOTION_MARKS), (row,)),
        *void_table(facts),
        Statement(found, strong=True),
        Notes(corrected(facts) + checks(outcome.manual_checks) + articles(facts.rules, ("pass",))),
    ]
    return Sheet(result_title(facts.title, DocumentKind.MOTION.zh), tuple(blocks), COUNTING_SIGNATURES)


def questionnaire_sheet(facts: ContestFacts, outcome: QuestionnaireOutcome) -> Sheet:
    """How often each option was chosen, in the order of the outcome. It decides nothing."""
    labels = {person.id: person.label for person in facts.people}
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (number, labels[option.row], option.chosen) for number, option in enumerate(outcome.options, 1)
    )
    columns = (
        Column("序号", ColumnKind.ORDINAL),
        Column("选项", ColumnKind.TEXT),
        Column("选择票数", ColumnKind.NUMBER),
    )
    blocks: list[Block] = [
        _vote_facts(facts, None, ""),
        Statement(validity(facts, "问卷", "问卷票"), strong=True),
        Table(columns, rows),
        Notes(("问卷只反映意见，不作决定。", *checks(outcome.manual_checks), *articles(facts.rules, ()))),
    ]
    return Sheet(facts.title + DocumentKind.QUESTIONNAIRE.zh, tuple(blocks), COUNTING_SIGNATURES)


def _vote_facts(facts: ContestFacts, votes_needed: int | None, label: str) -> Facts:
    attendance = facts.attendance
    asked: tuple[tuple[str, Cell], ...] = ()
    if votes_needed is not None:
        asked = ((label, votes_needed if facts.threshold else NONE),)
    return Facts(
        (
            ("应到会", attendance.should_attend),
            ("实到会", attendance.present),
            ("发出表决票", attendance.issued),
            ("收回表决票", attendance.returned),
            ("有效票", attendance.valid),
            ("无效票", attendance.invalid),
            *asked,
        )
    )


def _mark_columns(facts: ContestFacts, marks: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(mark_word(facts.contest, mark), ColumnKind.NUMBER) for mark in marks)


def _detail_labels(facts: ContestFacts) -> tuple[str, ...]:
    """The columns of the nominees' table that say what they are put forward for, at most two."""
    labels = dict.fromkeys(label for person in facts.people for label, text in person.details if text)
    return tuple(label for label in labels if label not in (SEX, ETHNICITY))[:2]
