"""Rows of an Excel workbook (.xlsx), read as values only.

* Formulas are refused by the name of their cell: what they show depends on who last opened the file.
* A number keeps the leading zeros that its format shows (78 with the format 0000 is 0078), because people see those.
* The archive is measured before it is opened: a workbook of a few kilobytes can unpack to gigabytes.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

import openpyxl

from tally.plan.problems import Problems, shown
from tally.plan.table import MAX_COLUMNS, RawRow

MAX_UNPACKED_BYTES: Final = 32 * 1024 * 1024
"""Five times the largest sheet of a roll of 20,000 people. The texts of a sheet are held in memory while it is read, at
several times their size, by everybody who uploads one.

What the archive claims cannot be exceeded: the reader of ZIP gives no more bytes of a part than its size says."""

MAX_PARTS: Final = 1000
_SAVE_AGAIN: Final = "Open it in Excel and save it again as .xlsx or as CSV UTF-8"
_ZEROS: Final = re.compile("0+")


def read_xlsx(name: str, data: bytes, max_rows: int, problems: Problems) -> Iterator[RawRow]:
    """Give the rows of the only filled sheet, at most `max_rows` + 2; note a problem where there is no such sheet."""
    if not _archive_is_sound(name, data, problems):
        return
    try:
        with warnings.catch_warnings():
            # The reader warns about styles and validations that it leaves out; values are all that is read here.
            warnings.simplefilter("ignore")
            rows = _filled_sheet(name, data, max_rows, problems)
    except Exception:  # noqa: BLE001 - the reader raises errors of a dozen types for damaged files; none of them is ours
        problems.add(name, "is not a workbook that can be read", _SAVE_AGAIN)
        return
    yield from rows


def _archive_is_sound(name: str, data: bytes, problems: Problems) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        problems.add(name, "is not an Excel workbook of the form .xlsx", _SAVE_AGAIN)
        return False
    size = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or size > MAX_UNPACKED_BYTES:
        problems.add(
            name,
            f"unpacks to {size} bytes in {len(parts)} parts",
            f"Keep one sheet; at most {MAX_UNPACKED_BYTES} bytes are read",
        )
        return False
    return True


def _filled_sheet(name: str, data: bytes, max_rows: int, problems: Problems) -> tuple[RawRow, ...]:
    workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        filled = [
            (sheet.title, rows)
            for sheet in workbook.worksheets
            if (rows := _sheet_rows(name, sheet, max_rows, problems))
        ]
    finally:
        workbook.close()
    if len(filled) > 1:
        titles = ", ".join(shown(title) for title, _ in filled)
        problems.add(name, f"has {len(filled)} sheets that are not empty ({titles})", "Keep one sheet in each file")
        return ()
    return filled[0][1] if filled else ()


def _sheet_rows(name: str, sheet: Any, max_rows: int, problems: Problems) -> tuple[RawRow, ...]:
    # The dimensions that the file claims are not to be believed; cells decide.
    sheet.reset_dimensions()
    rows: list[RawRow] = []
    # One row for the header and one more than allowed, so that the caller sees that there are too many.
    for line, cells in enumerate(sheet.iter_rows(max_row=max_rows + 2, max_col=MAX_COLUMNS + 1), start=1):
        texts = tuple(_cell_text(name, cell, problems) for cell in cells)
        used = max((number for number, text in enumerate(texts, start=1) if text), default=0)
        if used:
            rows.append(RawRow(line, texts[:used]))
    return tuple(rows)


def _cell_text(name: str, cell: Any, problems: Problems) -> str:
    value = cell.value
    if value is None:
        return ""
    place = f"{name}, cell {cell.coordinate}"
    if cell.data_type == "f":
        problems.add(
            place, f"holds the formula {shown(str(value))}", "Replace it by its value (copy, paste special, values)"
        )
        return ""
    if cell.data_type == "e":
        problems.add(place, f"holds the error {shown(str(value))}", "Write the value itself")
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        problems.add(place, f"holds {shown(str(value))}, which is not text", "Write it as text")
        return ""
    return _plain(place, value, str(cell.number_format), problems)


def _plain(place: str, value: str | int | float | date, number_format: str, problems: Problems) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if value != int(value) or abs(value) >= 2**53:
        problems.add(place, f"holds the number {value}, which is not whole", "Write it as text")
        return ""
    digits = str(int(value))
    return digits.zfill(len(number_format)) if _ZEROS.fullmatch(number_format) else digits
