"""Rows of a CSV file.

Formulas are refused as in a workbook: a file that was saved with its formulas shown has them in place of the values.
"""

import csv
import io
from collections.abc import Iterator
from typing import Final

from tally.plan.problems import Problems, shown
from tally.plan.table import RawRow
from tally.plan.text import decode_text

_FORMULA: Final = ("=", "＝", "@")
"""What begins a formula. Plus and minus do too, but they also begin telephone numbers and empty details."""


def read_csv(name: str, data: bytes, problems: Problems) -> Iterator[RawRow]:
    """Give the rows of a comma-separated file; stop at the first line that cannot be read, with a problem noted."""
    text = decode_text(name, data, problems)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            for number, cell in enumerate(cells, 1):
                if cell.lstrip().startswith(_FORMULA):
                    place = f"{name}, line {reader.line_num}, cell {number}"
                    problems.add(place, f"holds the formula {shown(cell)}", "Replace it by its value")
            yield RawRow(reader.line_num, tuple(cells))
    except csv.Error as error:
        problems.add(
            f"{name}, line {reader.line_num}", f"cannot be read: {error}", "Mend the quotation marks of this line"
        )
