"""A document as XLSX: the sheets one below the other, for officials who go on working with the numbers.

No cell is a formula, and none can become one (:func:`tally.tables.safe_cell`). The same document gives the same bytes:
what the package writes about the time of writing is replaced by the day of the session. The package itself passes the
cells through a temporary file, which it removes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from tally.report.model import Block, Cell, Document, Facts, Names, Notes, Sheet, SignatureLine, Statement, Table
from tally.tables import safe_cell

_WIDTHS: Final = {"A": 10, "B": 26, "C": 14, "D": 14, "E": 14, "F": 14, "G": 14, "H": 14}
_NAMES_A_LINE: Final = 4
_CORE: Final = "docProps/core.xml"
_TIMES: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_OLDEST: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every member: the earliest that the format can say."""

Line = tuple[tuple[Cell, ...], bool]
"""The cells of a line, and whether they are bold."""


def document_xlsx(document: Document) -> bytes:
    """Write a document as one worksheet."""
    book = Workbook(write_only=True)
    page = book.create_sheet(document.kind.zh)
    for column, width in _WIDTHS.items():
        page.column_dimensions[column].width = width
    for cells, bold in _lines(document):
        page.append([_cell(page, cell, bold=bold) for cell in cells])
    content = BytesIO()
    book.save(content)
    return _fixed(content.getvalue(), date.fromisoformat(document.day))


def _cell(page: object, value: Cell, *, bold: bool) -> object:
    cell = WriteOnlyCell(page, value if isinstance(value, int) else safe_cell(value))
    if bold:
        cell.font = Font(bold=True)
    return cell


def _lines(document: Document) -> Iterator[Line]:
    if document.simulated:
        yield ("演练会议，不具效力",), True
    if document.mark:
        yield (document.mark,), False
    for sheet in document.sheets:
        yield from _sheet(document, sheet)
    origin = document.provenance
    for label, value in (
        ("会议编号", origin.session),
        ("会议指纹", origin.fingerprint),
        ("结束时的日志" if origin.closed else "日志", f"{origin.size} 条，根 {origin.root}"),
        ("报告摘要", origin.digest),
        ("比对码", origin.code),
    ):
        if value:
            yield (label, value), False


def _sheet(document: Document, sheet: Sheet) -> Iterator[Line]:
    yield (document.heading,), True
    yield (sheet.title,), True
    yield (document.occasion,), False
    for block in sheet.blocks:
        yield from _block(block)
    for line in sheet.signatures:
        yield _signature(line), False
    yield (), False


def _block(block: Block) -> Iterator[Line]:
    match block:
        case Facts():
            yield from ((item, False) for item in block.items)
        case Statement():
            yield (block.text,), block.strong
        case Table():
            if block.caption:
                yield (block.caption,), True
            yield tuple(column.title for column in block.columns), True
            yield from ((row, False) for row in block.rows)
        case Names():
            names = [f"{person.place or ''} {person.name}{person.note}".strip() for person in block.people]
            for start in range(0, len(names), _NAMES_A_LINE):
                yield tuple(names[start : start + _NAMES_A_LINE]), False
        case Notes():
            yield from (((line,), False) for line in block.lines)
    yield (), False


def _signature(line: SignatureLine) -> tuple[Cell, ...]:
    return (f"{line.role}（签名）：", *("",) * line.places)


def _fixed(content: bytes, day: date) -> bytes:
    """The archive without the time at which it was written."""
    stamp = datetime.combine(day, time()).isoformat() + "Z"
    target = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name in source.namelist():
            data = source.read(name)
            if name == _CORE:
                data = _TIMES.sub(lambda match: match[1] + stamp.encode("ascii"), data)
            member = ZipInfo(name, _OLDEST)
            member.compress_type = ZIP_DEFLATED
            archive.writestr(member, data)
    return target.getvalue()
