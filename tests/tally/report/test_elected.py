import pytest

from ballots.contest import Capture, Stage
from tally.entries.outcome import SeatsReduced
from tally.report.elected import elected_sheet
from tally.report.model import Names
from tests.tally.decide.contests import changed_rules
from tests.tally.report.samples import election, person, said

PEOPLE = (
    person("1", "田大利"),
    person("2", "田富", "女"),
    person("3", "吴平", "男", "苗族"),
    person("4", "李娟", "女", "苗族"),
)


def sheet(contest):
    return elected_sheet(contest, contest.outcome)


def listed(found) -> list[tuple[str, str]]:
    (names,) = [block for block in found.blocks if isinstance(block, Names)]
    return [(one.name, one.note) for one in names.people]


def test_names_come_as_announced_with_sex_and_ethnicity() -> None:
    found = sheet(election(160, 170, 180, 190, rows=PEOPLE, seats=4, order=("2", "1", "4", "3")))
    assert listed(found) == [("田富", "（女）"), ("田大利", ""), ("李娟", "（女，苗族）"), ("吴平", "（苗族）")]
    assert "（共 4 名，按姓氏笔画为序）" in said(found)
    assert found.title == "县委委员当选名单"


def test_alternates_come_by_votes() -> None:
    order = ("2", "1", "4", "3")
    found = sheet(election(160, 170, 180, 170, rows=PEOPLE, seats=4, body="alternate_member", order=order))
    assert [name for name, _ in listed(found)] == ["吴平", "田富", "李娟", "田大利"]
    assert "按得票多少为序，得票相等的按姓氏笔画为序" in said(found)
    assert "第39条：当选的候补委员" in said(found)
    assert [one.place for block in found.blocks if isinstance(block, Names) for one in block.people] == [1, 2, 3, 4]
    assert "按此次序依次递补" in said(found)


def test_only_alternates_by_votes_have_places() -> None:
    strokes = changed_rules("election_local_2020", order_alternates="stroke")
    for contest in (
        election(160, 170, rows=PEOPLE[:2], seats=2),
        election(160, 170, rows=PEOPLE[:2], seats=2, body="alternate_member", rules=strokes),
        election(160, 170, rows=PEOPLE[:2], seats=2, body="alternate_member", stage=Stage.PRESELECTION),
    ):
        found = sheet(contest)
        assert {one.place for block in found.blocks if isinstance(block, Names) for one in block.people} == {0}
        assert "递补" not in said(found).split("依据")[0]


def test_reduced_seats_leave_no_vacancy() -> None:
    reduced = SeatsReduced(contest="committee", seats=1, by="presidium", motion="")
    found = said(sheet(election(160, 100, rows=PEOPLE[:2], seats=2, reduced=reduced)))
    assert "应选 2 名，经大会主席团同意减少 1 名，为 1 名，选举结束。" in found
    assert "缺额" not in found


def test_an_order_approved_above_is_said() -> None:
    rules = changed_rules("election_local_2020", order_members="superior_approved_order")
    found = sheet(election(160, 170, 10, 10, rows=PEOPLE, seats=2, rules=rules))
    assert "按上级党委批准的次序" in said(found)
    assert [name for name, _ in listed(found)] == ["田大利", "田富"]


@pytest.mark.parametrize(("announce", "note"), [("none", ""), ("report_only", ""), ("full", " 160 票")])
def test_votes_are_printed_only_where_the_rules_have_them_announced(announce: str, note: str) -> None:
    rules = changed_rules("election_local_2020", announce_numbers=announce)
    assert listed(sheet(election(160, rows=PEOPLE[:1], rules=rules))) == [("田大利", note)]


def test_the_votes_of_a_person_written_in_are_those_of_the_sheet() -> None:
    rules = changed_rules("election_local_2020", announce_numbers="full")
    contest = election(10, rows=PEOPLE[:1], rules=rules, capture=Capture.HAND, write_ins=(("张三", 200),))
    assert listed(sheet(contest)) == [("张三", " 200 票")]


def test_nobody_elected_is_said_and_the_run_off_announced() -> None:
    assert "无人当选。" in said(sheet(election(100, rows=PEOPLE[:1])))
    assert "缺额 1 名。" in said(sheet(election(100, rows=PEOPLE[:1])))
    assert "另有 1 名待再次投票确定。" in said(sheet(election(200, 180, 180, rows=PEOPLE[:3], seats=2)))
    rules = changed_rules("election_local_2020", tie_at_last_seat="presidium_decides")
    tied = said(sheet(election(200, 180, 180, rows=PEOPLE[:3], seats=2, rules=rules)))
    assert "另有 1 名待大会主席团确定。" in tied


@pytest.mark.parametrize(("reports_to", "presidium"), [("presidium_only", True), ("congress", False)])
def test_the_list_of_a_preselection_goes_to_whom_the_rules_say(reports_to: str, presidium: bool) -> None:
    rules = changed_rules("election_local_2020", preselection_reports_to=reports_to)
    found = sheet(election(160, rows=PEOPLE[:1], stage=Stage.PRESELECTION, rules=rules))
    assert found.title == "县委委员正式候选人名单（预选结果）"
    assert ("本名单只报大会主席团。" in said(found)) == presidium


def test_a_preselection_without_result_elects_nobody_in_words_either() -> None:
    assert "预选无人达到规定票数。" in said(sheet(election(100, rows=PEOPLE[:1], stage=Stage.PRESELECTION)))


def test_the_same_name_twice_is_told_apart() -> None:
    rows = (person("1", "王伟", "女", unit="城关镇"), person("2", "王伟", unit="东河镇"))
    assert listed(sheet(election(160, 170, rows=rows, seats=2))) == [("王伟", "（女，城关镇）"), ("王伟", "（东河镇）")]


def test_the_executive_chair_signs() -> None:
    assert [line.role for line in sheet(election(160)).signatures] == ["执行主席"]
