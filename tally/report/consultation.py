"""书面征求意见情况: what members and alternates answered in writing between plenums. It is no decision."""

from __future__ import annotations

from typing import Final

from tally.report.model import Cell, Column, ColumnKind, DocumentKind, Notes, Sheet, SignatureLine, Statement, Table
from tally.state import State

NO_DECISION: Final = "征求意见不产生决定，由县委常委会决定。"


def consultation_sheet(state: State) -> tuple[Sheet, ...]:
    """One sheet for all consultations of a session, none where there were none."""
    if not state.consultations:
        return ()
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (number, one.title_zh, one.members, one.alternates, one.agree, one.disagree, one.no_reply)
        for number, (_, one) in enumerate(sorted(state.consultations.items()), 1)
    )
    columns = (
        Column("序号", ColumnKind.ORDINAL),
        Column("征求意见的事项", ColumnKind.PROSE),
        *(Column(word, ColumnKind.NUMBER) for word in ("委员", "候补委员", "同意", "不同意", "未回复")),
    )
    notes = Notes(("委员、候补委员全部征求；未回复的既不算同意，也不算不同意。",))
    blocks = (Table(columns, rows), Statement(NO_DECISION, strong=True), notes)
    return (Sheet(DocumentKind.CONSULTATIONS.zh, blocks, (SignatureLine("组织部门经办人"),)),)
