import pytest

from ballots.contest import Detail, Kind, Purpose, Row
from tally.decide import Attendance
from tally.report.model import NONE
from tally.report.votes import motion_sheet, questionnaire_sheet, ticket_sheet
from tests.tally.report.samples import MOTION, TICKET, fact, facts, said, table

NOMINEES = tuple(
    Row(f"S{number}", name, (Detail("性别", "男"), Detail("乡镇", town), Detail("拟任职务", "党委书记")))
    for number, (name, town) in enumerate((("吴平", "城关镇"), ("周刚文", "青岚镇")), 1)
)
FULL = Attendance(33, 30, 30, 30)
CONGRESS = Attendance(312, 305, 305, 305)


def ticket(*agrees: int, attendance=FULL, **fields):
    counts = tuple((agree, attendance.valid - agree, 0) for agree in agrees)
    title = "乡镇党委书记拟任人选表决"
    contest = facts(Kind.TICKET_VOTE, NOMINEES, attendance, counts, TICKET, title=title, **fields)
    return ticket_sheet(contest, contest.outcome)


def motion(approve: int, attendance=CONGRESS):
    rows, counts = (Row("motion", "决议"),), ((approve, attendance.valid - approve, 0),)
    contest = facts(Kind.MOTION, rows, attendance, counts, MOTION, title="关于报告的决议")
    return motion_sheet(contest, contest.outcome)


def test_each_nominee_passes_or_fails_alone() -> None:
    found = ticket(17, 16)
    assert [column.title for column in table(found).columns] == [
        "序号", "姓名", "乡镇", "拟任职务", "同意", "不同意", "弃权", "结果",
    ]  # fmt: skip
    assert table(found).rows == (
        (1, "吴平", "城关镇", "党委书记", 17, 13, 0, "通过"),
        (2, "周刚文", "青岚镇", "党委书记", 16, 14, 0, "未通过"),
    )
    assert "通过 1 人，未通过 1 人。" in said(found)
    assert fact(found, "须获同意票") == 17


def test_the_title_does_not_say_the_vote_twice() -> None:
    assert ticket(17, 16).title == "乡镇党委书记拟任人选表决结果报告单"
    assert motion(200).title == "关于报告的决议表决结果报告单"


@pytest.mark.parametrize(
    ("purpose", "words"),
    [(Purpose.APPOINTMENT, "为决定任用的人选"), (Purpose.RECOMMENDATION, "由其依法选举")],
)
def test_passing_means_what_the_vote_is_for(purpose: Purpose, words: str) -> None:
    assert words in said(ticket(17, 16, purpose=purpose))
    assert words not in said(ticket(17, 16))


def test_without_two_thirds_nobody_passes_or_fails() -> None:
    found = ticket(17, 16, attendance=Attendance(33, 21, 21, 21))
    assert [row[-1] for row in table(found).rows] == [NONE, NONE]
    assert "本次表决不产生结果。" in said(found)


@pytest.mark.parametrize(("approve", "words"), [(156, "未通过"), (157, "通过")])
def test_a_motion(approve: int, words: str) -> None:
    found = motion(approve)
    assert table(found).rows == ((approve, 305 - approve, 0),)
    assert f"表决结果：{words}。" in said(found)


def test_exactly_half_asks_for_a_look_at_the_words() -> None:
    assert "恰为基数的一半" in said(motion(156))
    assert "恰为基数的一半" not in said(motion(155))


def test_a_motion_without_a_quorum_has_no_result() -> None:
    assert "本次表决不产生结果。" in said(motion(100, Attendance(312, 156, 156, 156)))


def test_a_questionnaire_counts_choices() -> None:
    rows = (Row("a", "道路"), Row("b", "学校"))
    contest = facts(
        Kind.QUESTIONNAIRE,
        rows,
        FULL,
        ((10, 20), (25, 5)),
        "questionnaire_default",
        title="代表关心的事项",
        blank="not_chosen",
    )
    found = questionnaire_sheet(contest, contest.outcome)
    assert sorted(row[1:] for row in table(found).rows) == [("学校", 25), ("道路", 10)]
    assert "问卷只反映意见，不作决定。" in said(found)
    assert fact(found, "有效票") == 30
