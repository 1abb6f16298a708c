import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.drafting.sheet import Sheet, clean_cells, csv_lines, read_sheet, sheet_of
from tally.plan.problems import InputErrors
from tally.plan.table import RawRow

CELL = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="=＝@"), max_size=8)
NAMES = st.lists(CELL.filter(bool), min_size=1, max_size=5, unique=True)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    columns = tuple(draw(NAMES))
    row = st.tuples(*(CELL for _ in columns)).filter(any)
    rows = tuple(draw(st.lists(row, max_size=6)))
    # A column without a text is kept by its name alone.
    return Sheet(columns, rows)


@settings(deadline=None)
@given(sheets())
def test_what_is_written_is_read_again(sheet: Sheet) -> None:
    assert read_sheet({"a.csv": sheet.to_csv()}, "a.csv", 100) == sheet


@settings(deadline=None)
@given(sheets(), st.data())
def test_an_edit_is_read_again(sheet: Sheet, data: st.DataObject) -> None:
    values = data.draw(st.dictionaries(st.sampled_from([*sheet.columns, "新列"]), CELL.filter(bool), min_size=1))
    added = sheet.added(values)
    again = read_sheet({"a.csv": added.to_csv()}, "a.csv", 100)
    assert again == added
    assert {c: again.cell(len(sheet.rows), c) for c in again.columns if again.cell(len(sheet.rows), c)} == values
    assert [row[: len(sheet.columns)] for row in again.rows[:-1]] == list(sheet.rows)


def test_a_row_is_changed_removed_and_moved() -> None:
    sheet = Sheet(("编号", "姓名"), (("1", "甲"), ("2", "乙"), ("3", "丙")))
    assert sheet.changed(1, {"姓名": "丁"}).rows[1] == ("2", "丁")
    assert sheet.without(0).rows == (("2", "乙"), ("3", "丙"))
    assert sheet.moved(0, 2).rows == (("2", "乙"), ("3", "丙"), ("1", "甲"))
    assert sheet.moved(2, -5).rows == (("3", "丙"), ("1", "甲"), ("2", "乙"))
    assert (sheet.find("编号", "3"), sheet.find("编号", "9"), sheet.line(2)) == (2, None, 4)


def test_a_workbook_is_read_like_a_file_of_text() -> None:
    book = openpyxl.Workbook()
    book.active.append(["编号", "姓名"])
    book.active.append(["1", "甲"])
    out = io.BytesIO()
    book.save(out)
    assert read_sheet({"a.xlsx": out.getvalue()}, "a.xlsx", 100) == Sheet(("编号", "姓名"), (("1", "甲"),))


def test_short_rows_are_filled_and_empty_columns_go() -> None:
    assert sheet_of([RawRow(1, ("a", "", "b")), RawRow(3, ("1",))]) == Sheet(("a", "b"), (("1", ""),))
    assert sheet_of([]) == Sheet((), ())


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(InputErrors, match="formula"):
        read_sheet({"a.csv": b"a\n=1\n"}, "a.csv", 9)


@pytest.mark.parametrize("text", ["=1", "a\nb", "a\u200bb", "x" * 2000])
def test_a_typed_cell_is_cleaned_like_one_of_a_file(text: str) -> None:
    with pytest.raises(InputErrors):
        clean_cells({"姓名": text})
    assert clean_cells({"姓名": "  甲 "}) == {"姓名": "甲"}


def test_the_file_is_for_excel() -> None:
    assert csv_lines([("a", "b,c"), ()]) == '\ufeffa,"b,c"\n\n'.encode()
