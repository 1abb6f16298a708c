import pytest

from tally.report.attendance import NEEDED, OUTSIDE, attendance_sheet
from tally.report.log_facts import DeclaredAttendance
from tally.report.model import NONE
from tally.roll.summary import NO_VOTE, DelegationCount, Outside, RollSummary
from tally.rules.loader import load_rule_set
from tests.tally.report.samples import fact, said, table

DECLARED = (DeclaredAttendance("选举县委委员", 312, 305, 157),)


def away(delegation: str, word: str) -> Outside:
    return Outside("1", "史刚平", delegation, word, "", "", "", "", NO_VOTE)


def summary(*delegations: DelegationCount, outside: tuple[Outside, ...] = ()) -> RollSummary:
    return RollSummary(
        day="2026-12-08",
        on_roll=sum(one.on_roll for one in delegations),
        should_attend=sum(one.should_attend for one in delegations),
        on_leave=sum(one.on_leave for one in delegations),
        present=sum(one.present for one in delegations),
        delegations=delegations,
        outside=outside,
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


def test_who_is_outside_the_base_is_told_by_reason_without_names() -> None:
    found = (away("城关镇代表团", "暂停"), away("城关镇代表团", "终止"), away("", "终止"))
    sheet = attendance_sheet(DECLARED, summary(CITY, OTHERS, outside=found))
    assert table(sheet, OUTSIDE).rows == (
        ("城关镇代表团", 1, 1, 2),
        ("未编入代表团", 0, 1, 1),
        ("合计", 1, 2, 3),
    )
    assert [column.title for column in table(sheet, OUTSIDE).columns] == ["代表团", "暂停", "终止", "合计"]
    assert fact(sheet, "不计入应到会") == 3
    assert "史刚平" not in repr(sheet)
    assert OUTSIDE not in repr(attendance_sheet(DECLARED, summary(CITY)))


def test_each_rule_set_says_how_many_it_needs() -> None:
    rules = (load_rule_set("election_local_2020"), load_rule_set("ticket_2004"), load_rule_set("questionnaire_default"))
    rows = table(attendance_sheet(DECLARED, summary(CITY), rules), NEEDED).rows
    assert [row[1:] for row in rows] == [(11, 11), (14, 11), (NONE, NONE)]
    assert rows[0][0] == rules[0].name_zh
    assert NEEDED not in repr(attendance_sheet(DECLARED, None, rules))


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
