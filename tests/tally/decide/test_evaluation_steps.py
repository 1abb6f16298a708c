"""The steps of evaluations say what was done, cite the article, and state no consequence."""

import pytest

from ballots.contest import Kind
from tally.decide.attendance import Attendance
from tally.decide.engine import decide
from tally.rules.loader import load_rule_set
from tests.tally.decide.contests import a_contest, changed_rules
from tests.tally.decide.evaluations import A, B, C, assessed, together, weighed


def words(outcome):
    return " ".join(f"{step.cited_zh} {step.cited_en}" for step in outcome.steps)


def test_categories_and_what_was_merged():
    text = words(weighed(("b", together(A, B)), ("c", C)))

    assert "A 40%, B 30%, C 30%" in text
    assert "A+B 类人数过少，合并计分，权重 70%" in text
    assert "A+B are too few by themselves" in text


@pytest.mark.parametrize(
    ("empty", "zh"), [("refuse", "不计算指数"), ("renormalise", "按其余各类权重折算"), ("zero", "该类按零分计")]
)
def test_an_empty_category_and_what_follows(empty, zh):
    rules = changed_rules("trust_categories", empty_category=empty)
    text = words(weighed(("a", (0, 0, 0, 11)), ("b", B), ("c", C), rules=rules))

    assert f"王海：A 类没有有效评价，{zh}" in text


def test_only_tripped_flags_are_told_as_fractions_with_their_article():
    counts = ((90, 90, 0, 90), (89, 90, 0, 91), (200, 0, 0, 70))
    outcome = decide(
        a_contest(Kind.ASSESSMENT, "甲 乙 丙"),
        Attendance(300, 270, 270, 270),
        counts,
        load_rule_set("annual_assessment"),
    )
    text = words(outcome)

    assert "甲：" not in text
    assert "丙：" not in text
    assert "乙：不称职 91/270，超过三分之一，待组织考核认定" in text
    assert "乙：优秀、称职 179/270，达不到三分之二，待组织考核认定" in text
    assert "incompetent 91/270, more than 1/3: awaiting verification by the organisation" in text
    assert "不称职票超过三分之一，经组织考核认定为不称职的" in text


def test_bands():
    contest = a_contest(Kind.EVALUATION, "甲 乙", marks=("称职", "基本称职", "不称职"), blank="")
    rules = load_rule_set("delegate_assessment_bands")
    text = words(decide(contest, Attendance(60, 50, 50, 50), ((40, 10, 0), (24, 0, 26)), rules))

    assert "甲：称职率 40/50，等次为“称职”" in text
    assert "乙：称职率 24/50，等次为“不称职”" in text
    assert "界限归高一等" in text


def test_a_tie_at_the_quota():
    outcome = assessed(load_rule_set("excellence_quota"), 90, 80, 80, 70, 60, 50, 40, 30, 20, 10)

    assert "名额为参加考核的 10 个的 1/5，只舍不入：2 名" in words(outcome)
    assert "余下 1 名，甲1、甲2 比率相等，不得突破名额，由大会主席团决定" in words(outcome)
    assert [step.point for step in outcome.steps][-3:] == ["selection", "selected", "selection"]


def test_turnout_and_least_rate():
    selection = {
        "indicator": "rate_excellent",
        "quota": [1, 2],
        "turnout": {"base": "present", "op": "ge", "frac": [9, 10]},
        "least": {"op": "ge", "frac": [1, 2]},
    }
    text = words(assessed(changed_rules("excellence_quota", selection=selection), 90, 80))

    assert "收回 100 票，须十分之九以上（含本数）（实到会有表决权人数 120），未达到" in text
    assert "没有入选" in text
    assert "入选者的比率须半数以上" in text


def test_few_ballots():
    rules = changed_rules("trust_categories", smallest_cell=500)
    assert "少于 500 张" in words(weighed(("a", A), ("b", B), ("c", C), rules=rules))


def test_nothing_is_said_of_rows_where_nothing_was_decided():
    attendance = Attendance(600, 290, 290, 288, drawn=(("a", 12), ("b", 23), ("c", 255)))
    assert "王海" not in words(weighed(("a", A), ("b", B), ("c", C), attendance=attendance))


WEIGHTS = (
    "categories",
    "各类测评人分别计分，按权重合成：A 40%, B 30%, C 30%",
    "each category of evaluators is scored by itself and combined by weight: A 40%, B 30%, C 30%",
)
MERGED = (
    "categories",
    "A+B 类人数过少，合并计分，权重 70%",
    "A+B are too few by themselves and are scored as one, weight 70%",
)
SELECTION = {
    "indicator": "rate_excellent",
    "quota": [1, 2],
    "turnout": {"base": "present", "op": "ge", "frac": [1, 2]},
    "least": {"op": "ge", "frac": [1, 2]},
}
LEAST = ("least", "入选者的比率须半数以上（含本数）", "a row is selected with a rate of at least 1/2")


def silent(empty):
    """Two of three categories abstain."""
    rules = changed_rules("trust_categories", empty_category=empty)
    return weighed(("a", (0, 0, 0, 11)), ("b", (0, 0, 0, 23)), ("c", C), rules=rules)


def selected(numerator, denominator):
    """One of two is selected where so many of those present returned a ballot."""
    turnout = {"base": "present", "op": "ge", "frac": [numerator, denominator]}
    return assessed(changed_rules("excellence_quota", selection={**SELECTION, "turnout": turnout}), 90, 80)


