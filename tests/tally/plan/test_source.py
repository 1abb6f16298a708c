import io

import openpyxl
import pytest

from tally.plan.problems import InputErrors, Problems
from tally.plan.source import PlanFiles
from tally.plan.table import MAX_FILE_BYTES, Table, TableLimit

REQUIRED = ("编号", "姓名")
LIMIT = TableLimit(5, "a reason")
GOOD = "编号,姓名\n1,赵一\n".encode()


def read(name: str, **files: bytes) -> Table | None:
    problems = Problems()
    given = {key.replace("_", "."): data for key, data in files.items()}
    table = PlanFiles(given, problems).table("session.toml, key roll", name, REQUIRED, LIMIT)
    problems.refuse()
    return table


def test_csv_and_xlsx_give_the_same_table() -> None:
    book = openpyxl.Workbook()
    book.active.append(("编号", "姓名"))
    book.active.append((1, "赵一"))
    out = io.BytesIO()
    book.save(out)
    csv, xlsx = read("a.csv", a_csv=GOOD), read("a.xlsx", a_xlsx=out.getvalue())
    assert csv is not None
    assert xlsx is not None
    assert (csv.columns, csv.rows) == (xlsx.columns, xlsx.rows)


def test_a_table_used_twice_is_read_once() -> None:
    problems = Problems()
    files = PlanFiles({"a.csv": b"\xff"}, problems)
    assert files.table("one", "a.csv", REQUIRED, LIMIT) is None
    assert files.table("two", "a.csv", REQUIRED, LIMIT) is None
    assert problems.count == 1


@pytest.mark.parametrize(
    "name",
    [
        "../roll.csv",
        "/etc/passwd",
        "a/b.csv",
        "a\\b.csv",
        "..",
        ".roll.csv",
        "C:roll.csv",
        "roll..csv",
        "x\0.csv",
        "a" * 200,
    ],
)
def test_names_that_point_elsewhere_are_refused_by_their_form(name: str) -> None:
    # The file is there under this very name; it is refused all the same.
    problems = Problems()
    assert PlanFiles({name: GOOD}, problems).table("session.toml, key roll", name, REQUIRED, LIMIT) is None
    with pytest.raises(InputErrors) as caught:
        problems.refuse()
    assert "not the plain name" in caught.value.problem
    assert caught.value.place == "session.toml, key roll"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("rolls.csv", 'there is no file "rolls.csv"'),
        ("roll.xls", "neither .csv nor .xlsx"),
        ("roll", "neither .csv nor .xlsx"),
    ],
)
def test_files_that_cannot_be_used(name: str, word: str) -> None:
    with pytest.raises(InputErrors) as caught:
        read(name, roll_csv=GOOD, roll_xls=GOOD, roll=GOOD)
    assert word in caught.value.problem


def test_a_near_name_is_suggested() -> None:
    with pytest.raises(InputErrors, match=r'Did you mean "roll.csv"'):
        read("rolls.csv", roll_csv=GOOD)


def test_a_file_of_many_megabytes_is_not_read() -> None:
    with pytest.raises(InputErrors, match="at most"):
        read("roll.csv", roll_csv=b"a" * (MAX_FILE_BYTES + 1))


@pytest.mark.parametrize("data", [b"\xff\xfe1", b'"', b"\xef\xbb\xbf\xff"])
def test_a_file_that_cannot_be_read_is_one_problem(data: bytes) -> None:
    with pytest.raises(InputErrors) as caught:
        read("roll.csv", roll_csv=data)
    assert caught.value.total == 1
