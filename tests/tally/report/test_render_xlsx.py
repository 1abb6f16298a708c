from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from ballots.contest import Capture
from tally.report.model import DocumentKind
from tally.report.render_xlsx import document_xlsx
from tests.tally.report.evaluations import trust
from tests.tally.report.samples import LONG_NAME, SIMULATED, election, made, person


def cells(content: bytes) -> list[list[object]]:
    page = load_workbook(BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def test_every_number_is_a_number() -> None:
    contest = election(160, 100, seats=1, capture=Capture.HAND, write_ins=(("张三", 5),))
    found = cells(document_xlsx(made(contest, DocumentKind.COUNT)))
    lines = [[cell for cell in line if cell is not None] for line in found]
    assert [1, LONG_NAME, 160, 145, 0, "当选"] in lines
    assert ["应到会", 312] in lines
    assert [1, "张三", 5, "—", "—"] in lines
    assert ["总监票人（签名）："] in lines


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+1", "-1", "＝1"])
def test_no_name_is_a_formula(name: str) -> None:
    content = document_xlsx(made(election(160, rows=(person("1", name),)), DocumentKind.COUNT))
    page = load_workbook(BytesIO(content)).worksheets[0]
    found = [cell for row in page.iter_rows() for cell in row if isinstance(cell.value, str) and name in cell.value]
    assert found
    assert all(cell.data_type == "s" and str(cell.value).startswith("'") for cell in found)
    with ZipFile(BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_the_same_document_is_the_same_bytes_and_carries_the_day_of_the_session() -> None:
    document = made(election(160), DocumentKind.COUNT)
    assert document_xlsx(document) == document_xlsx(document)
    with ZipFile(BytesIO(document_xlsx(document))) as archive:
        assert archive.read("docProps/core.xml").count(b"2026-12-08T00:00:00Z") == 2
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert document_xlsx(replace(document, day="2026-12-09")) != document_xlsx(document)


def test_marks_and_names_are_written() -> None:
    lists = cells(document_xlsx(made(election(160, 170, seats=2), DocumentKind.ELECTED, SIMULATED)))
    assert lists[0][0] == "演练会议，不具效力"
    assert any(LONG_NAME in line for line in lists)
    assert cells(document_xlsx(made(trust((10, 0, 0, 0)), DocumentKind.EVALUATION_ROWS)))[0][0] == "内部资料　注意保密"
