"""Edits of one row of a table, each refused where the reader would refuse the row."""

from collections.abc import Callable, Mapping

from tally.drafting.session_text import Files
from tally.drafting.sheet import SUFFIX, Sheet, clean_cells, read_sheet
from tally.drafting.survey import survey
from tally.drafting.tables import find_table, limit_of, with_table
from tally.plan.people import NUMBER, POSITION
from tally.plan.problems import Problems
from voting_core.errors import InputError


def open_table(files: Files, target: str) -> Sheet:
    """The table at an address.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    return read_sheet(files, find_table(files, target).file, limit_of(target).rows)


def add_row(files: Files, target: str, values: Mapping[str, str]) -> Files:
    """The draft with one more row.

    Raises:
        InputErrors: the row is not accepted.
    """
    cells = clean_cells(values)
    if not any(cells.values()):
        raise InputError("row", "is empty", "Write at least number and name")
    return _judged(files, target, lambda sheet: sheet.added(cells))


def change_row(files: Files, target: str, row: int, values: Mapping[str, str]) -> Files:
    """The draft with other texts in one row.

    Raises:
        InputErrors: the row is not accepted.
    """
    cells = clean_cells(values)
    return _judged(files, target, lambda sheet: sheet.changed(_there(sheet, row), cells))


def remove_row(files: Files, target: str, row: int) -> Files:
    """The draft without one row. What follows from that, such as more seats than names, is shown and not refused.

    Raises:
        InputError: there is no such row.
    """
    sheet = open_table(files, target)
    return with_table(files, target, SUFFIX, sheet.without(_there(sheet, row)).to_csv())[0]


def move_row(files: Files, target: str, row: int, to: int) -> Files:
    """The draft with one row at another place of the table.

    Raises:
        InputError: there is no such row.
    """
    sheet = open_table(files, target)
    return with_table(files, target, SUFFIX, sheet.moved(_there(sheet, row), to).to_csv())[0]


def place_by_hand(files: Files, target: str, number: str, position: str) -> Files:
    """The draft with a place in the printed list given by hand, or taken back with an empty one.

    Raises:
        InputErrors: there is no such name or place, or it cannot be kept beside the others.
    """
    row = open_table(files, target).find(NUMBER, number)
    if row is None:
        raise InputError("row", "is not in the table any more", "Look at the list again")
    cells = clean_cells({POSITION: position})
    return _judged(files, target, lambda sheet: sheet.changed(row, cells))


def _judged(files: Files, target: str, edit: Callable[[Sheet], Sheet]) -> Files:
    """The draft after an edit that moves no line, refused for every problem that it brings to its table or contest."""
    sheet = open_table(files, target)
    ref, text = find_table(files, target), sheet.to_csv()
    if files[ref.file] == text:
        written, name = files, ref.file
    else:
        # It is written once before, so that lines of a workbook or of one with gaps are those of the edited one.
        written, name = with_table(files, target, SUFFIX, text)
    edited, _ = with_table(written, target, SUFFIX, edit(sheet).to_csv())
    before = {(problem.place, problem.problem) for problem in survey(written).problems}
    brought = Problems()
    for problem in survey(edited).problems:
        of_contest = bool(ref.contest) and f'("{ref.contest}"), ' in problem.place and ", key " not in problem.place
        concerns = problem.place.startswith(f"{name}, ") or of_contest
        if concerns and (problem.place, problem.problem) not in before:
            brought.add(problem.place, problem.problem, problem.remedy)
    brought.refuse()
    return edited


def _there(sheet: Sheet, row: int) -> int:
    if not 0 <= row < len(sheet.rows):
        raise InputError("row", "is not in the table any more", "Look at the list again")
    return row
