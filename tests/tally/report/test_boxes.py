"""Count sheets on paper: boxes with their totals, what is void and why, corrections before and after."""

from typing import Any

from ballots.contest import Kind
from ballots.void_reasons import VoidReason
from tally.decide import Attendance
from tally.entries.sheets import COUNT, SLIPS, VOID, BoxSettled, CountEntered, VoidBallots, WriteIn
from tally.report.boxes import CORRECTIONS, VOID_CAPTION, box_word, boxes_sheet, corrected, void_table
from tally.report.count import count_sheet
from tally.report.facts import ContestFacts
from tally.report.log_facts import contest_logs
from tally.report.model import NONE, Sheet
from tally.report.votes import motion_sheet
from tally.state.sheets import Sheets, add_counts
from tests.tally.replay.sheets import enter, plain, settle, sheet, two_boxes
from tests.tally.report.samples import MOTION, election, facts, person, said, table

ONE = sheet()
TWO = plain("二", "计票单二", (3, 1, 0), 4)
AGAIN = sheet(sheet="计票单一之二", replaces="计票单一", counts=((3, 0, 1),), write_ins=(WriteIn("李四", 1),))


def counted(
    *entered: CountEntered, settled: tuple[BoxSettled, ...] = (), boxes: tuple[str, ...] = ("一", "二")
) -> ContestFacts:
    """A motion counted in boxes."""
    found = Sheets(entered, settled)
    sheets = found.in_force(boxes)
    issued, returned, void = (sum(getattr(one, key) for one in sheets) for key in ("issued", "returned", "invalid"))
    attendance = Attendance(11, 10, issued, returned, void)
    lost = tuple(sum(one.item_invalid[0] for one in sheets) for _ in (0,))
    rows = (person("motion", "决议"),)
    fields: dict[str, Any] = {"title": "关于决议的表决", "item_invalid": lost}
    return facts(Kind.MOTION, rows, attendance, add_counts(sheets), MOTION, sheets=found, boxes=boxes, **fields)


def made(contest: ContestFacts) -> Sheet:
    found = boxes_sheet(contest)
    assert found is not None
    return found


def test_boxes_add_up() -> None:
    found = made(counted(ONE, TWO))
    assert found.title == "关于决议的表决分箱计票汇总"
    assert table(found).rows == (
        ("票箱 一", "计票单一", 6, 6, 5, 1, ""),
        ("票箱 二", "计票单二", 4, 4, 4, 0, ""),
        ("合计", "", 10, 10, 9, 1, ""),
    )
    assert table(found, VOID_CAPTION).rows == (("票箱 一", "空白", 1),)
    assert [line.role for line in found.signatures] == ["总监票人", "监票人", "计票人"]


def test_without_a_count_by_hand_there_is_no_sheet() -> None:
    assert boxes_sheet(election(160)) is None
    assert void_table(election(160)) == ()


def test_a_correction_shows_what_stood_there_before() -> None:
    contest = counted(ONE, TWO, AGAIN)
    found = made(contest)
    assert table(found).rows[0] == ("票箱 一", "计票单一之二", 6, 6, 5, 1, "已更正")
    assert table(found, CORRECTIONS).rows == (
        ("票箱 一", "计票单", "计票单一", "计票单一之二"),
        ("票箱 一", "决议 赞成", 2, 3),
        ("票箱 一", "决议 不赞成", 1, 0),
        ("票箱 一", "另选 李四", NONE, 1),
    )
    (sentence,) = corrected(contest)
    assert sentence in said(motion_sheet(contest, contest.outcome))
    assert CORRECTIONS not in repr(made(counted(ONE, TWO)))
    assert corrected(counted(ONE, TWO)) == ()


def test_void_ballots_are_told_by_reason_on_the_count_too() -> None:
    reasons = (VoidBallots(VoidReason.BLANK, 1), VoidBallots(VoidReason.MARKED, 2))
    other = plain("二", "计票单二", (1, 0, 0), 4, returned=4, invalid=3, void_reasons=reasons)
    contest = counted(ONE, other)
    (found,) = void_table(contest)
    assert found.rows == (("空白", 2), ("编号或作有记号", 2))
    assert table(motion_sheet(contest, contest.outcome), VOID_CAPTION) == found
    assert void_table(counted(plain("一", "a", (1, 1, 1), 3), TWO)) == ()


def test_a_box_over_issue_says_what_was_decided() -> None:
    over = plain("二", "计票单二", (5, 0, 0), 4)
    remarks = {
        decision: table(made(counted(ONE, over, settled=settled))).rows[1][-1]
        for decision, settled in (
            ("", ()),
            (COUNT, (BoxSettled("motion", "二", "计票单二", COUNT),)),
            (VOID, (BoxSettled("motion", "二", "计票单二", VOID),)),
        )
    }
    assert remarks == {
        "": "收回多于发出，未作决定",
        COUNT: "收回多于发出，主席团决定计入",
        VOID: "收回多于发出，主席团决定无效",
    }


def test_slips_have_a_sheet_and_their_names_stand_on_the_count() -> None:
    reasons = (VoidBallots(VoidReason.WRITE_IN, 1),)
    names = (WriteIn("李四", 4),)
    body = CountEntered.slips("committee", "条一", issued=9, returned=5, void_reasons=reasons, write_ins=names)
    contest = election(160, 100, write_ins=(("李四", 4),), sheets=Sheets((body,)), boxes=(SLIPS,))
    assert table(made(contest)).rows[0] == ("另选他人纸条", "条一", 9, 5, 4, 1, "")
    assert table(made(contest), VOID_CAPTION).rows == (("另选他人纸条", "另选他人不合规定", 1),)
    count = count_sheet(contest, contest.outcome)
    assert table(count, "另选他人").rows[0][:3] == (1, "李四", 4)
    assert VOID_CAPTION not in repr(count)
    assert box_word("一") == "票箱 一"


def test_the_log_names_corrections_and_decisions() -> None:
    session = two_boxes()
    enter(session, plain("一", "计票单一", (3, 0, 0), 6), plain("二", "计票单二", (5, 0, 0), 4))
    session.append(settle(session, "二", "计票单二"))
    enter(session, plain("一", "计票单一之二", (2, 1, 0), 6, replaces="计票单一"))
    (log,) = contest_logs(session.state)
    assert "票箱 一的计票单更正：“计票单一”改为“计票单一之二”" in log.remarks
    assert "票箱 二收回多于发出，主席团决定计入（计票单“计票单二”）" in log.remarks