def flagged():
    """Five of ten distrust, which a flag without an article of its own tells."""
    flags = [{"id": "own", "marks": ["不信任", "弃权"], "op": "ge", "frac": [1, 2]}]
    contest = a_contest(Kind.EVALUATION, "甲")
    return decide(contest, Attendance(10, 10, 10, 10), ((5, 0, 4, 1),), changed_rules("trust_default", flags=flags))


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (lambda: weighed(("a", A), ("b", B), ("c", C)), [WEIGHTS]),
        (lambda: weighed(("b", together(A, B)), ("c", C)), [WEIGHTS, MERGED]),
        (
            lambda: weighed(("a", A), ("b", B), ("c", C), rules=changed_rules("trust_categories", smallest_cell=289)),
            [
                (
                    "smallest_cell",
                    "有效票 288 张，少于 289 张，不宜单独公布",
                    "288 valid ballots are fewer than 289: not to be published by itself",
                ),
                WEIGHTS,
            ],
        ),
        (
            lambda: weighed(("a", A), ("b", B), ("c", C), rules=changed_rules("trust_categories", smallest_cell=288)),
            [WEIGHTS],
        ),
        (
            lambda: silent("refuse"),
            [
                WEIGHTS,
                (
                    "categories",
                    "王海：A+B 类没有有效评价，不计算指数，由人工处理",
                    "王海: A+B gave no answer, there is no index, people have to decide",
                ),
            ],
        ),
        (
            lambda: silent("renormalise"),
            [
                WEIGHTS,
                (
                    "categories",
                    "王海：A+B 类没有有效评价，按其余各类权重折算",
                    "王海: A+B gave no answer, the other weights are scaled up",
                ),
            ],
        ),
        (
            lambda: silent("zero"),
            [
                WEIGHTS,
                (
                    "categories",
                    "王海：A+B 类没有有效评价，该类按零分计",
                    "王海: A+B gave no answer, it counts as zero",
                ),
            ],
        ),
        (
            flagged,
            [
                (
                    "flags",
                    "甲：不信任、弃权 5/10，半数以上（含本数），待组织考核认定",
                    "甲: distrust or abstention 5/10, at least 1/2: awaiting verification by the organisation",
                )
            ],
        ),
        (
            lambda: assessed(load_rule_set("excellence_quota"), 90, 80, 80, 70, 60, 50, 40, 30, 20, 10),
            [
                (
                    "selection",
                    "名额为参加考核的 10 个的 1/5，只舍不入：2 名",
                    "the quota is 1/5 of the 10 assessed, rounded down: 2",
                ),
                ("selected", "按比率由高到低入选 1 名：甲0", "selected by rate: 1 (甲0)"),
                (
                    "selection",
                    "余下 1 名，甲1、甲2 比率相等，不得突破名额，由大会主席团决定",
                    "1 places are left and 甲1、甲2 have the same rate: "
                    "the quota is not exceeded, the presidium decides",
                ),
            ],
        ),
        (
            lambda: assessed(load_rule_set("excellence_quota"), 90, 80, 70, 70, 60, 50, 40, 30, 20, 10),
            [
                (
                    "selection",
                    "名额为参加考核的 10 个的 1/5，只舍不入：2 名",
                    "the quota is 1/5 of the 10 assessed, rounded down: 2",
                ),
                ("selected", "按比率由高到低入选 2 名：甲0、甲1", "selected by rate: 2 (甲0、甲1)"),
            ],
        ),
        (
            lambda: selected(9, 10),
            [
                (
                    "selection",
                    "名额为参加考核的 2 个的 1/2，只舍不入：1 名",
                    "the quota is 1/2 of the 2 assessed, rounded down: 1",
                ),
                (
                    "turnout",
                    "收回 100 票，须十分之九以上（含本数）（实到会有表决权人数 120），未达到，不产生人选",
                    "100 returned, at least 9/10 of those present (120): not reached: nobody",
                ),
                LEAST,
                ("selected", "没有入选", "selected by rate: 0"),
            ],
        ),
        (
            lambda: selected(5, 6),
            [
                (
                    "selection",
                    "名额为参加考核的 2 个的 1/2，只舍不入：1 名",
                    "the quota is 1/2 of the 2 assessed, rounded down: 1",
                ),
                (
                    "turnout",
                    "收回 100 票，须六分之五以上（含本数）（实到会有表决权人数 120），达到",
                    "100 returned, at least 5/6 of those present (120): reached",
                ),
                LEAST,
                ("selected", "按比率由高到低入选 1 名：甲0", "selected by rate: 1 (甲0)"),
            ],
        ),
    ],
)
def test_every_sentence_to_the_letter(outcome, said):
    found = [(step.point, step.zh, step.en) for step in outcome().steps if step.point not in ("quorum", "returned")]
    opening = (
        "denominator",
        "比率以有效票数为分母；指数为加权平均，不是比率",
        "rates are of the valid ballots; the index is a weighted mean and no rate",
    )

    assert [step for step in found if step[0] != "issued"] == [opening, *said]


def test_a_band_to_the_letter():
    contest = a_contest(Kind.EVALUATION, "甲 乙", marks=("称职", "基本称职", "不称职"), blank="")
    rules = load_rule_set("delegate_assessment_bands")
    steps = decide(contest, Attendance(60, 50, 50, 50), ((40, 10, 0), (24, 0, 26)), rules).steps

    assert [(step.point, step.zh, step.en) for step in steps[-2:]] == [
        (
            "bands",
            "甲：称职率 40/50，等次为“称职”，待组织认定",
            "甲: rate of competent 40/50, band 称职, to be confirmed by the organisation",
        ),
        (
            "bands",
            "乙：称职率 24/50，等次为“不称职”，待组织认定",
            "乙: rate of competent 24/50, band 不称职, to be confirmed by the organisation",
        ),
    ]
