"""Rates name their denominator; flags are fractions that wait for verification."""

import pytest

from tally.decide.attendance import Attendance
from tally.decide.rates import flags_of, rates_of, total, weigh
from tally.rules.threshold import Base
from tests.tally.decide.contests import changed_rules

COUNTS = {"信任": 200, "基本信任": 60, "不信任": 25, "弃权": 5}
ATTENDANCE = Attendance(300, 297, 296, 292, 2)


@pytest.mark.parametrize(
    ("base", "number", "text"),
    [("issued", 296, "67.57"), ("returned", 292, "68.49"), ("valid", 290, "68.97"), ("answered", 285, "70.18")],
)
def test_a_rate_says_of_which_number_it_is(base, number, text):
    family = changed_rules("trust_default", denominator=base).family
    rate = rates_of(COUNTS, ATTENDANCE, family)[0]

    assert (rate.base, rate.denominator, rate.text, rate.fraction) == (Base(base), number, text, f"200/{number}")
    assert rate.to_log_json()["base"] == base


def test_a_flag_is_a_fraction_and_waits():
    flags = [
        {"id": "third", "marks": ["不信任"], "op": "gt", "frac": [1, 3]},
        {"id": "any", "marks": ["不信任", "弃权"], "op": "ge", "frac": [1, 10]},
    ]
    family = changed_rules("trust_default", flags=flags).family
    third, any_ = flags_of(COUNTS, ATTENDANCE, family)

    assert (third.fraction, third.tripped, third.status) == ("25/290", False, "")
    assert (any_.fraction, any_.tripped, any_.status) == ("30/290", True, "awaiting_verification")
    assert any_.results() == {
        "rule_id": "any",
        "numerator": 30,
        "denominator": 290,
        "tripped": True,
        "status": "awaiting_verification",
    }


def test_sums():
    assert total(COUNTS, ("信任", "弃权")) == 205
    assert weigh(COUNTS, {"信任": 100, "不信任": 0}) == (20000, 225)
