"""Numbers of a sitting in cases: names of votes, valid beside invalid, boxes; each contradiction by itself."""

import pytest

from tally.decide.attendance import Attendance
from tally.decide.case_fields import APPROVE, box_over_issue, check_lines, read_counts, read_sitting, votes
from tally.decide.case_file import open_fields
from tally.decide.steps import Sitting
from voting_core.errors import EncodingError, VerificationError

NUMBERS = {"should_attend": 300, "present": 291, "issued": 291, "returned": 290}


def sitting(invalid=None, **changes):
    numbers = {key: value for key, value in (NUMBERS | changes).items() if value is not None}
    fields = open_fields(numbers, "input")
    found = read_sitting(fields, invalid)
    fields.done()
    return found


def box(name, issued, returned, **more):
    return {"box": name, "issued": issued, "returned": returned, **more}


def test_the_numbers_of_a_sitting():
    assert sitting().attendance == Attendance(300, 291, 291, 290)
    assert sitting(invalid=2).attendance == Attendance(300, 291, 291, 290, 2)


def test_valid_is_what_is_returned_without_what_is_invalid():
    assert sitting(valid=288).attendance.invalid == 2
    fields = open_fields({**NUMBERS, "valid": 288, "invalid": 2}, "input")
    assert read_sitting(fields).attendance == Attendance(300, 291, 291, 290, 2)


@pytest.mark.parametrize("numbers", [{"valid": 287, "invalid": 2}, {"valid": 289, "invalid": 2}, {"valid": 291}])
def test_valid_and_invalid_make_the_returned(numbers):
    with pytest.raises(VerificationError, match="290 returned are not"):
        read_sitting(open_fields({**NUMBERS, **numbers}, "input"))


def test_counted_void_ballots_are_those_that_are_given():
    fields = open_fields({**NUMBERS, "invalid": 2}, "input")

    with pytest.raises(VerificationError, match="and 3 ballots are void"):
        read_sitting(fields, 3)


@pytest.mark.parametrize("missing", sorted(NUMBERS))
def test_no_number_is_inferred_from_another(missing):
    with pytest.raises(EncodingError, match=missing):
        sitting(**{missing: None})


def test_votes_under_any_of_their_names():
    for word in APPROVE:
        assert votes(open_fields({word: 3}, "line"), APPROVE) == 3
    assert votes(open_fields({}, "line"), APPROVE, 0) == 0
    with pytest.raises(EncodingError, match="says again"):
        votes(open_fields({"approve": 3, "agree": 3}, "line"), APPROVE)
    with pytest.raises(EncodingError, match="approve"):
        votes(open_fields({}, "line"), APPROVE)


def test_a_line():
    line = {"agree": 3, "disagree": 2, "abstain": 1}

    assert read_counts(open_fields(line, "line")) == (3, 2, 1, 0)
    assert read_counts(open_fields({**line, "item_invalid": 4}, "line")) == (3, 2, 1, 4)


def test_boxes_that_add_up():
    found = sitting(boxes=[box("一", 200, 200), box("二", 91, 90)])

    assert found.attendance == Attendance(300, 291, 291, 290)
    assert [one.name for one in found.boxes] == ["一", "二"]


@pytest.mark.parametrize(
    ("key", "boxes"),
    [
        ("issued", [box("一", 200, 200), box("二", 90, 90)]),
        ("returned", [box("一", 200, 200), box("二", 91, 89)]),
        ("invalid", [box("一", 200, 200, invalid=1), box("二", 91, 90, invalid=0)]),
        ("present", [box("一", 200, 200, present=200), box("二", 91, 90, present=90)]),
    ],
)
def test_boxes_that_do_not_add_up(key, boxes):
    with pytest.raises(VerificationError, match=f"{key} is .* and the boxes add up"):
        read_sitting(open_fields({**NUMBERS, "invalid": 0, "boxes": boxes}, "input"))


def test_boxes_can_stand_for_the_totals():
    boxes = [box("一", 200, 200, valid=199, invalid=1), box("二", 91, 90, valid=90, invalid=0)]

    assert sitting(issued=None, returned=None, boxes=boxes).attendance == Attendance(300, 291, 291, 290, 1)


def test_a_box_has_its_own_check():
    with pytest.raises(VerificationError, match="二: 90 returned are not 90 valid and 1 invalid"):
        sitting(boxes=[box("一", 200, 200, valid=199, invalid=1), box("二", 91, 90, valid=90, invalid=1)])


@pytest.mark.parametrize(
    ("numbers", "problem"),
    [
        ({"boxes": [box("一", 200, 200, invalid=0), box("二", 91, 90)]}, "in some boxes and not in all"),
        ({"boxes": [], "groups": []}, "says again"),
        ({"boxes": [box("一", 291, 290, stolen=1)]}, "stolen"),
        ({"boxes": [{"issued": 291, "returned": 290}]}, "box"),
    ],
)
def test_boxes_that_are_none(numbers, problem):
    with pytest.raises(EncodingError, match=problem):
        sitting(**numbers)


def test_groups_are_boxes():
    groups = [{"group": "一组", "issued": 200, "returned": 200}, {"delegation": "二团", "issued": 91, "returned": 90}]

    assert [one.name for one in sitting(groups=groups).boxes] == ["一组", "二团"]


def lines(*approvals):
    return [
        {"name": name, "approve": votes, "disapprove": 0, "abstain": 0}
        for name, votes in zip("甲乙", approvals, strict=True)
    ]


def counted(first, second):
    return sitting(boxes=[box("一", 200, 200, candidates=first), box("二", 91, 90, candidates=second)]).boxes


def test_lines_of_boxes_add_up_to_the_sheet():
    sheet = [("甲", (150, 0, 0, 0)), ("乙", (30, 0, 0, 0))]

    check_lines(counted(lines(100, 20), lines(50, 10)), sheet)
    check_lines(sitting().boxes, sheet)
    with pytest.raises(VerificationError, match="approve of 乙 is 30, and the boxes add up to 29"):
        check_lines(counted(lines(100, 20), lines(50, 9)), sheet)
    with pytest.raises(VerificationError, match="二 does not have the lines"):
        check_lines(counted(lines(100, 20), lines(50, 9)[:1]), sheet)


def test_a_box_over_its_issue():
    over = sitting(boxes=[box("一", 190, 200), box("二", 101, 90)]).boxes
    result, steps = box_over_issue(Sitting(True, True, ()), over)

    assert result["box_over_issue"] == ["一"]
    assert "一 收回 200 票，多于发出 190 票" in steps[0].zh
    assert box_over_issue(Sitting(True, True, ()), sitting(boxes=[box("一", 291, 290)]).boxes) is None
    assert box_over_issue(Sitting(True, False, ()), over) is None
