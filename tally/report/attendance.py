"""到会情况: who should attend and who is present, by delegation, and whether the number suffices for each contest.

The log has the numbers declared for each contest. Delegations are known to who has the roll; names are not printed.
"""

from __future__ import annotations

from tally.report.log_facts import DeclaredAttendance
from tally.report.model import NONE, Block, Cell, Column, ColumnKind, Facts, Notes, Sheet, SignatureLine, Table
from tally.roll.summary import RollSummary

_WITHOUT_DELEGATION = "未编入代表团"


def attendance_sheet(declared: tuple[DeclaredAttendance, ...], roll: RollSummary | None) -> Sheet:
    """The sheet of a session; `roll` is None where only the record is at hand."""
    blocks: list[Block] = []
    if roll is not None:
        blocks += [_totals(roll), _by_delegation(roll)]
    blocks.append(_by_contest(declared))
    notes = ["请假的，仍计入应到会人数；不得委托他人投票。"]
    if roll is None:
        notes.append("本表只据记录中各项表决申报的人数；各代表团人数见名册。")
    blocks.append(Notes(tuple(notes)))
    return Sheet("到会情况报告单", tuple(blocks), (SignatureLine("报到工作人员"), SignatureLine("总监票人")))


def _totals(roll: RollSummary) -> Facts:
    return Facts((("应到会", roll.should_attend), ("实到会", roll.present), ("请假", roll.on_leave)))


def _by_delegation(roll: RollSummary) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            number,
            one.delegation or (_WITHOUT_DELEGATION if len(roll.delegations) > 1 else "全体"),
            one.should_attend,
            one.present,
            one.on_leave,
        )
        for number, one in enumerate(roll.delegations, 1)
    ]
    rows.append(("", "合计", roll.should_attend, roll.present, roll.on_leave))
    columns = (
        Column("序号", ColumnKind.ORDINAL),
        Column("代表团", ColumnKind.TEXT),
        Column("应到会", ColumnKind.NUMBER),
        Column("实到会", ColumnKind.NUMBER),
        Column("请假", ColumnKind.NUMBER),
    )
    return Table(columns, tuple(rows), "各代表团到会情况")


def _by_contest(declared: tuple[DeclaredAttendance, ...]) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (number, one.title, one.should_attend, one.present, NONE if one.needed is None else one.needed, _met(one))
        for number, one in enumerate(declared, 1)
    )
    columns = (
        Column("序号", ColumnKind.ORDINAL),
        Column("表决事项", ColumnKind.TEXT),
        Column("应到会", ColumnKind.NUMBER),
        Column("实到会", ColumnKind.NUMBER),
        Column("规定人数", ColumnKind.NUMBER),
        Column("结论", ColumnKind.TEXT),
    )
    return Table(columns, rows, "各项表决申报的到会人数")


def _met(one: DeclaredAttendance) -> str:
    if one.needed is None:
        return "未作规定"
    return "达到" if one.present >= one.needed else "未达到"
