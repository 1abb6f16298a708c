"""分箱计票汇总: the count sheets of a contest box by box, what is void and why, and every correction before and after.

The sheets are those of the log: none is ever taken away, and the last one of each box is in force (SPEC §8.5 rule 10).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

from ballots.void_reasons import VoidReason
from tally.entries.sheets import SLIPS, VOID, CountEntered
from tally.report.facts import ContestFacts
from tally.report.model import (
    NONE,
    Block,
    Cell,
    Column,
    ColumnKind,
    DocumentKind,
    Notes,
    Sheet,
    SignatureLine,
    Table,
)
from tally.tables import mark_word

VOID_CAPTION: Final = "无效票原因"
CORRECTIONS: Final = "更正前后"
_SLIPS: Final = "另选他人纸条"


def boxes_sheet(facts: ContestFacts) -> Sheet | None:
    """The sheet of a contest with ballots or slips counted by hand, None for others."""
    sheets = facts.sheets.in_force(facts.boxes)
    if not sheets:
        return None
    blocks: list[Block] = [_boxes(facts, sheets)]
    void = tuple((box_word(sheet.box), one.reason.zh, one.count) for sheet in sheets for one in sheet.void_reasons)
    if void:
        columns = (Column("票箱", ColumnKind.TEXT), Column("原因", ColumnKind.PROSE), Column("张数", ColumnKind.NUMBER))
        blocks.append(Table(columns, void, VOID_CAPTION))
    blocks += _corrections(facts)
    blocks.append(Notes(("合计为各票箱现用计票单之和；已更正的计票单留在会议记录中，不再计入。",)))
    signatures = (SignatureLine("总监票人"), SignatureLine("监票人", 3), SignatureLine("计票人", 2))
    return Sheet(facts.title + DocumentKind.BOXES.zh, tuple(blocks), signatures)


def void_table(facts: ContestFacts) -> tuple[Table, ...]:
    """How many ballots are void for each reason, over all boxes; empty where no ballot is void, and for slips."""
    if SLIPS in facts.boxes:
        return ()
    numbers = dict.fromkeys(VoidReason, 0)
    for sheet in facts.sheets.in_force(facts.boxes):
        for one in sheet.void_reasons:
            numbers[one.reason] += one.count
    rows = tuple((reason.zh, number) for reason, number in numbers.items() if number)
    columns = (Column("原因", ColumnKind.TEXT), Column("张数", ColumnKind.NUMBER))
    return (Table(columns, rows, VOID_CAPTION),) if rows else ()


def corrected(facts: ContestFacts) -> tuple[str, ...]:
    """A sentence for each sheet that corrects another one."""
    return tuple(
        f"{box_word(sheet.box)}的计票单已更正：“{sheet.replaces}”改为“{sheet.sheet}”，见分箱计票汇总。"
        for sheet in facts.sheets.entered
        if sheet.replaces
    )


def box_word(box: str) -> str:
    """The box as people call it."""
    return _SLIPS if box == SLIPS else f"票箱 {box}"


def _boxes(facts: ContestFacts, sheets: tuple[CountEntered, ...]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            box_word(sheet.box),
            sheet.sheet,
            sheet.issued,
            sheet.returned,
            sheet.valid,
            sheet.invalid,
            _remark(facts, sheet),
        )
        for sheet in sheets
    ]
    sums = [sum(numbers) for numbers in zip(*((s.issued, s.returned, s.valid, s.invalid) for s in sheets), strict=True)]
    rows.append(("合计", "", *sums, ""))
    columns = (
        Column("票箱", ColumnKind.TEXT),
        Column("现用计票单", ColumnKind.TEXT),
        *(Column(word, ColumnKind.NUMBER) for word in ("发出", "收回", "有效", "无效")),
        Column("说明", ColumnKind.REMARK),
    )
    return Table(columns, tuple(rows))


def _remark(facts: ContestFacts, sheet: CountEntered) -> str:
    remarks = ["已更正"] if sheet.replaces else []
    if sheet.is_over_issue:
        decision = facts.sheets.decision(sheet)
        decided = "主席团决定无效" if decision == VOID else "主席团决定计入" if decision else "未作决定"
        remarks.append(f"收回多于发出，{decided}")
    return "；".join(remarks)


def _corrections(facts: ContestFacts) -> Iterator[Table]:
    by_name = {sheet.sheet: sheet for sheet in facts.sheets.entered}
    rows = [
        (box_word(sheet.box), item, before, after)
        for sheet in facts.sheets.entered
        if sheet.replaces
        for item, before, after in _differences(facts, by_name[sheet.replaces], sheet)
    ]
    columns = (
        Column("票箱", ColumnKind.TEXT),
        Column("项目", ColumnKind.PROSE),
        Column("更正前", ColumnKind.TEXT),
        Column("更正后", ColumnKind.TEXT),
    )
    if rows:
        yield Table(columns, tuple(rows), CORRECTIONS)


def _differences(facts: ContestFacts, old: CountEntered, new: CountEntered) -> Iterator[tuple[str, Cell, Cell]]:
    """The sheets by name, then every number that differs."""
    yield "计票单", old.sheet, new.sheet
    before, after = _numbers(facts, old), _numbers(facts, new)
    for item in dict.fromkeys((*before, *after)):
        if before.get(item, 0) != after.get(item, 0):
            yield item, before.get(item, NONE), after.get(item, NONE)


def _numbers(facts: ContestFacts, sheet: CountEntered) -> dict[str, int]:
    """Every number of a sheet by what it counts."""
    found = {"收回": sheet.returned, "有效": sheet.valid, "无效": sheet.invalid}
    found |= {f"无效：{one.reason.zh}": one.count for one in sheet.void_reasons}
    for person, counts, lost in zip_longest(facts.people, sheet.counts, sheet.item_invalid):
        if counts is None:
            break
        marks = zip(facts.contest.marks, counts, strict=True)
        found |= {f"{person.label} {mark_word(facts.contest, mark)}": number for mark, number in marks}
        found[f"{person.label} 部分无效"] = lost
    found |= {f"另选 {line.name}": line.approve for line in sheet.write_ins}
    return found
