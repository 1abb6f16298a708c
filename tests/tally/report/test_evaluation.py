from dataclasses import replace

from tally.report.evaluation import LEAST_ROWS, overall_sheet, person_sheets, rows_sheet
from tally.report.model import NONE, Column, Table
from tests.tally.decide.contests import changed_rules
from tests.tally.report.samples import LONG_NAME, TRUST, fact, said, table
from tests.tally.report.test_evaluated import FLAG, trust

THREE = ((200, 60, 30, 10), (100, 100, 90, 10), (300, 0, 0, 0))
FLAGGED = changed_rules(TRUST, flags=[FLAG])


def headings(found: Table) -> list[str]:
    return [column.title for column in found.columns]


def numbers(sheet) -> set[object]:
    return {cell for block in sheet.blocks if isinstance(block, Table) for row in block.rows for cell in row}


def test_each_person_has_a_sheet() -> None:
    sheets = person_sheets(trust(*THREE))
    assert len(sheets) == 3
    assert fact(sheets[0], "姓名") == LONG_NAME
    assert table(sheets[0], "意见分布").rows == (
        ("信任", 200, "66.67"),
        ("基本信任", 60, "20.00"),
        ("不信任", 30, "10.00"),
        ("弃权", 10, "3.33"),
    )
    assert table(sheets[0], "指标").rows[1] == ("信任和基本信任率（信任＋基本信任）", 260, 300, "86.67")
    assert headings(table(sheets[0], "指标"))[2] == "分母（有效票数）"


def test_the_index_is_no_rate() -> None:
    sheet = person_sheets(trust(*THREE))[0]
    assert "指数：81.38" in said(sheet)
    assert "是指数，不是比率" in said(sheet)
    assert "信任 100，基本信任 60，不信任 0，弃权不计入" in said(sheet)


def test_flags_await_verification_and_have_no_consequence() -> None:
    sheets = person_sheets(trust((190, 0, 110, 0), (200, 0, 100, 0), rules=FLAGGED))
    assert table(sheets[0], "标记").rows == (("不信任超过三分之一", 110, 300, "待核实"),)
    assert table(sheets[1], "标记").rows == (("不信任超过三分之一", 100, 300, "未达到"),)
    assert "不作任何人事结论" in said(sheets[0])
    assert "不作任何人事结论" not in said(person_sheets(trust(*THREE))[0])


def test_the_table_of_all_rows_has_flags_only_where_there_are_rules_for_them() -> None:
    contest = trust(*THREE)
    found = table(rows_sheet(contest, contest.outcome))
    assert headings(found)[-1] == "指数"
    assert found.rows[0] == (1, LONG_NAME, 200, 60, 30, 10, "66.67", "86.67", "10.00", "81.38")
    flagged = trust((190, 0, 110, 0), (200, 0, 100, 0), rules=FLAGGED)
    assert [row[-1] for row in table(rows_sheet(flagged, flagged.outcome)).rows] == ["待核实", ""]


def test_the_sheet_for_the_whole_has_sums_alone() -> None:
    contest = trust(*THREE)
    sheet = overall_sheet(contest, contest.outcome)
    assert [row[1] for row in table(sheet, "意见分布").rows] == [600, 160, 120, 20]
    assert table(sheet, "指标").rows[0] == ("信任率（信任）", 600, 900, "66.67")
    assert not numbers(sheet) & {LONG_NAME, "81.38", 200, 300, 100}


def test_sums_over_few_rows_are_withheld() -> None:
    assert LEAST_ROWS == 3
    contest = trust(*THREE[:2])
    sheet = overall_sheet(contest, contest.outcome)
    assert "不足 3 个" in said(sheet)
    assert not [block for block in sheet.blocks if isinstance(block, Table)]


def test_too_few_ballots_show_no_number_anywhere() -> None:
    contest = trust((5, 1, 1, 0), (7, 0, 0, 0), (0, 7, 0, 0))
    for sheet in (*person_sheets(contest), overall_sheet(contest, contest.outcome)):
        assert "结果不予显示" in said(sheet)
        assert not [block for block in sheet.blocks if isinstance(block, Table)]
    rows = table(rows_sheet(contest, contest.outcome)).rows
    assert {cell for row in rows for cell in row[2:]} == {NONE}


def test_every_sheet_says_what_cannot_be_excluded() -> None:
    contest = trust(*THREE)
    for sheet in (
        *person_sheets(contest),
        rows_sheet(contest, contest.outcome),
        overall_sheet(contest, contest.outcome),
    ):
        assert "对本人一行，测评时提示选择“弃权”" in said(sheet)


def test_departments_are_not_called_persons() -> None:
    contest = trust(*THREE)
    offices = tuple(replace(person, details=()) for person in contest.people)
    contest = replace(contest, people=offices)
    assert fact(person_sheets(contest)[0], "名称") == LONG_NAME
    assert Column("名称", table(rows_sheet(contest, contest.outcome)).columns[1].kind) in table(
        rows_sheet(contest, contest.outcome)
    ).columns


def scoped(*rules: tuple[str, tuple[str, ...], int]):
    scopes = [{"item": item, "scopes": list(to), "delay_days": days} for item, to, days in rules]
    return trust(*THREE, rules=changed_rules(TRUST, scopes=scopes, flags=[FLAG]))


def captions(sheet) -> list[str]:
    return [block.caption for block in sheet.blocks if isinstance(block, Table)]


def test_what_only_the_committee_may_know_is_on_the_restricted_table_alone() -> None:
    contest = scoped(("rate_distrust", ("committee",), 0), ("index", ("superior",), 0), ("flags", ("committee",), 0))
    rows = table(rows_sheet(contest, contest.outcome))
    assert {"不信任率%", "指数", "标记"} <= set(headings(rows))
    for sheet in (person_sheets(contest)[0], overall_sheet(contest, contest.outcome)):
        assert captions(sheet) == ["指标"]
        assert [row[0][:3] for row in table(sheet, "指标").rows] == ["信任率", "信任和"]
        assert "指数：" not in said(sheet)


def test_a_person_may_know_what_the_hall_may_not() -> None:
    contest = scoped(*((rate, ("self",), 0) for rate in ("rate_trust", "rate_trust_or_basic", "rate_distrust")))
    assert captions(person_sheets(contest)[0]) == ["意见分布", "指标", "标记"]
    assert captions(overall_sheet(contest, contest.outcome)) == []


def test_what_the_hall_may_know_the_person_may_know_too() -> None:
    contest = scoped(("rate_trust", ("delegates",), 0), ("index", ("public",), 0))
    assert captions(overall_sheet(contest, contest.outcome)) == ["意见分布", "指标"]
    assert "指数：81.38" in said(person_sheets(contest)[0])


def test_a_delay_stands_on_the_sheets_it_holds_for() -> None:
    contest = scoped(("rate_trust", ("public",), 7), ("flags", ("committee",), 30))
    assert "须在结果公布 7 日后方可告知" in said(person_sheets(contest)[0])
    assert "日后方可告知" not in said(rows_sheet(contest, contest.outcome))
