import pytest

from ballots.paper.record_words import BLANK_NOTE, NO_NOTE, Named, record_lines, record_text
from tests.support.builders import TRUST, small_contest


def test_every_mark_is_said_with_its_rows_also_one_that_no_row_has() -> None:
    contest = small_contest(3, blank="abstain")
    lines = record_lines(contest, (1, 2, 1))
    assert [(line.mark, line.said.zh, line.note, line.count, line.rows) for line in lines] == [
        ("approve", "赞成", NO_NOTE, 0, ()),
        ("disapprove", "不赞成", NO_NOTE, 2, (Named(1, "李红香"), Named(3, "杨光"))),
        ("abstain", "弃权", BLANK_NOTE, 1, (Named(2, "王桂敏"),)),
    ]


def test_as_plain_text() -> None:
    assert record_text(small_contest(2, TRUST), (3, 1)) == (
        "信任 0：无\n基本信任 1：2 王桂敏\n不信任 0：无\n弃权 1：1 李红香"
    )


def test_marks_of_another_contest_are_not_said() -> None:
    with pytest.raises(ValueError, match="2 marks for the 3 rows"):
        record_lines(small_contest(3), (0, 0))
