"""Nothing is half-imported: every row of a file is accepted or refused with its line and reason."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.drafting.preview import preview_import
from tally.drafting.rows import open_table
from tally.drafting.survey import survey
from tests.tally.drafting.folders import draft, example_files
from voting_core.errors import InputError

HEAD = "编号,姓名,状态,备注\n"
GOOD = HEAD + "1,赵一,正常,\n2,钱二,请假,x\n"


def workbook(text: str) -> bytes:
    book = openpyxl.Workbook()
    for line in text.splitlines():
        book.active.append(line.split(","))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "encode"),
    [
        ("名册.csv", lambda text: text.encode()),
        ("名册.csv", lambda text: text.encode("utf-8-sig")),
        ("名册.CSV", lambda text: text.encode("gb18030")),
        ("名册.xlsx", workbook),
    ],
)
def test_every_form_of_file_is_taken(name: str, encode: Callable[[str], bytes]) -> None:
    found = preview_import(draft(), "roll", name, encode(GOOD))
    assert (found.whole, found.refused, len(found.accepted)) == ((), (), 2)
    taken = found.taken(leave_out_refused=False)
    assert survey(taken).ready
    assert open_table(taken, "roll").cell(1, "备注") == "x"
    assert set(taken) == set(draft())


def test_every_refused_row_has_its_line_and_all_its_reasons() -> None:
    text = (
        HEAD + "1,赵一,正常,\n\n1,钱二,正常,\n3,,休假,\n4,=X,正常,\n5,孙\u200b三,正常,\n6,李四,正常,,多\n7,周七,正常,\n"
    )
    found = preview_import(draft(), "roll", "a.csv", text.encode())
    assert [row.line for row in found.accepted] == [2, 9]
    assert {row.line: len(row.reasons) for row in found.refused} == {4: 1, 5: 2, 6: 1, 7: 1, 8: 1}
    assert "formula" in found.refused[2].reasons[0].problem
    with pytest.raises(InputError, match="5 refused rows"):
        found.taken(leave_out_refused=False)
    taken = found.taken(leave_out_refused=True)
    assert [row[0] for row in open_table(taken, "roll").rows] == ["1", "7"]
    assert survey(taken).ready


def test_a_workbook_names_the_rows_of_the_sheet() -> None:
    found = preview_import(draft(), "roll", "a.xlsx", workbook(GOOD + "3,=A1,正常,\n1,孙三,正常,\n"))
    assert [row.line for row in found.refused] == [4, 5]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"x", "neither .csv nor .xlsx"),
        ("a", b"x", "neither .csv nor .xlsx"),
        ("a.csv", b"", "is empty"),
        ("a.csv", "编号,姓名\n1,甲\n".encode(), "is missing"),
        ("a.csv", HEAD.encode(), "no rows"),
        ("a.csv", GOOD.encode("utf-16"), "UTF-16"),
        ("a.xlsx", b"PK", "is not an Excel workbook"),
        ("a.csv", b"x" * (16 * 1024 * 1024 + 1), "at most"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(name: str, data: bytes, said: str) -> None:
    found = preview_import(draft(), "roll", name, data)
    assert said in found.whole[0].problem
    assert not found.can_take
    with pytest.raises(InputError):
        found.taken(leave_out_refused=True)


def test_a_table_without_a_good_row_is_not_taken() -> None:
    found = preview_import(draft(), "roll", "a.csv", (HEAD + "1,,正常,\n").encode())
    assert (len(found.refused), found.whole, found.can_take) == (1, (), False)
    with pytest.raises(InputError, match="no row that can be taken"):
        found.taken(leave_out_refused=True)


def test_too_many_rows_are_refused_whole() -> None:
    text = "编号,姓名\n" + "".join(f"{n},甲\n" for n in range(201))
    found = preview_import(draft(), "contest:committee", "a.csv", text.encode())
    assert "more than 200 rows" in found.whole[0].problem


def test_what_the_import_does_elsewhere_is_said() -> None:
    found = preview_import(draft(), "contest:committee", "a.csv", "编号,姓名\nA1,吴六\n".encode())
    assert "2 seats for 1 candidates" in found.consequences[0].problem
    assert found.can_take
    assert (found.changes.added, found.changes.removed, found.changes.changed) == ((), ("A2", "A3"), ("A1",))


def test_a_roll_that_contradicts_its_history_is_refused_row_by_row() -> None:
    text = example_files()["roll.csv"].decode("utf-8-sig").replace(",终止", ",正常")
    found = preview_import(example_files(), "roll", "a.csv", text.encode())
    assert found.refused
    assert all("contradicts" in row.reasons[0].problem for row in found.refused)


def test_there_is_nothing_at_another_address() -> None:
    with pytest.raises(InputError, match="any more"):
        preview_import(draft(), "contest:other", "a.csv", b"")


LINE = st.tuples(
    st.sampled_from(["1", "2", "3", "", "x" * 33]),
    st.sampled_from(["甲", "", "a\u200b", "=1"]),
    st.sampled_from(["正常", "休假"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=6))
def test_rows_are_accepted_or_refused_and_what_is_left_is_valid(lines: list[tuple[str, str, str]]) -> None:
    text = "编号,姓名,状态\n" + "".join(",".join(line) + "\n" for line in lines) + "99,末,正常\n"
    found = preview_import(draft(), "roll", "a.csv", text.encode())
    assert found.whole == ()
    told = [row.line for row in found.accepted] + [row.line for row in found.refused]
    assert sorted(told) == list(range(2, len(lines) + 3))
    assert survey(found.taken(leave_out_refused=True)).ready
