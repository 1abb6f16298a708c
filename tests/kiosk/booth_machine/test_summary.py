"""The ballot in words, and what still hinders it."""

from ballots.contest import Kind
from kiosk.booth_machine.summary import blank_words, hindrance, summary
from tests.kiosk.booth_machine.driver import contest


def test_each_name_stands_behind_its_mark_and_blank_rows_behind_what_they_count_as() -> None:
    lines = summary(contest(), {"r1": "approve", "r2": "disapprove"})
    assert [(line.said.zh, line.names, line.blank) for line in lines] == [
        ("赞成", ("王建国",), False),
        ("不赞成", ("李秀英",), False),
        ("没有表态，视为“弃权”", ("张伟",), True),
    ]
    assert blank_words(contest(blank="")).zh == "没有表态"


def test_a_row_that_must_be_marked_is_pointed_out() -> None:
    found = hindrance(contest(blank=""), {"r1": "approve"})
    assert found is not None
    assert "还有 2 行" in found.zh
    assert hindrance(contest(), {"r1": "approve"}) is None


def test_more_than_the_limit_is_said_with_what_to_do() -> None:
    found = hindrance(contest(blank="approve"), {"r1": "approve"})
    assert found is not None
    assert "请改去 2 个" in found.zh


def test_a_lower_limit_counts_blank_rows_as_what_they_are() -> None:
    options = contest("options", blank="not_chosen", seats=2, kind=Kind.QUESTIONNAIRE)
    found = hindrance(options, {"r1": "chosen"})
    assert found is not None
    assert "还差 1 个" in found.zh
    assert hindrance(options, {"r1": "chosen", "r3": "chosen"}) is None


def test_marks_that_no_screen_gives_hinder_as_well() -> None:
    found = hindrance(contest(), {"r9": "approve"})
    assert found is not None
    assert "返回检查" in found.zh
