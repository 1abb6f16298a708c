import pytest

from tally.plan.csv_table import read_csv
from tally.plan.problems import InputErrors, Problems


def test_rows_with_their_line_numbers() -> None:
    problems = Problems()
    found = list(read_csv("t.csv", '\ufeff编号,姓名\r\n1,"赵,一"\r\n'.encode(), problems))
    problems.refuse()
    assert [(row.line, row.cells) for row in found] == [(1, ("编号", "姓名")), (2, ("1", "赵,一"))]


@pytest.mark.parametrize("text", ['a,b\n1,"x"y\n', 'a,b\n1,"never closed\n'])
def test_broken_quotation_names_the_line(text: str) -> None:
    problems = Problems()
    found = list(read_csv("t.csv", text.encode(), problems))
    assert [row.line for row in found] == [1]
    with pytest.raises(InputErrors) as caught:
        problems.refuse()
    assert caught.value.place == "t.csv, line 2"
    assert "quotation" in caught.value.remedy


def test_a_field_of_a_megabyte_is_refused() -> None:
    problems = Problems()
    assert list(read_csv("t.csv", b"a" * 1_000_000, problems)) == []
    assert problems.count == 1


def test_a_wrong_encoding_gives_no_rows() -> None:
    problems = Problems()
    assert list(read_csv("t.csv", "编号".encode("utf-16"), problems)) == []
    assert problems.count == 1


@pytest.mark.parametrize("cell", ["=1+1", ' =HYPERLINK("x")', "@SUM(A1)", "＝A1"])
def test_a_formula_is_refused_by_its_cell(cell: str) -> None:
    problems = Problems()
    quoted = cell.replace('"', '""')
    list(read_csv("t.csv", f'编号,姓名\n1,"{quoted}"\n'.encode(), problems))
    with pytest.raises(InputErrors) as caught:
        problems.refuse()
    assert caught.value.place == "t.csv, line 2, cell 2"
    assert "formula" in caught.value.problem


def test_a_sign_at_the_beginning_is_no_formula() -> None:
    problems = Problems()
    list(read_csv("t.csv", "编号,姓名,电话\n1,赵一,+86 139\n2,钱二,-\n".encode(), problems))
    problems.refuse()
