"""Motions at their thresholds, and the warning at exactly half."""

import pytest

from tally.decide.attendance import Attendance
from tally.decide.motion import decide_motion
from tally.rules.loader import load_rule_set
from tests.tally.decide.contests import changed_rules, meeting
from voting_core.errors import VerificationError


def decide(rule_set_id, votes, attendance):
    rules = rule_set_id if not isinstance(rule_set_id, str) else load_rule_set(rule_set_id)
    return decide_motion((votes, attendance.valid - votes, 0), attendance, rules, rules.family)


@pytest.mark.parametrize(
    ("rule_set_id", "should_attend", "needed"),
    [
        ("resolution_default", 300, 151),
        ("resolution_default", 301, 151),
        ("resolution_adopt_method_1994", 300, 150),
        ("resolution_adopt_method_1994", 301, 151),
        ("discipline_constitution", 33, 22),
        ("discipline_constitution", 34, 23),
    ],
)
def test_at_the_number_below_and_above(rule_set_id, should_attend, needed):
    attendance = meeting(should_attend, should_attend)

    assert decide(rule_set_id, needed, attendance).votes_needed == needed
    assert not decide(rule_set_id, needed - 1, attendance).passed
    assert decide(rule_set_id, needed, attendance).passed
    assert decide(rule_set_id, needed + 1, attendance).passed


@pytest.mark.parametrize("rule_set_id", ["resolution_default", "resolution_adopt_method_1994"])
@pytest.mark.parametrize(("votes", "exact"), [(149, False), (150, True), (151, False)])
def test_exactly_half_is_warned_about_whatever_it_means(rule_set_id, votes, exact):
    outcome = decide(rule_set_id, votes, meeting(300, 300))

    assert outcome.exact_half is exact
    assert outcome.manual_checks == (("exact_half",) if exact else ())
    assert any(step.point == "exact" for step in outcome.steps) is exact


@pytest.mark.parametrize(
    ("base", "needed"),
    [("should_attend", 151), ("present", 146), ("issued", 145), ("returned", 143), ("valid", 141)],
)
def test_every_base(base, needed):
    rules = changed_rules("resolution_default", **{"pass": {"base": base, "op": "gt", "frac": [1, 2]}})

    assert decide(rules, 0, Attendance(300, 290, 288, 285, 5)).votes_needed == needed


def test_no_quorum_no_decision():
    outcome = decide("resolution_default", 150, meeting(300, 150))

    assert not outcome.sitting.can_hold
    assert not outcome.passed
    assert outcome.manual_checks == ()


def test_too_many_ballots():
    outcome = decide("resolution_default", 292, Attendance(300, 291, 291, 292))

    assert not outcome.passed
    assert outcome.to_results_json(None)["outcome"] == "void_revote"


def test_nobody_passes_a_motion_with_no_vote():
    rules = changed_rules("resolution_default", **{"pass": {"base": "valid", "op": "ge", "frac": [1, 2]}})
    outcome = decide(rules, 0, Attendance(300, 290, 290, 0))

    assert outcome.votes_needed == 1
    assert not outcome.passed


def test_unreadable_sheets_count_in_the_check():
    rules = load_rule_set("resolution_default")

    assert decide_motion((151, 100, 48), meeting(300, 300), rules, rules.family, 1).passed
    with pytest.raises(VerificationError) as caught:
        decide_motion((151, 100, 48), meeting(300, 300), rules, rules.family)
    assert caught.value.culprits == ("the motion",)
    assert caught.value.message == "the marks of the motion add up to 299, and there are 300 valid ballots"
