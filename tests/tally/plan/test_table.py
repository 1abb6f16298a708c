import pytest

from tally.plan.problems import InputErrors, Problems
from tally.plan.table import MAX_COLUMNS, RawRow, TableLimit, build_table

LIMIT = TableLimit(3, "the hall has three chairs")
REQUIRED = ("编号", "姓名")


def rows(*lines: str) -> list[RawRow]:
    return [RawRow(number, tuple(line.split(","))) for number, line in enumerate(lines, 1)]


def refused(*lines: str) -> InputErrors:
    problems = Problems()
    build_table("t.csv", rows(*lines), REQUIRED, LIMIT, problems)
    with pytest.raises(InputErrors) as caught:
        problems.refuse()
    return caught.value


def test_cells_by_column_with_their_lines() -> None:
    problems = Problems()
    table = build_table("t.csv", rows("编号 ,姓名,单位", "1,赵一,", ",,", "2, 钱二 ,城关镇"), REQUIRED, LIMIT, problems)
    problems.refuse()
    assert table is not None
    assert table.columns == ("编号", "姓名", "单位")
    assert [row.line for row in table.rows] == [2, 4]
    assert table.rows[0].cells == (("编号", "1"), ("姓名", "赵一"))
    assert table.rows[1].get("姓名") == "钱二"
    assert table.rows[0].get("单位") == ""
    assert table.place(table.rows[1], "单位") == "t.csv, line 4, column 单位"


def test_empty_lines_above_the_header_and_empty_columns_after_it_are_no_content() -> None:
    problems = Problems()
    table = build_table("t.csv", rows(",,", "编号,姓名,,", "1,赵一,,"), REQUIRED, LIMIT, problems)
    problems.refuse()
    assert table is not None
    assert table.columns == REQUIRED


def test_short_rows_have_empty_cells() -> None:
    problems = Problems()
    table = build_table("t.csv", rows("编号,姓名,单位", "1,赵一"), REQUIRED, LIMIT, problems)
    problems.refuse()
    assert table is not None
    assert table.rows[0].get("单位") == ""


def test_a_missing_column_is_named_with_what_was_found() -> None:
    error = refused("号码,姓名", "1,赵一")
    assert (error.place, error.problem) == ("t.csv, line 1", 'the column "编号" is missing; found "号码", "姓名"')


def test_a_wrong_separator_is_recognised() -> None:
    assert "commas" in refused("编号;姓名", "1;赵一").remedy


def test_an_empty_file_and_a_header_alone_are_different_problems() -> None:
    assert refused("", "").problem == "is empty"
    assert "no rows" in refused("编号,姓名").problem


def test_too_many_rows_name_the_limit_and_its_reason() -> None:
    error = refused("编号,姓名", "1,a", "2,b", "3,c", "4,d", "5,e")
    assert error.place == "t.csv, line 5"
    assert "more than 3 rows" in error.problem
    assert "three chairs" in error.remedy
    assert error.total == 1


def test_too_many_columns() -> None:
    assert f"{MAX_COLUMNS + 1} columns" in refused(",".join(f"c{n}" for n in range(MAX_COLUMNS + 1)), "1").problem


def test_a_column_named_twice() -> None:
    assert '"单位" twice' in refused("编号,姓名,单位,单位", "1,a,b,c").problem


def test_cells_beyond_the_header_and_under_no_name() -> None:
    error = refused("编号,姓名,,单位", "1,赵一,x,y,z")
    assert error.total == 2
    assert [problem.place for problem in error.problems] == ["t.csv, line 2", "t.csv, line 2"]
    assert '"z"' in error.problems[0].problem
    assert '"x" stands in a column without a name' in error.problems[1].problem


def test_every_bad_cell_of_every_row_is_named() -> None:
    error = refused("编号,姓名", "1,a\u200b", "2,b", "3\u200b,c")
    assert [problem.place for problem in error.problems] == ["t.csv, line 2, column 姓名", "t.csv, line 4, column 编号"]
