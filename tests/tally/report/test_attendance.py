import pytest

from tally.report.attendance import attendance_sheet
from tally.report.log_facts import DeclaredAttendance
from tally.report.model import NONE
from tally.roll.summary import DelegationCount, RollSummary
from tests.tally.report.samples import fact, said, table

DECLARED = (DeclaredAttendance("选举县委委员", 312, 305, 157),)


def summary(*delegations: DelegationCount) -> RollSummary:
    return RollSummary(
        day="2026-12-08",
        on_roll=sum(one.on_roll for one in delegations),
        should_attend=sum(one.should_attend for one in delegations),
        on_leave=sum(one.on_leave for one in delegations),
        present=sum(one.present for one in delegations),
        delegations=delegations,
        outside=(),
        not_filed=(),
    )


CITY = DelegationCount("城关镇代表团", ("史刚平",), 21, 20, 1, 19)
OTHERS = DelegationCount("", (), 5, 5, 0, 5)


def test_delegations_add_up_and_nobody_is_named() -> None:
    sheet = attendance_sheet(DECLARED, summary(CITY, OTHERS))
    assert table(sheet, "各代表团到会情况").rows == (
        (1, "城关镇代表团", 20, 19, 1),
        (2, "未编入代表团", 5, 5, 0),
        ("", "合计", 25, 24, 1),
    )
    assert [fact(sheet, label) for label in ("应到会", "实到会", "请假")] == [25, 24, 1]
    assert "史刚平" not in repr(sheet)


def test_a_roll_without_delegations_is_one() -> None:
    assert table(attendance_sheet(DECLARED, summary(OTHERS)), "各代表团到会情况").rows[0][1] == "全体"


def test_without_the_roll_the_record_speaks_alone() -> None:
    sheet = attendance_sheet(DECLARED, None)
    assert len([block for block in sheet.blocks if hasattr(block, "rows")]) == 1
    assert "各代表团人数见名册" in said(sheet)


@pytest.mark.parametrize(("present", "words"), [(156, "未达到"), (157, "达到"), (158, "达到")])
def test_the_quorum_of_each_contest(present: int, words: str) -> None:
    declared = (DeclaredAttendance("选举县委委员", 312, present, 157),)
    assert table(attendance_sheet(declared, None), "各项表决申报的到会人数").rows == (
        (1, "选举县委委员", 312, present, 157, words),
    )


def test_rules_without_a_quorum_say_so() -> None:
    declared = (DeclaredAttendance("问卷", 312, 3, None),)
    assert table(attendance_sheet(declared, None), "各项表决申报的到会人数").rows[0][-2:] == (NONE, "未作规定")
