"""评优建议名单: who is proposed under a quota. The quota is a ceiling; a tie at it is for the presidium to decide."""

from __future__ import annotations

from typing import Final

from tally.decide.quota import Selection
from tally.indicator_words import rate_words
from tally.report.evaluation_tables import subject_word
from tally.report.model import (
    NONE,
    Block,
    Cell,
    Column,
    ColumnKind,
    Facts,
    Notes,
    Sheet,
    SignatureLine,
    Statement,
    Table,
)
from tally.report.told import Told
from tally.report.words import articles, checks
from tally.rules.evaluation import Scope

SELECTED: Final = "建议入选"
UNDECIDED: Final = "并列待定"


def selection_sheet(told: Told) -> Sheet | None:
    """The list of those proposed, for the presidium; None where there is no selection to be shown."""
    blocks = selection_blocks(told)
    if not blocks:
        return None
    notes = Notes((*checks(told.contest.outcome.manual_checks), *articles(told.contest.rules, ("selection",))))
    signatures = (SignatureLine("总监票人"), SignatureLine("执行主席"))
    return Sheet(f"{told.contest.title}评优建议名单", (*blocks, notes), signatures)


def selection_blocks(told: Told) -> tuple[Block, ...]:
    """Quota, selected and tied, as far as the audience may know."""
    selection, rules = told.publication.selection, told.rules.selection
    if selection is None or rules is None:
        return ()
    if told.publication.audience is Scope.SELF:
        return (Statement(f"评优：{_verdict(selection, told.rows[0].shown.row)}。"),)
    share = f"{rules.quota[0]}/{rules.quota[1]}"
    numbers = Facts(
        (("参加评优", len(told.contest.people)), ("名额上限", selection.quota), ("入选", len(selection.selected)))
    )
    quota = Statement(f"名额为参加评优数的 {share}，只舍不入，不得突破，可以不足。")
    if not selection.turnout_met:
        return (numbers, quota, Statement("收回的测评票未达到规定数，不产生评优建议名单。", strong=True))
    blocks: list[Block] = [numbers, quota]
    if selection.selected or selection.undecided:
        blocks.append(_table(told, selection, rules.indicator))
    else:
        blocks.append(Statement("无人入选。", strong=True))
    if selection.undecided_seats:
        text = f"末位比率相等，余下 {selection.undecided_seats} 个名额在并列者中由大会主席团决定，不得突破名额。"
        blocks.append(Statement(text, strong=True))
    return (*blocks, Statement("本名单只是建议，须经组织认定。"))


def _verdict(selection: Selection, identity: str) -> str:
    if identity in selection.selected:
        return SELECTED
    return UNDECIDED if identity in selection.undecided else "未入选"


def _table(told: Told, selection: Selection, indicator: str) -> Table:
    rows = {row.shown.row: row for row in told.rows}
    cells: list[tuple[Cell, ...]] = []
    for number, identity in enumerate((*selection.selected, *selection.undecided), 1):
        row = rows[identity]
        rate = next((one for one in row.shown.rates if one.rate.id == indicator), None)
        fraction, text = (rate.rate.fraction, rate.text or NONE) if rate else (NONE, NONE)
        cells.append((number, row.person.label, fraction, text, _verdict(selection, identity)))
    marks = next(rate.marks for rate in told.rules.indicators if rate.id == indicator)
    columns = (
        Column("序号", ColumnKind.ORDINAL),
        Column(subject_word(told), ColumnKind.NAME),
        Column("票数／分母", ColumnKind.NUMBER),
        Column(rate_words(marks).zh, ColumnKind.NUMBER),
        Column("结果", ColumnKind.TEXT),
    )
    return Table(columns, tuple(cells), "按比率为序")
