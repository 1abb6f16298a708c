"""What an import would take and what it would leave out, before anything is taken.

The file is read as part of the draft by the readers of sessions. Rows that they refuse are taken out, and the rest is
read again, because some mistakes hide others; in the end every row is accepted or stands among the refused ones with
its reasons. Rows keep their line in the uploaded file throughout.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tally.drafting.session_text import Files
from tally.drafting.sheet import SUFFIX, Sheet, csv_lines, raw_rows, sheet_of
from tally.drafting.survey import line_of, survey
from tally.drafting.tables import find_table, limit_of, with_table
from tally.plan.people import NUMBER
from tally.plan.problems import Problems, shown
from tally.plan.table import MAX_FILE_BYTES, RawRow
from voting_core.errors import InputError

SUFFIXES: Final = (".csv", ".xlsx")
_ROUNDS: Final = 6
"""Each round finds what the one before hid; the readers have four stages (cells, rows, table, contests)."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is left out: its line in the uploaded file, its cells, and why."""

    line: int
    cells: tuple[str, ...]
    reasons: tuple[InputError, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The numbers that an import brings, takes away, and gives other texts, compared with the table now."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import of one table would do.

    `whole` are reasons for which nothing of the file can be taken. `consequences` are problems that the draft would
    have elsewhere. `files` is the draft with the accepted rows.
    """

    target: str
    columns: tuple[str, ...]
    accepted: tuple[RawRow, ...]
    refused: tuple[RefusedRow, ...]
    whole: tuple[InputError, ...]
    consequences: tuple[InputError, ...]
    notes: tuple[str, ...]
    changes: Changes
    files: Files

    @property
    def can_take(self) -> bool:
        """Whether there is something to take."""
        return not self.whole and bool(self.accepted)

    def taken(self, *, leave_out_refused: bool) -> Files:
        """The draft after the import. Refused rows are only left out by who says so.

        Raises:
            InputError: nothing can be taken, or rows are refused and nobody said to leave them out.
        """
        if self.whole:
            raise self.whole[0]
        if not self.accepted:
            raise InputError("table", "has no row that can be taken", "Mend the rows in the file and import it again")
        if self.refused and not leave_out_refused:
            problem = f"has {len(self.refused)} refused rows"
            raise InputError("table", problem, "Mend them in the file, or say that they are to be left out")
        return self.files


def preview_import(files: Files, target: str, file_name: str, data: bytes) -> ImportPreview:
    """Look at an uploaded table in the place of the one at an address.

    Raises:
        InputError: the draft has no table there, or cannot be read itself.
    """
    present, limit = find_table(files, target), limit_of(target)
    suffix = file_name[file_name.rfind(".") :].lower() if "." in file_name else ""
    problems = Problems(most=None)
    rows: tuple[RawRow, ...] = ()
    if suffix not in SUFFIXES:
        name = shown(file_name)
        problems.add("file", f"{name} is neither .csv nor .xlsx", "Save the table in one of these forms")
    elif len(data) > MAX_FILE_BYTES:
        problems.add("file", f"has {len(data)} bytes, at most {MAX_FILE_BYTES} are read", "Keep only the table in it")
    else:
        rows = raw_rows(f"{present.file}{suffix}", data, limit.rows, problems)
    # Formulas and broken quotation marks have lines, and are found again when the rows are read.
    if not rows:
        whole = problems.found or (InputError("file", "is empty", "Write a first line with the names of the columns"),)
        return _nothing(files, target, whole)
    if len(rows) - 1 > limit.rows:
        remedy = f"{limit.reason}: split or shorten the table"
        return _nothing(files, target, (InputError("file", f"has more than {limit.rows} rows", remedy),))
    return _sifted(files, target, suffix, data, rows)


def _sifted(files: Files, target: str, suffix: str, data: bytes, rows: tuple[RawRow, ...]) -> ImportPreview:
    header, left = rows[0], rows[1:]
    before = {str(problem) for problem in survey(files).problems}
    reasons: dict[int, list[InputError]] = {}
    lines = {row.line for row in left}
    after, name = with_table(files, target, suffix, data)
    for _ in range(_ROUNDS):
        last = survey(after)
        mine = [(line_of(problem.place, name), problem) for problem in last.of_file(name)]
        whole = tuple(problem for line, problem in mine if line not in lines)
        # An empty rest is no reason of its own: what emptied it is told row by row.
        if whole and left:
            return replace(_nothing(files, target, whole), columns=tuple(header.cells))
        refused = {line for line, _ in mine if line is not None}
        for line, problem in mine:
            if line is not None and left:
                reasons.setdefault(line, []).append(problem)
        left = tuple(row for row in left if row.line not in refused)
        if not refused or not left:
            break
        after, name = with_table(files, target, SUFFIX, _at_their_lines(header, left))
    else:
        return _nothing(files, target, last.of_file(name))
    # The last reading refused nothing of what is left, or nothing is left; it says what follows elsewhere.
    others = tuple(p for p in last.problems if str(p) not in before and p not in last.of_file(name))
    final, _ = with_table(files, target, SUFFIX, sheet_of((header, *left)).to_csv())
    return ImportPreview(
        target=target,
        columns=tuple(header.cells),
        accepted=left,
        refused=tuple(RefusedRow(row.line, row.cells, tuple(reasons[row.line])) for row in rows if row.line in reasons),
        whole=() if left else _none_left(reasons),
        consequences=others,
        notes=last.plan.roll.notes if last.plan is not None and target == "roll" else (),
        changes=_changes(_present(files, target), sheet_of((header, *left))),
        files=final,
    )


def _none_left(reasons: dict[int, list[InputError]]) -> tuple[InputError, ...]:
    if reasons:
        return ()
    return (InputError("file", "has a header but no rows", "Add one row for each name"),)


def _nothing(files: Files, target: str, whole: tuple[InputError, ...]) -> ImportPreview:
    return ImportPreview(target, (), (), (), whole, (), (), Changes((), (), ()), files)


def _at_their_lines(header: RawRow, rows: Sequence[RawRow]) -> bytes:
    """CSV in which every row stands at its own line, with empty lines where others were."""
    written: list[tuple[str, ...]] = []
    for row in (header, *rows):
        written.extend(() for _ in range(row.line - 1 - len(written)))
        written.append(row.cells)
    return csv_lines(written)


def _present(files: Files, target: str) -> Sheet:
    name, problems = find_table(files, target).file, Problems()
    return sheet_of(raw_rows(name, files.get(name, b""), limit_of(target).rows, problems))


def _changes(old: Sheet, new: Sheet) -> Changes:
    before, after = _by_number(old), _by_number(new)
    return Changes(
        added=tuple(number for number in after if number not in before),
        removed=tuple(number for number in before if number not in after),
        changed=tuple(number for number in after if number in before and before[number] != after[number]),
    )


def _by_number(sheet: Sheet) -> dict[str, dict[str, str]]:
    if NUMBER not in sheet.columns:
        return {}
    cells = [{c: text for c, text in zip(sheet.columns, row, strict=True) if text} for row in sheet.rows]
    return {row[NUMBER]: row for row in cells if NUMBER in row}
