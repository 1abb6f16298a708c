import pytest

from tally.drafting.rows import add_row, change_row, move_row, open_table, place_by_hand, remove_row
from tally.drafting.survey import survey
from tally.plan.problems import InputErrors
from tests.tally.drafting.folders import draft, example_files
from voting_core.errors import InputError

LIST = "contest:committee"


def test_a_row_is_added_changed_and_removed() -> None:
    files = add_row(draft(), LIST, {"编号": "A9", "姓名": "冯九", "备注": "新"})
    sheet = open_table(files, LIST)
    assert sheet.rows[-1] == ("A9", "冯九", "", "", "新")
    files = change_row(files, LIST, 3, {"姓名": "冯十"})
    assert survey(files).ready
    assert open_table(files, LIST).cell(3, "姓名") == "冯十"
    files = remove_row(files, LIST, 3)
    # The new column stays, and is empty.
    assert [row[:4] for row in open_table(files, LIST).rows] == list(open_table(draft(), LIST).rows)
    assert survey(files).ready


@pytest.mark.parametrize(
    ("target", "values", "said"),
    [
        (LIST, {"编号": "A1", "姓名": "冯九"}, "stands in line 2 already"),
        (LIST, {"编号": "A9", "姓名": ""}, "is empty beside number"),
        (LIST, {"编号": "A9", "姓名": "冯\n九"}, "line break"),
        (LIST, {"编号": "A9", "姓名": "=A1"}, "formula"),
        (LIST, {"编号": "A9", "姓名": "冯九", "排序": "9"}, "is no place in this list"),
        ("roll", {"编号": "9", "姓名": "冯九", "状态": "休假"}, "is not a status"),
        (LIST, {"编号": "A9", "姓名": "\U00020b9f九"}, "not in the table"),
    ],
)
def test_a_row_that_is_wrong_changes_nothing(target: str, values: dict[str, str], said: str) -> None:
    with pytest.raises(InputErrors, match=said):
        add_row(draft(), target, values)


def test_an_empty_row_is_none() -> None:
    with pytest.raises(InputError, match="is empty"):
        add_row(draft(), LIST, {"编号": " "})


def test_a_row_is_refused_for_its_own_mistakes_only() -> None:
    broken = draft(committee_csv="编号,姓名\nA1,吴六\nA1,郑七\nA3,王八\n")
    files = change_row(broken, LIST, 2, {"姓名": "王九"})
    assert open_table(files, LIST).cell(2, "姓名") == "王九"
    files = change_row(broken, LIST, 1, {"编号": "A2"})
    assert survey(files).ready


def test_a_number_that_another_row_has_is_refused_from_either_side() -> None:
    with pytest.raises(InputErrors, match="already"):
        change_row(draft(), LIST, 0, {"编号": "A3"})


def test_removing_may_leave_more_seats_than_names() -> None:
    files = remove_row(remove_row(draft(), LIST, 0), LIST, 0)
    assert "2 seats for 1 candidates" in str(survey(files).problems[0])


def test_a_row_that_is_gone_is_said() -> None:
    for edit in (lambda: remove_row(draft(), LIST, 3), lambda: move_row(draft(), LIST, -1, 0)):
        with pytest.raises(InputError, match="any more"):
            edit()
    with pytest.raises(InputError, match="any more"):
        place_by_hand(draft(), LIST, "A9", "1")


def test_a_place_by_hand_decides_the_order_of_the_ballot() -> None:
    before = survey(draft()).contests[0]
    files = place_by_hand(draft(), LIST, before.rows[0].id, "3")
    after = survey(files).contests[0]
    assert [row.id for row in after.rows] == [row.id for row in (*before.rows[1:], before.rows[0])]
    with pytest.raises(InputErrors, match="another person already"):
        place_by_hand(files, LIST, before.rows[1].id, "3")
    assert survey(place_by_hand(files, LIST, before.rows[0].id, "")).contests[0].rows == before.rows


def test_a_row_is_moved() -> None:
    assert [row[0] for row in open_table(move_row(draft(), LIST, 2, 0), LIST).rows] == ["A3", "A1", "A2"]


def test_the_example_keeps_every_other_byte() -> None:
    files = change_row(example_files(), LIST, 0, {"职务": "党委书记"})
    assert {name for name in files if files[name] != example_files()[name]} == {"committee.csv"}
