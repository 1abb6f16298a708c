import pytest

from tally.roll.change import COLUMNS, MAX_EVIDENCE, check_change, is_day
from tally.roll.events import Decider
from tests.tally.roll.changes import make_change


def test_a_change_that_is_right() -> None:
    assert check_change(make_change("1", "去世", "2026-03-01")) == ()
    assert check_change(make_change("1", "请假", "2026-03-01", last="2026-03-01")) == ()


@pytest.mark.parametrize(
    ("changes", "column", "word"),
    [
        ({"effective": "2026-02-29"}, "生效日期", "is not a day"),
        ({"effective": ""}, "生效日期", "is not a day"),
        ({"recorded": "1 March"}, "记录日期", "is not a day"),
        ({"last": "2026-03-02"}, "截止日期", "has no last day"),
        ({"event": "请假", "last": "2026-02-28"}, "截止日期", "is before"),
        ({"event": "请假", "last": "soon"}, "截止日期", "is not a day"),
        ({"decided_by": Decider.COMMITTEE}, "决定机关", "is not decided by 党委"),
        ({"event": "罢免", "decided_by": Decider.COMMITTEE}, "决定机关", "is not decided by 党委"),
        ({"evidence": ""}, "依据", "is empty"),
        ({"evidence": "说来话长"}, "依据", "not the number of a document"),
        ({"evidence": "2026年3月，因病去世。"}, "依据", "not the number of a document"),
        ({"evidence": "1" * (MAX_EVIDENCE + 1)}, "依据", "not the number of a document"),
        ({"event": "撤销记录"}, "更正", "names no change"),
    ],
)
def test_what_is_wrong_with_a_change_by_itself(changes: dict[str, object], column: str, word: str) -> None:
    given = {"delegate": "1", "event": "去世", "effective": "2026-03-01", **changes}
    (problem,) = check_change(make_change(**given))  # type: ignore[arg-type]
    assert problem.place == f"roll-changes.csv, line 7, column {column}"
    assert word in problem.problem
    assert problem.remedy


def test_the_longest_number_of_a_document() -> None:
    assert check_change(make_change("1", "去世", "2026-03-01", evidence="1" * MAX_EVIDENCE)) == ()


def test_what_must_be_filed_and_is_not() -> None:
    assert make_change("1", "停止党籍", "2026-03-01").must_be_filed
    assert not make_change("1", "停止党籍", "2026-03-01", filed=True).must_be_filed
    assert not make_change("1", "停止党籍", "2026-03-01", decided_by=Decider.NONE).must_be_filed
    assert not make_change("1", "罢免", "2026-03-01").must_be_filed


def test_a_row_has_a_cell_for_each_column() -> None:
    row = make_change("7", "调离本县", "2026-03-01", id="c1", filed=True, corrects="c0").to_row()
    assert dict(zip(COLUMNS, row, strict=True)) == {
        "变更号": "c1",
        "编号": "7",
        "事项": "调离本县",
        "生效日期": "2026-03-01",
        "截止日期": "",
        "决定机关": "党委",
        "依据": "青组〔2026〕12号",
        "报备": "上级党委",
        "记录日期": "2026-01-02",
        "更正": "c0",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-12-31", True), ("2028-02-29", True), ("2026-02-29", False), ("2026-1-1", False), ("", False)],
)
def test_days(text: str, expected: bool) -> None:
    assert is_day(text) is expected
