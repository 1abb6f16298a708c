"""到会情况: who should attend and who is present, by delegation, and whether the number suffices for each contest.

The log has the numbers declared for each contest. Delegations are known to who has the roll; names are not printed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from tally.report.log_facts import DeclaredAttendance
from tally.report.model import NONE, Block, Cell, Column, ColumnKind, Facts, Notes, Sheet, SignatureLine, Table
from tally.roll.summary import RollSummary
from tally.rules.ruleset import RuleSet

OUTSIDE: Final = "不计入应到会人数的原因"
NEEDED: Final = "各规则规定的人数和票数（以应到会或者实到会人数为基数的）"
_WITHOUT_DELEGATION: Final = "未编入代表团"


def attendance_sheet(
    declared: tuple[DeclaredAttendance, ...], roll: RollSummary | None, rules: Iterable[RuleSet] = ()
) -> Sheet:
    """The sheet of a session; `roll` is None where only the record is at hand. `rules` are those adopted."""
    blocks: list[Block] = []
    if roll is not None:
        blocks += [_totals(roll), _by_delegation(roll)]
        if roll.outside:
            blocks.append(_outside(roll))
        blocks += _needed(roll, rules)
    blocks.append(_by_contest(declared))
    notes = ["请假的，仍计入应到会人数；不得委托他人投票。"]
    if roll is None:
        notes.append("本表只据记录中各项表决申报的人数；各代表团人数见名册。")
    blocks.append(Notes(tuple(notes)))
    return Sheet("到会情况报告单", tuple(blocks), (SignatureLine("报到工作人员"), SignatureLine("总监票人")))


def _totals(roll: RollSummary) -> Facts:
    return Facts(
        (
            ("名册人数", roll.on_roll),
            ("应到会", roll.should_attend),
            ("不计入应到会", len(roll.outside)),
            ("实到会", roll.present),
            ("请假", roll.on_leave),
        )
    )


def _by_delegation(roll: RollSummary) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            number,
            _named(one.delegation, roll),
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


def _outside(roll: RollSummary) -> Table:
    """Who is on the roll and not in the base, as numbers by reason: names are not for this sheet."""
    numbers = Counter((one.delegation, one.word) for one in roll.outside)
    words = tuple(dict.fromkeys(one.word for one in roll.outside))
    concerned = {one.delegation for one in roll.outside}
    delegations = [one.delegation for one in roll.delegations if one.delegation in concerned]
    lines: list[tuple[Cell, ...]] = []
    for delegation in delegations:
        found = [numbers[delegation, word] for word in words]
        lines.append((_named(delegation, roll), *found, sum(found)))
    totals = [sum(numbers[delegation, word] for delegation in delegations) for word in words]
    lines.append(("合计", *totals, sum(totals)))
    columns = (
        Column("代表团", ColumnKind.TEXT),
        *(Column(word, ColumnKind.NUMBER) for word in words),
        Column("合计", ColumnKind.NUMBER),
    )
    return Table(columns, tuple(lines), OUTSIDE)


def _needed(roll: RollSummary, rules: Iterable[RuleSet]) -> Iterator[Table]:
    """What each rule set asks of these numbers; none where no rules are adopted."""
    rows: list[tuple[Cell, ...]] = []
    for one in rules:
        asked = roll.needed(one)
        rows.append((one.name_zh, *(NONE if number is None else number for number in (asked.quorum, asked.votes))))
    columns = (
        Column("采用的规则", ColumnKind.PROSE),
        Column("规定到会人数", ColumnKind.TEXT),
        Column("通过所需票数", ColumnKind.TEXT),
    )
    if rows:
        yield Table(columns, tuple(rows), NEEDED)


def _named(delegation: str, roll: RollSummary) -> str:
    return delegation or (_WITHOUT_DELEGATION if len(roll.delegations) > 1 else "全体")


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
