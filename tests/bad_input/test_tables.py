"""Tables and `session.toml` that cannot be used, as `plenum simulate` meets them."""

import io

import openpyxl
import pytest

from tests.bad_input.plenum import ROLL, Plenum


def workbook(*rows: tuple[str, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_the_small_session_itself_is_good(plenum: Plenum) -> None:
    assert plenum.simulate().code == 0


def test_a_missing_column(plenum: Plenum) -> None:
    plenum.write("roll.csv", "编号,状态\n1,正常\n")
    plenum.simulate().refused("table: missing column")


def test_a_number_that_is_there_twice(plenum: Plenum) -> None:
    plenum.write("roll.csv", ROLL + "012,又一人,正常\n")
    plenum.simulate().refused("table: duplicate number")


def test_an_unknown_status(plenum: Plenum) -> None:
    plenum.write("roll.csv", ROLL + "013,又一人,病假\n")
    plenum.simulate().refused("table: unknown status")


@pytest.mark.parametrize(
    ("item", "data"),
    [
        ("table: wrong encoding", ROLL.encode("gb18030") + b"\xff\xff,\xff,x\n"),
        ("table: wrong encoding, UTF-16", ROLL.encode("utf-16")),
        ("table: wrong encoding, Big5", "編號,姓名,狀態\n1,趙一,正常\n".encode("big5")),
    ],
)
def test_a_wrong_encoding(plenum: Plenum, item: str, data: bytes) -> None:
    plenum.write("roll.csv", data)
    plenum.simulate().refused(item)


def test_the_encodings_of_spreadsheets_are_read(plenum: Plenum) -> None:
    plenum.write("roll.csv", ROLL.replace("\n", "\r\n").encode("gb18030"))
    plenum.write("session.toml", b"\xef\xbb\xbf" + (plenum.session / "session.toml").read_bytes())
    assert plenum.simulate().code == 0


def test_thousands_of_rows(plenum: Plenum) -> None:
    plenum.write("roll.csv", "编号,姓名,状态\n" + "".join(f"{row},人,正常\n" for row in range(20_001)))
    plenum.simulate().refused("table: thousands of rows, roll")
    plenum.write("roll.csv", ROLL)
    plenum.write("committee.csv", "编号,姓名\n" + "".join(f"{row},人\n" for row in range(5000)))
    plenum.simulate().refused("table: thousands of rows, contest")


def test_formulas(plenum: Plenum) -> None:
    plenum.write("committee.csv", '编号,姓名\n1,"=HYPERLINK(""x"")"\n2,李娟\n')
    plenum.simulate().refused("table: formula, CSV")
    plenum.replace("session.toml", "committee.csv", "committee.xlsx")
    plenum.write("committee.xlsx", workbook(("编号", "姓名"), ("1", "王海"), ("2", "=A1")))
    plenum.simulate().refused("table: formula, workbook")


def test_a_threshold_larger_than_the_number_of_scrutineers(plenum: Plenum) -> None:
    plenum.replace("session.toml", "threshold = 2", "threshold = 4")
    plenum.simulate().refused("threshold larger than the number of scrutineers")


def test_a_scrutineer_who_is_a_candidate(plenum: Plenum) -> None:
    plenum.write("roll.csv", ROLL + "甲1,王海,正常\n")
    plenum.replace("session.toml", '["甲", "乙", "丙"]', '["甲", "王海"]\nnumbers = ["", "甲1"]')
    plenum.simulate().refused("scrutineer who is a candidate")


def test_numbers_of_scrutineers(plenum: Plenum) -> None:
    plenum.replace("session.toml", '["甲", "乙", "丙"]', '["甲", "乙", "丙"]\nnumbers = ["001"]')
    plenum.simulate().refused("scrutineers: too few numbers")
    plenum.replace("session.toml", '["001"]', '["001", "", ""]')
    plenum.simulate().refused("scrutineers: a number of somebody else")


def test_a_syntax_error(plenum: Plenum) -> None:
    plenum.replace("session.toml", "threshold = 2", "threshold = = 2")
    plenum.simulate().refused("session.toml: syntax error")


def test_an_unknown_key(plenum: Plenum) -> None:
    plenum.replace("session.toml", "seats = 2", "seats = 2\nseat = 3")
    plenum.simulate().refused("session.toml: unknown key")


def test_missing_files(plenum: Plenum) -> None:
    (plenum.session / "committee.csv").unlink()
    (plenum.session / "committee.csv").mkdir()
    plenum.simulate().refused("session.toml: a table that is not there")
    (plenum.session / "session.toml").unlink()
    plenum.simulate().refused("session.toml: missing")


def test_several_problems_are_told_at_once(plenum: Plenum) -> None:
    plenum.write("roll.csv", ROLL + "012,又一人,病假\n")
    plenum.replace("session.toml", "seats = 2", "seats = 5")
    ended = plenum.simulate()
    assert ended.code == 2
    assert len(ended.err.splitlines()) == 3
