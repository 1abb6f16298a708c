"""CSV for officials: Chinese headers, a byte-order mark, and no cell that runs as a formula."""

import csv
import io

import pytest

from ballots.contest import Kind, Row, Title
from tally.decide import Attendance, decide
from tally.rules.loader import load_rule_set
from tally.tables import conclusion, contest_csv, mark_word, row_verdict, safe_cell, summary_csv
from tests.tally.decide.contests import ELECTION, MOTION, TICKET, TRUST, a_contest, changed_rules, meeting, votes
from tests.tally.decide.evaluations import A, B, C, assessed, by_category, together, weighed


def read(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def decided(kind, rule_set_id, names, attendance, counts, **changes):
    contest = a_contest(kind, names, **changes)
    return contest, attendance, counts, decide(contest, attendance, counts, load_rule_set(rule_set_id))


def test_an_election():
    contest, _, counts, outcome = decided(
        Kind.ELECTION, ELECTION, "陈静 王海 李娟 朱明", meeting(300, 300), votes(300, 200, 180, 180, 20), seats=2
    )

    assert read(contest_csv(contest, counts, outcome)) == [
        ["编号", "姓名", "赞成", "不赞成", "弃权", "结果"],
        ["r1", "陈静", "200", "100", "0", "当选"],
        ["r2", "王海", "180", "120", "0", "票数相等，再次投票"],
        ["r3", "李娟", "180", "120", "0", "票数相等，再次投票"],
        ["r4", "朱明", "20", "280", "0", "未当选"],
    ]
    assert conclusion(outcome) == "当选 1 名，2 人票数相等，就余下 1 名再次投票"


def test_enough_votes_without_a_seat_and_empty_seats():
    *_, full = decided(Kind.ELECTION, ELECTION, "陈静 王海", meeting(300, 300), votes(300, 149, 151))
    *_, over = decided(Kind.ELECTION, ELECTION, "陈静 王海 李娟", meeting(300, 300), votes(300, 200, 180, 160), seats=2)

    assert row_verdict("r1", full) == "未当选"
    assert row_verdict("r3", over) == "达到票数，未当选"
    *_, short = decided(Kind.ELECTION, ELECTION, "陈静", meeting(300, 300), votes(300, 149))
    assert conclusion(short) == "当选 0 名，缺额 1 名"


def test_a_ticket_vote_says_agree():
    contest, _, counts, outcome = decided(Kind.TICKET_VOTE, TICKET, "王海 李娟", meeting(33, 30), votes(30, 17, 16))
    table = read(contest_csv(contest, counts, outcome))

    assert table[0][2:] == ["同意", "不同意", "弃权", "结果"]
    assert [line[-1] for line in table[1:]] == ["通过", "未通过"]
    assert conclusion(outcome) == "通过 1 人，未通过 1 人"


@pytest.mark.parametrize(("approve", "word"), [(151, "通过"), (150, "未通过")])
def test_a_motion(approve, word):
    *_, outcome = decided(Kind.MOTION, MOTION, "决议", meeting(300, 300), votes(300, approve))

    assert row_verdict("r1", outcome) == conclusion(outcome) == word


def test_an_evaluation_has_its_rates():
    contest, _, counts, outcome = decided(
        Kind.EVALUATION, TRUST, "王海 李娟", meeting(300, 290), ((200, 60, 25, 5), (0, 0, 0, 290))
    )

    assert read(contest_csv(contest, counts, outcome)) == [
        [
            *("编号", "姓名", "信任", "基本信任", "不信任", "弃权"),
            *("信任率(%)", "信任和基本信任率(%)", "不信任率(%)", "指数"),
        ],
        ["r1", "王海", "200", "60", "25", "5", "68.97", "89.66", "8.62", "82.81"],
        ["r2", "李娟", "0", "0", "0", "290", "0.00", "0.00", "0.00", "—"],
    ]
    assert conclusion(outcome) == "测评 2 项"


def test_categories_have_their_indexes():
    outcome = weighed(("b", together(A, B)), ("c", C))
    table = read(contest_csv(by_category(), ((194, 67, 22, 5),), outcome))

    assert table[0][6:] == ["信任率(%)", "信任和基本信任率(%)", "不信任率(%)", "指数", "A、B类指数", "C类指数"]
    assert table[1][6:] == ["67.36", "90.63", "7.64", "84.54", "85.45", "82.40"]


def test_tripped_flags_are_fractions():
    contest = a_contest(Kind.ASSESSMENT, "甲 乙")
    outcome = decide(
        contest, meeting(300, 270), ((100, 79, 0, 91), (100, 80, 0, 90)), load_rule_set("annual_assessment")
    )
    table = read(contest_csv(contest, ((100, 79, 0, 91), (100, 80, 0, 90)), outcome))

    assert table[0][-1] == "待核实"
    assert table[1][-1] == "优秀、称职 179/270；不称职 91/270"
    assert table[2][-1] == ""


def test_bands():
    contest = a_contest(Kind.EVALUATION, "甲", marks=("称职", "基本称职", "不称职"), blank="")
    outcome = decide(contest, meeting(60, 50), ((40, 10, 0),), load_rule_set("delegate_assessment_bands"))
    table = read(contest_csv(contest, ((40, 10, 0),), outcome))

    assert [line[5:] for line in table] == [
        ["称职率(%)", "称职和基本称职率(%)", "不称职率(%)", "指数", "等次"],
        ["80.00", "100.00", "0.00", "—", "称职"],
    ]


def test_a_selection():
    contest = a_contest(Kind.ASSESSMENT, " ".join(f"甲{n}" for n in range(10)))
    outcome = assessed(load_rule_set("excellence_quota"), 90, 80, 80, *range(7))
    counts = tuple((0, 0, 0, 100) for _ in range(10))

    assert [line[-1] for line in read(contest_csv(contest, counts, outcome))[:5]] == [
        *("结果", "入选", "比率相等，由大会主席团决定", "比率相等，由大会主席团决定", "未入选"),
    ]
    assert conclusion(outcome) == "测评 10 项，名额 2，入选 1 名，余 1 名比率相等，由大会主席团决定"


def test_votes_without_a_result():
    contest, _, counts, outcome = decided(Kind.EVALUATION, TRUST, "王海", meeting(300, 150), ((150, 0, 0, 0),))
    assert read(contest_csv(contest, counts, outcome))[1][-1] == "无结果"
    assert conclusion(outcome) == "未达到规定到会人数，不得进行"
    *_, void = decided(Kind.TICKET_VOTE, TICKET, "王海", Attendance(33, 30, 30, 31), votes(31, 20))
    assert row_verdict("r1", void) == "无结果"
    assert conclusion(void) == "收回票多于发出票，无效，重新投票"


def test_the_summary_has_a_line_for_each_contest():
    election = decided(Kind.ELECTION, ELECTION, "王海", Attendance(300, 291, 291, 290, 1), votes(289, 200))
    trust = decided(Kind.EVALUATION, TRUST, "王海", meeting(300, 290), ((200, 60, 25, 5),))

    assert read(summary_csv([election, trust])) == [
        ["项目", "应到会", "实到会", "发出票", "收回票", "有效票", "无效票", "规定票数", "结论"],
        ["甲", "300", "291", "291", "290", "289", "1", "151", "当选 1 名"],
        ["甲", "300", "290", "290", "290", "290", "0", "", "测评 1 项"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "＝1", "＋1", "－1", "＠x", "\r=1"])
def test_a_formula_is_only_text(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["王海", "0078", "12", "", "a=b", "王 - 海"])
def test_other_cells_stay_as_they_are(text):
    assert safe_cell(text) == text


def test_names_and_titles_are_made_safe():
    row = Row("=r1", '=HYPERLINK("http://x")', ())
    contest, attendance, counts, outcome = decided(
        Kind.MOTION, MOTION, "x", meeting(300, 300), votes(300, 151), rows=(row,), title=Title(en="x", zh="=cmd|x")
    )

    assert read(contest_csv(contest, counts, outcome))[1][:2] == ["'=r1", '\'=HYPERLINK("http://x")']
    assert read(summary_csv([(contest, attendance, counts, outcome)]))[1][0] == "'=cmd|x"


def test_mark_words():
    assert mark_word(a_contest(Kind.ELECTION, "王海"), "disapprove") == "不赞成"
    assert mark_word(a_contest(Kind.TICKET_VOTE, "王海"), "disapprove") == "不同意"
    assert mark_word(a_contest(Kind.EVALUATION, "王海"), "信任") == "信任"


def test_a_tie_that_the_presidium_decides() -> None:
    rules = changed_rules(ELECTION, tie_at_last_seat="presidium_decides")
    contest = a_contest(Kind.ELECTION, "陈静 王海 李娟", seats=2)
    outcome = decide(contest, meeting(300, 300), votes(300, 200, 180, 180), rules)
    assert row_verdict("r2", outcome) == "票数相等，由大会主席团决定"
    assert conclusion(outcome) == "当选 1 名，2 人票数相等，余下 1 名由大会主席团决定"
