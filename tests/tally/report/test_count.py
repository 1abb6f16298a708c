import pytest

from ballots.contest import NO_WRITE_INS, Capture, Stage, WriteIns, WriteInWay
from tally.entries.outcome import SeatsReduced
from tally.report.count import count_sheet
from tally.report.model import NONE
from tests.tally.decide.contests import changed_rules
from tests.tally.report.samples import election, fact, people, person, said, table


def sheet(contest):
    return count_sheet(contest, contest.outcome)


def test_rows_stand_in_the_order_of_the_ballot_with_their_counts() -> None:
    found = table(sheet(election(160, 200, 100, seats=2)))
    assert [column.title for column in found.columns] == ["序号", "姓名", "赞成", "不赞成", "弃权", "备注"]
    assert found.rows == (
        (1, people(3)[0].name, 160, 145, 0, "当选"),
        (2, people(3)[1].name, 200, 105, 0, "当选"),
        (3, "候选零二", 100, 205, 0, ""),
    )


def test_people_and_ballots_are_named() -> None:
    found = sheet(election(160, 100, present=305, returned=304, invalid=2, seats=1))
    values = [fact(found, label) for label in ("应到会", "实到会", "发出选票", "收回选票", "有效票", "无效票")]
    assert values == [312, 305, 305, 304, 302, 2]
    assert (fact(found, "应选名额"), fact(found, "候选人数"), fact(found, "差额")) == (1, 2, 1)
    assert "收回的选票少于发出的选票，本次选举有效。" in said(found)
    assert "当选所需票数：超过半数（以应到会有表决权人数 312 为基数），即不少于 157 票。" in said(found)
    assert "第24条" in said(found)


@pytest.mark.parametrize(("approve", "remark"), [(156, ""), (157, "当选"), (158, "当选")])
def test_the_remark_is_that_of_the_outcome(approve: int, remark: str) -> None:
    assert table(sheet(election(approve, seats=1))).rows[0][-1] == remark


def test_unreadable_lines_have_a_column_only_where_some_were_counted() -> None:
    without = sheet(election(160, seats=1, capture=Capture.HAND, item_invalid=(0,)))
    assert "部分无效" not in [column.title for column in table(without).columns]
    found = table(sheet(election(160, 140, seats=1, capture=Capture.HAND, item_invalid=(0, 3))))
    assert [column.title for column in found.columns][5] == "部分无效"
    assert [row[5] for row in found.rows] == [0, 3]


def test_persons_written_in_have_approvals_only() -> None:
    rows = people(2)
    found = sheet(election(160, 100, rows=rows, seats=1, capture=Capture.HAND, write_ins=(("张三", 12), ("李四", 1))))
    assert table(found, "另选他人").rows == ((1, "张三", 12, NONE, NONE, ""), (2, "李四", 1, NONE, NONE, ""))
    assert "另选他人" in said(found)


def test_a_person_written_in_can_be_elected_and_asks_for_checks() -> None:
    found = sheet(election(10, rows=people(1), seats=1, capture=Capture.HAND, write_ins=(("张三", 200),)))
    assert table(found, "另选他人").rows[0][-1] == "当选"
    assert "待核对：另选的人公布前须审查资格。" in said(found)


def test_a_tie_at_the_last_seat_names_the_tied() -> None:
    found = sheet(election(200, 180, 180, seats=2))
    assert [row[-1] for row in table(found).rows] == ["当选", "票数相等", "票数相等"]
    assert "当选 1 名；𬭎䶮堃犇、候选零二 票数相等，就余下 1 名再次投票。" in said(found)
    rules = changed_rules("election_local_2020", tie_at_last_seat="presidium_decides")
    decided = said(sheet(election(180, 200, 180, seats=2, rules=rules)))
    assert "票数相等，余下 1 名由大会主席团决定。" in decided
    assert "待核对：票数相等者由大会主席团决定。" in decided
    assert "票数相等不能确定当选人时" in said(found)


def test_who_passed_without_a_seat_and_empty_seats_are_said() -> None:
    over = sheet(election(200, 190, 180, seats=2))
    assert "当选 2 名；达到规定票数而未当选 1 人。" in said(over)
    assert table(over).rows[2][-1] == "过规定票数，未当选"
    short = sheet(election(100, 90, seats=2))
    assert "当选 0 名；缺额 2 名。" in said(short)
    assert "不足的名额另行选举" in said(short)


