"""A table of named columns, whatever file it came from.

Every cell is text, already cleaned; empty rows are dropped but keep their numbers, so that a message names the line
that a person sees in the spreadsheet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tally.plan.problems import Problems, shown
from tally.plan.text import clean_text

MAX_FILE_BYTES: Final = 16 * 1024 * 1024
"""A roll of 20,000 people with twenty columns takes 5 MB; a larger file is not a table of people."""

MAX_COLUMNS: Final = 40
"""Rolls met have nine columns; wider sheets are forms or pivot tables."""


@dataclass(frozen=True, slots=True)
class TableLimit:
    """The most rows that a table may have, and why."""

    rows: int
    reason: str


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as read: its number in the file (from 1, the header counted) and its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of data: its line and its cells by column, empty cells left out."""

    line: int
    cells: tuple[tuple[str, str], ...]

    def get(self, column: str) -> str:
        """The text of a column, empty where the row has none."""
        return dict(self.cells).get(column, "")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one file under its header."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]

    def place(self, row: TableRow, column: str) -> str:
        """Name a cell as messages name it."""
        return cell_place(self.name, row.line, column)


def cell_place(name: str, line: int, column: str) -> str:
    """Name a cell as messages name it."""
    return f"{name}, line {line}, column {column}"


def build_table(
    name: str, raw: Iterable[RawRow], required: tuple[str, ...], limit: TableLimit, problems: Problems
) -> Table | None:
    """Read header and rows; None where the header makes the rows unreadable, or there are too many."""
    rows = iter(raw)
    header = next((row for row in rows if any(cell.strip() for cell in row.cells)), None)
    if header is None:
        problems.add(name, "is empty", f"Write a first line with the columns {_list(required)}")
        return None
    columns = _read_header(name, header, required, problems)
    if columns is None:
        return None
    found: list[TableRow] = []
    for row in rows:
        if not any(cell.strip() for cell in row.cells):
            continue
        if len(found) == limit.rows:
            problems.add(
                f"{name}, line {row.line}",
                f"has more than {limit.rows} rows",
                f"{limit.reason}: split or shorten the table",
            )
            return None
        found.append(_read_row(name, row, columns, problems))
    if not found:
        problems.add(name, "has a header but no rows", "Add one row for each name")
        return None
    return Table(name, tuple(column for column in columns if column), tuple(found))


def _read_header(name: str, header: RawRow, required: tuple[str, ...], problems: Problems) -> tuple[str, ...] | None:
    before = problems.count
    place = f"{name}, line {header.line}"
    cells = header.cells
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > MAX_COLUMNS:
        problems.add(place, f"has {len(cells)} columns", f"Keep at most {MAX_COLUMNS}")
        return None
    columns = tuple(clean_text(place, cell, problems) for cell in cells)
    repeated = sorted({column for column in columns if column and columns.count(column) > 1})
    if repeated:
        problems.add(place, f"names the column {_list(repeated)} twice", "Give every column its own name")
    missing = [column for column in required if column not in columns]
    if missing:
        remedy = (
            "Separate the columns with commas"
            if len(columns) == 1 and len(required) > 1
            else "Add it to the first line"
        )
        names, found = _list(missing), _list(columns[:12])
        problem = (
            f"the column {names} is missing; found {found}"
            if len(missing) == 1
            else f"the columns {names} are missing; found {found}"
        )
        problems.add(place, problem, remedy)
    return None if problems.count > before else columns


def _read_row(name: str, row: RawRow, columns: tuple[str, ...], problems: Problems) -> TableRow:
    extra = [cell for cell in row.cells[len(columns) :] if cell.strip()]
    if extra:
        place = f"{name}, line {row.line}"
        problems.add(
            place,
            f"has more cells than the header has columns, the first of them {shown(extra[0])}",
            "Remove or name them",
        )
    cells: list[tuple[str, str]] = []
    for column, cell in zip(columns, row.cells, strict=False):
        text = clean_text(cell_place(name, row.line, column or "without a name"), cell, problems)
        if text and not column:
            problems.add(
                f"{name}, line {row.line}",
                f"{shown(text)} stands in a column without a name",
                "Name the column or empty it",
            )
        elif text:
            cells.append((column, text))
    return TableRow(row.line, tuple(cells))


def _list(words: Iterable[str]) -> str:
    return ", ".join(shown(word) for word in words)
