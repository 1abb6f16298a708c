"""Count sheets: all that were entered, and those in force."""

from typing import Any

from tally.entries.sheets import BoxSettled, CountEntered, WriteIn
from tally.state.sheets import Sheets, add_counts, add_item_invalid, add_write_ins


def a_sheet(box: str, name: str, **changes: Any) -> CountEntered:
    """A sheet of one row with nothing on it."""
    facts: dict[str, Any] = {
        "contest": "motion",
        "box": box,
        "sheet": name,
        "replaces": "",
        "issued": 6,
        "returned": 6,
        "invalid": 0,
        "void_reasons": (),
        "item_invalid": (0,),
        "counts": ((0, 0, 6),),
        "write_ins": (),
    }
    return CountEntered(**{**facts, **changes})


def test_the_last_sheet_of_a_box_is_in_force_and_all_are_kept() -> None:
    first, other, second = a_sheet("一", "1"), a_sheet("二", "2"), a_sheet("一", "3", replaces="1")
    sheets = Sheets().with_sheet(first).with_sheet(other)
    assert sheets.in_force(("一", "二", "三")) == (first, other)
    sheets = sheets.with_sheet(second)
    assert sheets.in_force(("二", "一")) == (other, second)
    assert sheets.entered == (first, other, second)
    assert sheets.names == {"1", "2", "3"}
    assert (sheets.of_box("一"), sheets.of_box("三")) == (second, None)


def test_a_decision_is_about_one_sheet() -> None:
    sheets = Sheets().with_sheet(a_sheet("一", "1", returned=8)).with_sheet(a_sheet("二", "2", returned=7))
    boxes = ("一", "二")
    assert (sheets.over_issue(boxes), sheets.voided(boxes)) == (boxes, 0)
    settled = sheets.with_decision(BoxSettled("motion", "一", "1", "count"))
    assert (settled.over_issue(boxes), settled.voided(boxes)) == (("二",), 0)
    settled = settled.with_decision(BoxSettled("motion", "二", "2", "void"))
    assert (settled.over_issue(boxes), settled.voided(boxes)) == ((), 1)
    corrected = settled.with_sheet(a_sheet("二", "3", replaces="2", returned=9))
    assert (corrected.over_issue(boxes), corrected.voided(boxes)) == (("二",), 0)
    assert corrected.settled == settled.settled


def test_sheets_are_added_up_row_by_row() -> None:
    names = (WriteIn("甲", 1), WriteIn("乙", 2)), (WriteIn("乙", 3), WriteIn("丙", 1))
    one = a_sheet("一", "1", counts=((1, 2), (3, 0)), item_invalid=(0, 1), write_ins=names[0])
    two = a_sheet("二", "2", counts=((5, 0), (0, 5)), item_invalid=(2, 0), write_ins=names[1])
    assert add_counts((one, two)) == ((6, 2), (3, 5))
    assert add_item_invalid((one, two)) == (2, 1)
    assert add_write_ins((one, two)) == (WriteIn("甲", 1), WriteIn("乙", 5), WriteIn("丙", 1))
    assert (add_counts(()), add_item_invalid(()), add_write_ins(())) == ((), (), ())
