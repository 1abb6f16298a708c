from dataclasses import replace
from datetime import date

from tally.decide import decide
from tally.entries.counting import CountedCell
from tally.report.beside import Beside
from tally.report.evaluation_tables import (
    NOT_BY_ITSELF,
    categories_table,
    category_rates_table,
    comparison_table,
    flags_table,
    overall_table,
    own_categories_table,
    rates_table,
    rows_table,
    subject_word,
)
from tally.report.model import NONE, Table
from tests.tally.decide.contests import changed_rules
from tests.tally.report.evaluations import FLAG, RATES, THREE, by_categories, earlier, scopes, told, trust
from tests.tally.report.samples import LONG_NAME

EARLIER = Beside(trust=(earlier("000", LONG_NAME, 200),))


def headings(found: Table) -> list[str]:
    return [column.title for column in found.columns]


def test_all_rows_with_and_without_counts() -> None:
    found = rows_table(told(trust(*THREE)), counts=True)
    assert headings(found)[2:] == [
        *("信任", "基本信任", "不信任", "弃权"),
        *("信任率", "信任和基本信任率", "不信任率", "指数"),
    ]
    assert found.rows[0] == (1, LONG_NAME, 200, 60, 30, 10, "66.67%", "86.67%", "10.00%", "81.38")
    without = rows_table(told(trust(*THREE)), counts=False)
    assert without.rows[0] == (1, LONG_NAME, "66.67%", "86.67%", "10.00%", "81.38")


def test_a_tripped_flag_is_a_fraction_that_awaits_verification() -> None:
    rules = changed_rules("trust_default", flags=[FLAG])
    contest = told(trust((180, 20, 100, 0), (180, 19, 101, 0), (200, 1, 99, 0), rules=rules))
    found = rows_table(contest, counts=False)
    assert headings(found)[-1] == "标记"
    assert [row[-1] for row in found.rows] == ["", "不信任 101/300 待核实", ""]
    assert [row[4] for row in found.rows] == ["100/300", "101/300", "99/300"]
    assert flags_table(contest.rows[0]).rows == (("不信任超过三分之一", "100/300", "未达到"),)
    assert flags_table(contest.rows[1]).rows == (("不信任超过三分之一", "101/300", "待核实"),)


def test_bands_await_verification() -> None:
    rules = changed_rules(
        "trust_default",
        bands={
            "indicator": "rate_trust",
            "list": [{"name": "好", "op": "ge", "frac": [2, 3]}, {"name": "一般", "otherwise": True}],
        },
    )
    found = rows_table(told(trust((200, 60, 30, 10), (199, 61, 30, 10), rules=rules)), counts=False)
    assert headings(found)[-1] == "考核等次（待核实）"
    assert [row[-1] for row in found.rows] == ["好", "一般"]


def test_categories_have_weight_and_score() -> None:
    contest = told(by_categories(11, 23, 250, rows=2), "committee")
    found = categories_table(contest)
    assert headings(found)[2:] == [
        *("A 类得分（权重 40%）", "B 类得分（权重 30%）", "C 类得分（权重 30%）"),
        "合成指数",
    ]
    assert found.rows[0] == (1, LONG_NAME, "87.27", "93.91", "99.44", "92.92")
    rates = category_rates_table(contest)
    assert headings(rates)[2:5] == ["A 类信任率", "A 类信任和基本信任率", "A 类不信任率"]
    assert rates.rows[1][2:5] == ("81.82%", "90.91%", "9.09%")
    assert len(rates.columns) == 11


def test_small_categories_are_kept_back_in_company() -> None:
    contest = told(by_categories(3, 22, 250, smallest_cell=5), "committee")
    (row,) = categories_table(contest).rows
    assert row == (1, LONG_NAME, NOT_BY_ITSELF, NOT_BY_ITSELF, "99.44", NONE)
    assert {heading[0] for heading in headings(category_rates_table(contest))[2:]} == {"C"}