def test_a_run_off_goes_by_the_larger_number() -> None:
    found = sheet(election(120, 100, seats=1, stage=Stage.RUNOFF))
    assert found.title == "选举县委委员（再次投票）得票情况报告单"
    assert "再次投票以得票多的当选。" in said(found)
    assert "为基数" not in said(found)
    assert [row[-1] for row in table(found).rows] == ["当选", ""]


def test_a_run_off_under_the_threshold_names_it() -> None:
    rules = changed_rules("election_local_2020", runoff_wins_by="threshold")
    assert "即不少于 157 票" in said(sheet(election(120, 100, seats=1, stage=Stage.RUNOFF, rules=rules)))


def test_a_preselection_elects_nobody() -> None:
    found = sheet(election(200, 100, seats=1, stage=Stage.PRESELECTION))
    assert "（预选）" in found.title
    assert table(found).rows[0][-1] == "列为正式候选人"
    over = election(200, 200, 190, seats=2, stage=Stage.PRESELECTION)
    assert table(sheet(over)).rows[2][-1] == "过规定票数，未列入"
    assert "当选" not in said(found).splitlines()[2]


def test_without_a_quorum_nothing_follows() -> None:
    found = sheet(election(100, present=156, seats=1))
    assert "到会人数未达到规定人数，不能进行选举。" in said(found)
    assert "本次投票不产生结果。" in said(found)
    assert table(found).rows[0][-1] == NONE


def test_more_ballots_than_issued_void_the_vote() -> None:
    found = sheet(election(200, present=305, returned=306, seats=1))
    assert "收回的选票多于发出的选票，本次选举无效，应重新投票。" in said(found)


def test_the_same_name_twice_is_told_apart() -> None:
    rows = (person("1", "王伟", unit="城关镇"), person("2", "王伟", unit="东河镇"), person("3", "李娟"))
    assert [row[1] for row in table(sheet(election(160, 130, 10, rows=rows))).rows] == [
        "王伟（城关镇）",
        "王伟（东河镇）",
        "李娟",
    ]


@pytest.mark.parametrize(
    ("way", "said_so"),
    [
        (WriteIns(WriteInWay.WAIVED, "青组〔2026〕7号"), "选票不设另选他人栏（青组〔2026〕7号）"),
        (WriteIns(WriteInWay.PAPER), "在选票上填写"),
        (WriteIns(WriteInWay.SLIPS), "在纸条上填写"),
    ],
)
def test_how_others_are_written_in_is_said(way: WriteIns, said_so: str) -> None:
    assert f"另选他人方式：{said_so}" in said(sheet(election(160, write_ins_by=way)))


def test_where_nobody_is_written_in_that_is_said() -> None:
    paper = {"capture": Capture.HAND, "write_ins_by": WriteIns(WriteInWay.PAPER)}
    assert "无人另选他人。" in said(sheet(election(160, **paper)))
    assert "无人另选他人。" not in said(sheet(election(160, write_ins=(("张三", 2),), **paper)))


def test_in_a_run_off_nobody_is_written_in() -> None:
    assert "另选他人方式" not in said(sheet(election(160, stage=Stage.RUNOFF, write_ins_by=NO_WRITE_INS)))


@pytest.mark.parametrize(
    ("by", "motion", "consent"),
    [("presidium", "", "经大会主席团同意"), ("electors", "consent", "经半数以上选举人同意（表决 consent）")],
)
def test_fewer_seats_are_told_with_whose_consent(by: str, motion: str, consent: str) -> None:
    reduced = SeatsReduced(contest="committee", seats=4, by=by, motion=motion)
    contest = election(160, 160, 160, 160, 100, 100, seats=5, reduced=reduced)
    assert f"应选 5 名，{consent}减少 1 名，为 4 名，选举结束。" in said(sheet(contest))
    assert "缺额" not in said(sheet(contest)).split("依据")[0]
    assert "选举结束" not in said(sheet(election(160, 100, seats=2)))


def test_scrutineers_and_counters_sign() -> None:
    assert [line.role for line in sheet(election(160)).signatures] == ["总监票人", "监票人", "计票人"]
