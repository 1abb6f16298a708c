"""A table as it is edited: columns and rows of text. Written, it is CSV that Excel opens as it is."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tally.drafting.session_text import Files
from tally.plan.csv_table import read_csv
from tally.plan.problems import Problems
from tally.plan.table import RawRow
from tally.plan.text import clean_text
from tally.plan.xlsx_table import read_xlsx

SUFFIX: Final = ".csv"
_MARK: Final = "\ufeff"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one file under its columns; every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def cell(self, row: int, column: str) -> str:
        """The text of a cell, empty where there is no such column."""
        return self.rows[row][self.columns.index(column)] if column in self.columns else ""

    def find(self, column: str, text: str) -> int | None:
        """The first row with this text in a column."""
        return next((row for row in range(len(self.rows)) if self.cell(row, column) == text), None)

    def line(self, row: int) -> int:
        """The line of a row in the written file: under the header, one line each."""
        return row + 2

    def added(self, values: Mapping[str, str]) -> "Sheet":
        """With one more row at the end; columns that are new come last."""
        wider = self._with_columns(values)
        return replace(wider, rows=(*wider.rows, wider._row(values, ("",) * len(wider.columns))))

    def changed(self, row: int, values: Mapping[str, str]) -> "Sheet":
        """With other texts in one row; columns that `values` does not name keep theirs."""
        wider = self._with_columns(values)
        rows = list(wider.rows)
        rows[row] = wider._row(values, rows[row])
        return replace(wider, rows=tuple(rows))

    def without(self, row: int) -> "Sheet":
        """Without one row."""
        return replace(self, rows=(*self.rows[:row], *self.rows[row + 1 :]))

    def moved(self, row: int, to: int) -> "Sheet":
        """With one row at another place, the others in their order."""
        rows = list(self.rows)
        rows.insert(max(0, min(to, len(rows) - 1)), rows.pop(row))
        return replace(self, rows=tuple(rows))

    def to_csv(self) -> bytes:
        """The file: UTF-8 with byte order mark, because Excel takes anything else for GB18030."""
        return csv_lines([self.columns, *self.rows])

    def _with_columns(self, values: Mapping[str, str]) -> "Sheet":
        new = tuple(column for column, text in values.items() if text and column not in self.columns)
        return Sheet((*self.columns, *new), tuple((*row, *("" for _ in new)) for row in self.rows))

    def _row(self, values: Mapping[str, str], old: Sequence[str]) -> tuple[str, ...]:
        return tuple(values.get(column, text) for column, text in zip(self.columns, old, strict=True))


def read_sheet(files: Files, name: str, most: int) -> Sheet:
    """The table of a draft for editing, at most `most` rows.

    Raises:
        InputErrors: it cannot be read as a table at all.
    """
    problems = Problems()
    rows = raw_rows(name, files.get(name, b""), most, problems)
    problems.refuse()
    return sheet_of(rows)


def raw_rows(name: str, data: bytes, most: int, problems: Problems) -> tuple[RawRow, ...]:
    """The filled rows of a file, the header first."""
    read = read_xlsx(name, data, most, problems) if name.lower().endswith(".xlsx") else read_csv(name, data, problems)
    return tuple(row for row in read if any(cell.strip() for cell in row.cells))


def sheet_of(rows: Sequence[RawRow]) -> Sheet:
    """Header and rows as a sheet. Empty columns without a name are left out."""
    if not rows:
        return Sheet((), ())
    width = max(len(row.cells) for row in rows)
    cells = [tuple(cell.strip() for cell in row.cells) + ("",) * (width - len(row.cells)) for row in rows]
    kept = [place for place in range(width) if any(row[place] for row in cells)]
    head, *body = [tuple(row[place] for place in kept) for row in cells]
    return Sheet(head, tuple(body))


def csv_lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV; an empty one is an empty line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow(row)
    return (_MARK + out.getvalue()).encode("utf-8")


def clean_cells(values: Mapping[str, str]) -> dict[str, str]:
    """Texts typed into a form, cleaned as those of a file are.

    Raises:
        InputErrors: one of them cannot stand in a table.
    """
    problems = Problems()
    cleaned = {column: clean_text(column, text, problems) for column, text in values.items()}
    for column, text in cleaned.items():
        if text.startswith(("=", "＝", "@")):
            problems.add(column, "holds a formula", "Write the value itself")
    problems.refuse()
    return cleaned
