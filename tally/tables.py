"""Results as CSV for officials: Chinese headers, UTF-8 with a byte-order mark as Excel wants it.

A cell never starts a formula: names and titles come from tables that somebody filled in, and a spreadsheet would run
``=…`` when the file is opened. Such a cell gets an apostrophe in front.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Final

from ballots.contest import Contest, Kind
from tally.decide.evaluation import RowEvaluation
from tally.decide.outcome import (
    ElectionOutcome,
    EvaluationOutcome,
    MotionOutcome,
    Outcome,
    QuestionnaireOutcome,
    TicketVoteOutcome,
)
from tally.decide.quota import Selection
from tally.decide.rounding import two_decimals
from tally.indicator_words import INDEX, rate_words
from tally.results import Decided

_MARK_WORDS: Final = {"approve": "赞成", "agree": "同意", "disapprove": "不赞成", "abstain": "弃权"}
_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")
_BYTE_ORDER_MARK: Final = "\ufeff"

NONE: Final = "—"
"""What stands where there is nothing to be divided by."""

_SUMMARY: Final = ("项目", "应到会", "实到会", "发出票", "收回票", "有效票", "无效票", "规定票数", "结论")


def safe_cell(value: object) -> str:
    """The text of a cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else text


def mark_word(contest: Contest, mark: str) -> str:
    """The Chinese word of a mark; a ticket vote says 不同意 where an election says 不赞成."""
    if contest.kind is Kind.TICKET_VOTE and mark == "disapprove":
        return "不同意"
    return _MARK_WORDS.get(mark, mark)


def contest_csv(contest: Contest, counts: Sequence[Sequence[int]], outcome: Outcome) -> bytes:
    """The counts of one contest, a line for each row in the order of display, with what follows for it."""
    rates = _evaluations(outcome)
    first = next(iter(rates.values()), None)
    extra = ["结果"] if first is None else evaluation_columns(first)
    selects = isinstance(outcome, EvaluationOutcome) and outcome.selection is not None and first is not None
    extra += ["结果"] if selects else []
    lines = [["编号", "姓名", *(mark_word(contest, mark) for mark in contest.marks), *extra]]
    for row, row_counts in zip(contest.rows, counts, strict=True):
        cells = [row.id, row.name, *map(str, row_counts)]
        evaluation = rates.get(row.id)
        if evaluation is not None:
            cells += evaluation_cells(evaluation)
        if evaluation is None or selects:
            cells.append(row_verdict(row.id, outcome))
        lines.append(cells)
    return _csv(lines)


def evaluation_columns(row: RowEvaluation) -> list[str]:
    """The heads of what is said of a row: rates by their own names, the index, and what else the rule set has."""
    columns = [f"{rate_words(rate.marks).zh}(%)" for rate in row.rates]
    columns.append(INDEX.zh)
    columns += [f"{_category_word(part.categories)}{INDEX.zh}" for part in row.combined.parts] if row.combined else []
    columns += ["等次"] if row.band is not None else []
    return [*columns, "待核实"] if row.flags else columns


def evaluation_cells(row: RowEvaluation) -> list[str]:
    """The cells under these heads. Flags are shown as fractions: a rounded percentage hides the side of a threshold."""
    cells = [rate.text or NONE for rate in row.rates]
    cells.append(row.index or NONE)
    scores = [part.score for part in row.combined.parts] if row.combined else []
    cells += [NONE if score is None else two_decimals(score) for score in scores]
    cells += [row.band or NONE] if row.band is not None else []
    tripped = "；".join(f"{'、'.join(flag.marks)} {flag.fraction}" for flag in row.flags if flag.tripped)
    return [*cells, tripped] if row.flags else cells


def _category_word(categories: Sequence[str]) -> str:
    return "、".join(name.upper() for name in categories) + "类"


def summary_csv(decided: Sequence[Decided]) -> bytes:
    """One line for each contest: people, ballots, votes needed, and the conclusion in words."""
    lines = [list(_SUMMARY)]
    for contest, attendance, _, outcome in decided:
        people = (attendance.should_attend, attendance.present, attendance.issued, attendance.returned)
        needed = "" if isinstance(outcome, EvaluationOutcome | QuestionnaireOutcome) else str(outcome.votes_needed)
        numbers = [str(number) for number in (*people, attendance.valid, attendance.invalid)]
        lines.append([contest.title.zh, *numbers, needed, conclusion(outcome)])
    return _csv(lines)


def row_verdict(row_id: str, outcome: Outcome) -> str:
    """What the outcome says of one row, in Chinese."""
    match outcome:
        case ElectionOutcome():
            if row_id in outcome.elected_by_votes:
                return "当选"
            if row_id in outcome.runoff_candidates:
                return "票数相等，再次投票" if outcome.runoff_follows else "票数相等，由大会主席团决定"
            return "达到票数，未当选" if row_id in outcome.passed_but_not_elected else "未当选"
        case TicketVoteOutcome():
            if not outcome.sitting.decides:
                return "无结果"
            return "通过" if row_id in outcome.passed else "未通过"
        case MotionOutcome():
            return "通过" if outcome.passed else "未通过"
        case EvaluationOutcome():
            if not outcome.sitting.decides:
                return "无结果"
            return _selection_word(row_id, outcome.selection)
        case QuestionnaireOutcome():
            return "无结果" if not outcome.sitting.decides else ""


def _selection_word(row_id: str, selection: Selection | None) -> str:
    if selection is None:
        return ""
    if row_id in selection.selected:
        return "入选"
    return "比率相等，由大会主席团决定" if row_id in selection.undecided else "未入选"


def conclusion(outcome: Outcome) -> str:
    """The outcome of a contest in one phrase, in Chinese."""
    if not outcome.sitting.can_hold:
        return "未达到规定到会人数，不得进行"
    if not outcome.sitting.ballots_in_order:
        return "收回票多于发出票，无效，重新投票"
    match outcome:
        case ElectionOutcome():
            parts = [f"当选 {len(outcome.elected_by_votes)} 名"]
            if outcome.runoff_candidates:
                tied = f"{len(outcome.runoff_candidates)} 人票数相等，"
                seats = f"余下 {outcome.runoff_seats} 名"
                parts.append(f"{tied}就{seats}再次投票" if outcome.runoff_follows else f"{tied}{seats}由大会主席团决定")
            if outcome.shortfall:
                parts.append(f"缺额 {outcome.shortfall} 名")
            return "，".join(parts)
        case TicketVoteOutcome():
            return f"通过 {len(outcome.passed)} 人，未通过 {len(outcome.failed)} 人"
        case MotionOutcome():
            return "通过" if outcome.passed else "未通过"
        case EvaluationOutcome():
            return f"测评 {len(outcome.rows)} 项{_selected(outcome)}"
        case QuestionnaireOutcome():
            return f"问卷 {len(outcome.options)} 项，不作决定"


def _selected(outcome: EvaluationOutcome) -> str:
    selection = outcome.selection
    if selection is None:
        return ""
    left = f"，余 {selection.undecided_seats} 名比率相等，由大会主席团决定" if selection.undecided_seats else ""
    return f"，名额 {selection.quota}，入选 {len(selection.selected)} 名{left}"


def _evaluations(outcome: Outcome) -> dict[str, RowEvaluation]:
    return {row.row: row for row in outcome.rows} if isinstance(outcome, EvaluationOutcome) else {}


def _csv(lines: Sequence[Sequence[str]]) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([[safe_cell(cell) for cell in line] for line in lines])
    return (_BYTE_ORDER_MARK + text.getvalue()).encode("utf-8")
