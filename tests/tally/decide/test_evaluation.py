"""Rates, indexes and flags of a row, exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.contest import Kind
from tally.decide.attendance import Attendance
from tally.decide.categories import Part, combine
from tally.decide.engine import decide
from tally.decide.evaluation import evaluate
from tally.decide.rates import denominator_of
from tally.rules.evaluation import EmptyCategory, EvaluationRules
from tally.rules.loader import load_rule_set
from tally.rules.threshold import Base
from tests.tally.decide.contests import a_contest, changed_rules
from voting_core.errors import VerificationError

TRUST = load_rule_set("trust_default").family
assert isinstance(TRUST, EvaluationRules)
ATTENDANCE = Attendance(300, 297, 296, 292, 2)


def counts(*numbers):
    return dict(zip(("信任", "基本信任", "不信任", "弃权"), numbers, strict=True))


def test_the_published_case():
    row = evaluate("r1", counts(200, 60, 25, 5), ATTENDANCE, TRUST)

    assert row.results() == {
        "rate_trust": "68.97",
        "rate_trust_or_basic": "89.66",
        "rate_distrust": "8.62",
        "index": "82.81",
        "flags": [],
    }
    assert row.to_log_json() == {
        "row": "r1",
        "rates": [
            {"base": "valid", "id": "rate_trust", "numerator": 200, "denominator": 290},
            {"base": "valid", "id": "rate_trust_or_basic", "numerator": 260, "denominator": 290},
            {"base": "valid", "id": "rate_distrust", "numerator": 25, "denominator": 290},
        ],
        "index": {"weighted": 23600, "weighing": 285},
        "flags": [],
    }


@pytest.mark.parametrize(
    ("denominator", "number"),
    [("issued", 296), ("returned", 292), ("valid", 290), ("answered", 285)],
)
def test_denominators(denominator, number):
    family = changed_rules("trust_default", denominator=denominator).family

    assert family.denominator is Base(denominator)
    assert denominator_of(counts(200, 60, 25, 5), ATTENDANCE, family) == number


def test_everybody_abstains_has_no_index():
    row = evaluate("r1", counts(0, 0, 0, 290), ATTENDANCE, TRUST)

    assert row.index is None
    assert row.results()["rate_trust"] == "0.00"


def test_without_categories_none_is_empty():
    assert evaluate("r1", counts(0, 0, 0, 290), ATTENDANCE, TRUST).empty_categories == ()


def test_nobody_answers_has_no_rate():
    family = changed_rules("trust_default", denominator="answered").family
    row = evaluate("r1", counts(0, 0, 0, 290), ATTENDANCE, family)

    assert row.results()["rate_distrust"] is None
    assert row.to_log_json()["rates"][0] == {"base": "answered", "id": "rate_trust", "numerator": 0, "denominator": 0}


@pytest.mark.parametrize(
    ("op", "frac", "distrust", "tripped"),
    [
        ("gt", [1, 3], 89, False),
        ("gt", [1, 3], 90, False),
        ("gt", [1, 3], 91, True),
        ("ge", [1, 3], 89, False),
        ("ge", [1, 3], 90, True),
        ("ge", [1, 3], 91, True),
        ("lt", [1, 3], 89, True),
        ("lt", [1, 3], 90, False),
        ("lt", [1, 3], 91, False),
    ],
)
def test_flags_at_the_fraction(op, frac, distrust, tripped):
    flags = [{"id": "distrust", "marks": ["不信任"], "op": op, "frac": frac}]
    family = changed_rules("trust_default", flags=flags).family
    (flag,) = evaluate("r1", counts(270 - distrust, 0, distrust, 0), Attendance(300, 270, 270, 270), family).flags

    assert (flag.numerator, flag.denominator, flag.tripped) == (distrust, 270, tripped)


def test_a_tripped_flag_waits_for_verification_and_has_no_consequence():
    flags = [{"id": "distrust", "marks": ["不信任"], "op": "gt", "frac": [1, 3]}]
    family = changed_rules("trust_default", flags=flags).family
    row = evaluate("r1", counts(0, 0, 290, 0), ATTENDANCE, family)

    assert row.results()["flags"] == [
        {
            "rule_id": "distrust",
            "numerator": 290,
            "denominator": 290,
            "tripped": True,
            "status": "awaiting_verification",
        }
    ]
    flag = {"base": "valid", "id": "distrust", "numerator": 290, "denominator": 290, "tripped": True}
    assert row.to_log_json()["flags"] == [flag]


@pytest.mark.parametrize("op", ["lt", "ge", "gt"])
def test_no_ballot_trips_no_flag_and_one_can(op):
    flags = [{"id": "own", "marks": ["信任"], "op": op, "frac": [1, 3]}]
    family = changed_rules("trust_default", flags=flags).family
    one = counts(0, 1, 0, 0) if op == "lt" else counts(1, 0, 0, 0)

    assert not evaluate("r1", counts(0, 0, 0, 0), Attendance(300, 0, 0, 0), family).flags[0].tripped
    assert evaluate("r1", one, Attendance(300, 1, 1, 1), family).flags[0].tripped


@pytest.mark.parametrize("marks", [("信任", "基本信任", "不信任"), ("满意", "基本满意", "不满意", "不了解")])
def test_marks_of_another_scale_are_refused(marks):
    with pytest.raises(VerificationError) as caught:
        evaluate("r1", dict.fromkeys(marks, 1), ATTENDANCE, TRUST)
    assert (caught.value.code, caught.value.culprits) == ("V11.D", ("r1",))
    assert caught.value.message == "the marks of r1 are not those of the scale trust4"


BANDS = {
    "indicator": "rate_trust",
    "list": [{"name": "高", "op": "ge", "frac": [1, 2]}, {"name": "低", "otherwise": True}],
}


@pytest.mark.parametrize(("trust", "band"), [(146, "高"), (145, "高"), (144, "低")])
def test_the_band_of_a_row(trust, band):
    family = changed_rules("trust_default", bands=BANDS).family
    row = evaluate("r1", counts(trust, 0, 290 - trust, 0), ATTENDANCE, family)

    assert row.results()["band"] == row.to_log_json()["band"] == band


def test_without_a_rate_there_is_no_band():
    family = changed_rules("trust_default", bands=BANDS, denominator="answered").family
    row = evaluate("r1", counts(0, 0, 0, 290), ATTENDANCE, family)

    assert (row.results()["band"], row.to_log_json()["band"]) == (None, "")


def test_with_categories_the_index_is_theirs_and_rates_are_of_all():
    parts = (Part("a", ("a",), 40, 300, 3), Part("c", ("b", "c"), 60, 100, 4))
    combined = combine(parts, EmptyCategory.REFUSE)
    row = evaluate("r1", counts(200, 60, 25, 5), ATTENDANCE, TRUST, combined)

    assert row.results()["index"] == "55.00"
    assert row.results()["categories"] == {
        "a": {"weight": 40, "index": "100.00"},
        "b+c": {"weight": 60, "index": "25.00"},
    }
    assert row.results()["rate_trust"] == "68.97"
    assert row.to_log_json()["index"] == {"weighted": 23600, "weighing": 285}
    assert row.to_log_json()["combined"] == combined.to_log_json()


def test_an_empty_category_that_is_refused_leaves_no_index():
    combined = combine((Part("a", ("a",), 40, 0, 0), Part("c", ("c",), 60, 100, 4)), EmptyCategory.REFUSE)

    assert evaluate("r1", counts(200, 60, 25, 5), ATTENDANCE, TRUST, combined).index is None


def test_a_rate_is_found_by_its_indicator():
    assert evaluate("r1", counts(200, 60, 25, 5), ATTENDANCE, TRUST).rate("rate_distrust").numerator == 25


@given(st.lists(st.integers(0, 1000), min_size=3, max_size=3), st.lists(st.integers(0, 500), min_size=4, max_size=4))
def test_an_index_lies_between_the_least_and_the_largest_weight(weights, numbers):
    family = changed_rules(
        "trust_default",
        weights=[{"mark": mark, "weight": weight} for mark, weight in zip(TRUST.marks, weights, strict=False)],
    ).family
    total = sum(numbers)
    row = evaluate("r1", counts(*numbers), Attendance(3000, total, total, total), family)

    assert (row.score is None) == (not any(numbers[:3]))
    if row.score is not None:
        assert min(weights) <= row.score <= max(weights)


@pytest.mark.parametrize(
    ("op", "present", "can_hold"),
    [
        ("gt", 149, False),
        ("gt", 150, False),
        ("gt", 151, True),
        ("ge", 149, False),
        ("ge", 150, True),
        ("ge", 151, True),
    ],
)
def test_the_quorum_of_an_evaluation(op, present, can_hold):
    rules = changed_rules("trust_default", quorum={"base": "should_attend", "op": op, "frac": [1, 2]})
    contest = a_contest(Kind.EVALUATION, "甲")
    outcome = decide(contest, Attendance(300, present, present, 100), ((100, 0, 0, 0),), rules)

    assert (outcome.sitting.can_hold, len(outcome.rows)) == (can_hold, int(can_hold))