def test_the_categories_of_one_row() -> None:
    contest = told(by_categories(11, 23, 250, told=("self",)), "self", "000")
    found = own_categories_table(contest, contest.rows[0])
    assert headings(found) == ["测评人类别", "权重", "得分", "信任率", "信任和基本信任率", "不信任率"]
    assert found.rows[0] == ("A 类", "40%", "87.27", "81.82%", "90.91%", "9.09%")
    small = told(by_categories(3, 22, 250, told=("self",), smallest_cell=5), "self", "000")
    assert own_categories_table(small, small.rows[0]).rows[1] == ("B 类", "30%", NOT_BY_ITSELF, NONE, NONE, NONE)


def test_a_merged_category_has_the_weights_of_both_and_no_rates() -> None:
    contest = told(merged(), "committee")
    assert headings(categories_table(contest))[2:4] == ["A＋B 类得分（权重 70%）", "C 类得分（权重 30%）"]
    assert {heading[0] for heading in headings(category_rates_table(contest))[2:]} == {"C"}
    row = own_categories_table(contest, contest.rows[0]).rows[0]
    assert row == ("A＋B 类", "70%", "88.80", NONE, NONE, NONE)


def test_where_all_are_kept_back_there_are_no_rates() -> None:
    contest = told(by_categories(3, 3, 3, smallest_cell=8), "committee")
    assert categories_table(contest).rows[0][2:] == (NOT_BY_ITSELF,) * 3 + (NONE,)
    assert category_rates_table(contest) is None


def test_the_earlier_result_stands_beside_the_new_one() -> None:
    found = comparison_table(told(trust(*THREE), beside=EARLIER))
    assert headings(found)[2:4] == ["信任率", "上次信任率"]
    assert found.rows[0][2:] == ("66.67%", "80.00%", "86.67%", "80.00%", "10.00%", "0.00%", "81.38", "80.00")
    assert list(found.rows[1][3::2]) == [NONE] * 4
    assert comparison_table(told(trust(*THREE))) is None


def test_the_rates_of_one_row_have_numerator_and_denominator() -> None:
    contest = told(trust(*THREE))
    found = rates_table(contest, contest.rows[0])
    assert headings(found)[2] == "分母（有效票数）"
    assert found.rows[1] == ("信任和基本信任率（信任＋基本信任）", 260, 300, "86.67%")
    contest = told(trust(*THREE), beside=EARLIER)
    assert rates_table(contest, contest.rows[0]).rows[0][-1] == "80.00%"


def test_the_whole_is_of_what_is_shown() -> None:
    assert overall_table(told(trust(*THREE))).rows[0] == ("信任率", 600, 900, "66.67%")
    assert overall_table(told(trust(THREE[0]))) is None
    rules = changed_rules("trust_default", scopes=scopes("public", items=RATES[:1]))
    assert len(overall_table(told(trust(*THREE, rules=rules), "public")).rows) == 1
    rules = changed_rules("trust_default", scopes=scopes("public", items=("index",)))
    assert overall_table(told(trust(*THREE, rules=rules), "public")) is None


def test_departments_are_not_called_persons() -> None:
    assert subject_word(told(trust(*THREE))) == "姓名"
    assert subject_word(told(offices(), beside=Beside(day=date(2027, 1, 1)))) == "名称"


def merged():
    """Category A counted with B, as a service does with few cards."""
    contest = by_categories(3, 22, 250)
    first, second, last = contest.cells
    together = tuple(tuple(map(sum, zip(*rows, strict=True))) for rows in zip(first.counts, second.counts, strict=True))
    cells = (CountedCell("b", 25, together), last)
    outcome = decide(contest.contest, contest.attendance, contest.counts, contest.rules, cells=cells)
    return replace(contest, cells=cells, outcome=outcome)


def offices():
    """The same rows without a column for the sex."""
    contest = trust(*THREE)
    return replace(contest, people=tuple(replace(person, details=()) for person in contest.people))
