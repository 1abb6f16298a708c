from datetime import date

from tally.report.beside import Beside
from tally.report.evaluation import person_sheet, rows_sheet, told_sheet
from tally.report.evaluation_tables import AWAITING, CATEGORIES, COMPARISON, OVERALL
from tally.report.model import NONE, Sheet, Table
from tally.rules.evaluation import Scope
from tests.tally.decide.contests import changed_rules
from tests.tally.report.evaluations import (
    FLAG,
    RATES,
    THREE,
    assessment,
    by_categories,
    earlier,
    scopes,
    told,
    trust,
)
from tests.tally.report.samples import LONG_NAME, fact, said, table


def signed(contest, **fields) -> Sheet:
    return rows_sheet(told(contest, **fields), contest.outcome)


def handed(contest, audience: str = "public", **fields) -> Sheet:
    return told_sheet(told(contest, audience, **fields), Scope(audience))


def own(contest, row: str = "000", **fields) -> Sheet:
    return person_sheet(told(contest, "self", row, **fields))


def scoped(*rules: list, **changes):
    lines = [line for some in rules for line in some]
    return trust(*THREE, rules=changed_rules("trust_default", scopes=lines, **changes))


def captions(sheet: Sheet) -> list[str]:
    return [block.caption for block in sheet.blocks if isinstance(block, Table)]


def test_what_is_signed_has_all_counts_and_says_that_nobody_is_told() -> None:
    sheet = signed(trust(*THREE))
    assert captions(sheet) == ["", OVERALL]
    assert table(sheet).rows[0][2:6] == (200, 60, 30, 10)
    assert "没有写明向谁告知" in said(sheet)
    assert "没有写明向谁告知" not in said(signed(trust(*THREE, rules="trust_mid_term")))
    assert [line.role for line in sheet.signatures] == ["总监票人", "监票人", "计票人"]


def test_the_index_is_no_rate() -> None:
    sheet = own(trust(*THREE, rules="trust_mid_term"))
    assert "指数：81.38" in said(sheet)
    assert "是指数，不是比率" in said(sheet)
    assert "信任 100，基本信任 60，不信任 0，弃权不计入" in said(sheet)
    assert fact(sheet, "姓名") == LONG_NAME


def test_flags_and_bands_have_no_consequence() -> None:
    bands = {
        "indicator": "rate_trust",
        "list": [{"name": "好", "op": "ge", "frac": [2, 3]}, {"name": "一般", "otherwise": True}],
    }
    contest = scoped(scopes("self", "public"), flags=[FLAG], bands=bands)
    for sheet in (own(contest), handed(contest), signed(contest)):
        assert said(sheet).count("不作任何人事结论") == 2
    assert f"考核等次（{AWAITING}）：好" in said(own(contest))
    assert "标记" in captions(own(contest))
    assert "不作任何人事结论" not in said(signed(trust(*THREE)))


def test_what_only_the_committee_may_know_is_not_on_other_sheets() -> None:
    contest = scoped(scopes("self", "committee", "public", items=RATES[:1]), scopes("committee", items=("index",)))
    assert [column.title for column in table(handed(contest, "committee")).columns][2:] == ["信任率", "指数"]
    assert [column.title for column in table(handed(contest)).columns][2:] == ["信任率"]
    assert "指数：" not in said(own(contest))
    assert table(own(contest), "指标").rows[0][:3] == ("信任率（信任）", 200, 300)
    assert "只列采用的规则允许告知的项目" in said(own(contest))
    assert "只列采用的规则允许告知的项目" not in said(signed(contest))


def test_what_is_told_later_says_from_when() -> None:
    contest = scoped(scopes("public", items=RATES[:1]), scopes("public", items=("index",), delay=30))
    sheet = handed(contest)
    assert "指数自 2027年1月7日起告知，此前不予告知" in said(sheet)
    assert [column.title for column in table(sheet).columns][2:] == ["信任率"]
    later = handed(contest, beside=Beside(day=date(2027, 1, 7)))
    assert "起告知" not in said(later)
    assert [column.title for column in table(later).columns][2:] == ["信任率", "指数"]
    assert captions(handed(scoped(scopes("public", delay=1)))) == []


def test_too_few_ballots_show_no_number_anywhere() -> None:
    few = ((5, 1, 1, 0), (7, 0, 0, 0), (0, 7, 0, 0))
    contest = trust(*few, rules=changed_rules("trust_default", scopes=scopes("self", "public")))
    for sheet in (signed(contest), handed(contest), own(contest)):
        assert "结果不予显示" in said(sheet)
        assert captions(sheet) == []
        assert "起告知" not in said(sheet)


def test_categories_are_on_every_sheet_that_may_have_them() -> None:
    contest = by_categories(11, 23, 250, rows=2, told=("self", "committee"))
    for sheet in (signed(contest), handed(contest, "committee"), own(contest)):
        assert CATEGORIES in captions(sheet)
        assert "未单独公布" not in said(sheet)
    small = by_categories(3, 22, 250, rows=2, told=("self", "committee"), smallest_cell=5)
    for sheet in (signed(small), handed(small, "committee"), own(small)):
        assert "未单独公布" in said(sheet)
    assert f"指数：{NONE}" in said(own(small))


def test_the_earlier_result_is_named() -> None:
    beside = Beside(trust=(earlier("000", LONG_NAME, 200),))
    contest = trust(*THREE, rules="trust_mid_term")
    assert COMPARISON in captions(signed(contest, beside=beside))
    assert COMPARISON in captions(handed(contest, "committee", beside=beside))
    assert "指数：81.38（上次 80.00）" in said(own(contest, beside=beside))
    assert "上次测评见会议 qinglan-13-2 的记录" in said(own(contest, beside=beside))
    assert "上次" not in said(own(contest, "001", beside=beside))


def test_a_fraction_near_a_threshold_is_explained() -> None:
    rules = changed_rules("trust_default", flags=[FLAG])
    assert "以分数表示" in said(signed(trust((180, 20, 100, 0), rules=rules)))
    assert "以分数表示" not in said(signed(trust((250, 20, 30, 0), rules=rules)))


def test_a_selection_is_told_with_its_rate() -> None:
    contest = assessment(90, 80, 80, 70, 60, told=("delegates", "self"))
    assert "按比率为序" in captions(handed(contest, "delegates"))
    assert "评优：建议入选" in said(own(contest))


def test_every_sheet_says_what_cannot_be_excluded() -> None:
    contest = trust(*THREE, rules="trust_mid_term")
    for sheet in (signed(contest), handed(contest, "committee"), own(contest)):
        assert "对本人一行，测评时提示选择“弃权”" in said(sheet)
