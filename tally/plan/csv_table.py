"""Rows of a CSV file."""

import csv
import io
from collections.abc import Iterator

from tally.plan.problems import Problems
from tally.plan.table import RawRow
from tally.plan.text import decode_text


def read_csv(name: str, data: bytes, problems: Problems) -> Iterator[RawRow]:
    """Give the rows of a comma-separated file; stop at the first line that cannot be read, with a problem noted."""
    text = decode_text(name, data, problems)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            yield RawRow(reader.line_num, tuple(cells))
    except csv.Error as error:
        problems.add(
            f"{name}, line {reader.line_num}", f"cannot be read: {error}", "Mend the quotation marks of this line"
        )
