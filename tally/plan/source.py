"""The files that a plan is read from: names to bytes, no folder.

A name in `session.toml` is that of a file beside it. Anything that could point elsewhere is refused by its form, before
anybody looks for the file.
"""

import difflib
import re
from collections.abc import Mapping
from typing import Final

from tally.plan.csv_table import read_csv
from tally.plan.problems import Problems, shown
from tally.plan.table import MAX_FILE_BYTES, Table, TableLimit, build_table
from tally.plan.xlsx_table import read_xlsx

SESSION_FILE: Final = "session.toml"
_PLAIN_NAME: Final = re.compile(r"[^\x00-\x1f/\\:*?\"<>|.][^\x00-\x1f/\\:*?\"<>|]{0,99}")


def is_plain_name(name: str) -> bool:
    """Whether a name is that of a file beside `session.toml`, and cannot point elsewhere."""
    return _PLAIN_NAME.fullmatch(name) is not None and ".." not in name


class PlanFiles:
    """The files of one folder by name, and the tables read from them so far."""

    __slots__ = ("_files", "_problems", "_tables")

    def __init__(self, files: Mapping[str, bytes], problems: Problems) -> None:
        self._files = files
        self._problems = problems
        self._tables: dict[tuple[str, tuple[str, ...], int], Table | None] = {}

    def table(self, place: str, name: str, required: tuple[str, ...], limit: TableLimit) -> Table | None:
        """Read the table that `place` names; None with a problem noted where there is none."""
        key = (name, required, limit.rows)
        if key not in self._tables:
            self._tables[key] = self._read(place, name, required, limit)
        return self._tables[key]

    def _read(self, place: str, name: str, required: tuple[str, ...], limit: TableLimit) -> Table | None:
        data = self._data(place, name)
        if data is None:
            return None
        before = self._problems.count
        extension = name.rpartition(".")[2].lower()
        if extension == "csv":
            raw = read_csv(name, data, self._problems)
        elif extension == "xlsx":
            raw = read_xlsx(name, data, limit.rows, self._problems)
        else:
            self._problems.add(
                place, f"{shown(name)} is neither .csv nor .xlsx", "Save the table in one of these forms"
            )
            return None
        rows = tuple(raw)
        # What cannot be read must not be reported as empty too.
        return build_table(name, rows, required, limit, self._problems) if self._problems.count == before else None

    def _data(self, place: str, name: str) -> bytes | None:
        if not is_plain_name(name):
            self._problems.add(
                place,
                f"{shown(name)} is not the plain name of a file",
                f"Put the file beside {SESSION_FILE} and write its name only",
            )
            return None
        data = self._files.get(name)
        if data is None:
            near = difflib.get_close_matches(name, self._files, 1)
            remedy = f"Did you mean {shown(near[0])}" if near else f"Put it beside {SESSION_FILE}"
            self._problems.add(place, f"there is no file {shown(name)}", remedy)
            return None
        if len(data) > MAX_FILE_BYTES:
            self._problems.add(
                name, f"has {len(data)} bytes, at most {MAX_FILE_BYTES} are read", "Keep only the table of names in it"
            )
            return None
        return data
