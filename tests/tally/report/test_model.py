import pytest

from tally.report.model import Column, ColumnKind, Document, DocumentKind, Sheet, Table
from tests.tally.report.samples import origin

COLUMN = Column("姓名", ColumnKind.NAME)


def document(kind: DocumentKind, contest: str = "") -> Document:
    return Document(
        kind=kind,
        heading="会",
        day="2026-12-08",
        occasion="2026年12月8日",
        sheets=(Sheet("甲", ()),),
        provenance=origin(contest),
        simulated=False,
    )


@pytest.mark.parametrize("row", [(), ("a", "b")])
def test_a_row_has_a_cell_for_each_column(row: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="one cell for each column"):
        Table((COLUMN,), (row,))
    Table((COLUMN,), (("a",),))


def test_files_are_named_in_chinese() -> None:
    assert document(DocumentKind.COUNT, "committee").file_name == "committee-得票情况报告单"
    assert document(DocumentKind.LOG).file_name == "日志摘要"


def test_no_two_kinds_of_one_contest_share_a_name() -> None:
    """A contest has a ticket vote or a motion, never both."""
    names = [kind.zh for kind in DocumentKind if kind is not DocumentKind.MOTION]
    assert len(set(names)) == len(names)
