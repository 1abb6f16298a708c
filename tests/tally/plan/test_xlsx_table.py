import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest

from tally.plan.problems import InputErrors, Problems
from tally.plan.table import RawRow
from tally.plan.xlsx_table import MAX_UNPACKED_BYTES, read_xlsx


def workbook(fill: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(*rows: tuple[object, ...]) -> bytes:
    def fill(book: Any) -> None:
        for row in rows:
            book.active.append(row)

    return workbook(fill)


def read(data: bytes, max_rows: int = 10) -> list[RawRow]:
    problems = Problems()
    found = list(read_xlsx("t.xlsx", data, max_rows, problems))
    problems.refuse()
    return found


def refused(data: bytes) -> InputErrors:
    with pytest.raises(InputErrors) as caught:
        read(data)
    return caught.value


def test_text_and_numbers() -> None:
    found = read(sheet(("编号", "姓名"), ("S1", "吴平"), (None, None), (12, "周刚文"), (7.0, "王兰敏")))
    assert [(row.line, row.cells) for row in found] == [
        (1, ("编号", "姓名")),
        (2, ("S1", "吴平")),
        (4, ("12", "周刚文")),
        (5, ("7", "王兰敏")),
    ]


def test_leading_zeros_that_the_sheet_shows_are_kept() -> None:
    def fill(book: Any) -> None:
        book.active["A1"] = 78
        book.active["A1"].number_format = "0000"

    assert read(workbook(fill))[0].cells == ("0078",)


def test_dates_become_days() -> None:
    assert read(sheet((date(1970, 3, 1), datetime(1971, 1, 2, 3, 4, tzinfo=UTC).replace(tzinfo=None))))[0].cells == (
        "1970-03-01",
        "1971-01-02",
    )


def test_formulas_are_refused_by_the_name_of_their_cell() -> None:
    error = refused(sheet(("编号", "姓名"), ("=1+1", '=HYPERLINK("http://x")')))
    assert [problem.place for problem in error.problems] == ["t.xlsx, cell A2", "t.xlsx, cell B2"]
    assert "=1+1" in error.problem
    assert "paste special" in error.remedy


@pytest.mark.parametrize("value", [1.5, True, 1e300])
def test_values_that_are_no_text_are_refused(value: object) -> None:
    assert refused(sheet(("编号",), (value,))).place == "t.xlsx, cell A2"


def test_errors_in_cells_are_refused() -> None:
    def fill(book: Any) -> None:
        book.active["B3"] = "#N/A"

    assert refused(workbook(fill)).place == "t.xlsx, cell B3"


def test_the_only_filled_sheet_counts() -> None:
    def fill(book: Any) -> None:
        book.create_sheet("名单").append(("编号", "姓名"))

    assert read(workbook(fill))[0].cells == ("编号", "姓名")


def test_two_filled_sheets_are_refused_by_name() -> None:
    def fill(book: Any) -> None:
        book.active.append(("编号",))
        book.create_sheet("旧名单").append(("编号",))

    assert '"旧名单"' in refused(workbook(fill)).problem


def test_no_more_rows_are_read_than_asked_for() -> None:
    found = read(sheet(*((n,) for n in range(1, 1000))), max_rows=10)
    assert len(found) == 12


def test_a_cell_in_the_last_row_that_excel_knows_costs_nothing() -> None:
    def fill(book: Any) -> None:
        book.active["A1"] = "编号"
        book.active["XFD1048576"] = "x"

    assert len(read(workbook(fill))) == 1


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 nothing", "编号,姓名\n".encode(), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old .xls"]
)
def test_files_that_are_no_workbooks(data: bytes) -> None:
    assert "not an Excel workbook" in refused(data).problem


def test_an_archive_that_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert "cannot" in refused(out.getvalue()).remedy or "can be read" in refused(out.getvalue()).problem


def test_a_workbook_with_a_damaged_part() -> None:
    data = bytearray(sheet(("编号",)))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = archive.getinfo("xl/workbook.xml").header_offset + 60
    data[start : start + 40] = b"\0" * 40
    assert refused(bytes(data)).place == "t.xlsx"


def test_a_workbook_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    out = io.BytesIO()
    big = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(big, "w") as part:
        for _ in range(MAX_UNPACKED_BYTES // 2**20 + 1):
            part.write(bytes(2**20))
    assert "unpacks to" in refused(out.getvalue()).problem


def test_entities_in_the_xml_are_not_expanded_to_megabytes() -> None:
    with zipfile.ZipFile(io.BytesIO(sheet(("编号",)))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{entities}]>'
    parts[name] = head.encode() + parts[name].replace("编号".encode(), b"&e9;")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    assert refused(out.getvalue()).place == "t.xlsx"
