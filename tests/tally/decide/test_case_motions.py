"""Cases about votes on one question: by ballot, by show of hands, by a row of a minute book."""

import pytest

from tally.decide.cases import run_cases

FULL = {"should_attend": 300, "present": 300, "issued": 300, "returned": 300, "invalid": 0}


def case(kind, rule_set="resolution_default", **fields):
    (result,) = run_cases({"cases": [{"id": "X", "kind": kind, "rule_set": rule_set, **fields}]})
    return result


def run(kind, rule_set="resolution_default", **fields):
    result = case(kind, rule_set, **fields)
    return result.error or result.result


@pytest.mark.parametrize(
    ("rule_set", "row", "passed"),
    [
        ("resolution_default", {"should_attend": 300, "agree": 151}, True),
        ("resolution_default", {"should_attend": 300, "agree": 150}, False),
        ("resolution_adopt_method_1994", {"should_attend": 300, "agree": 149}, False),
        ("discipline_constitution", {"should_attend": 33, "agree": 22}, True),
        ("discipline_constitution", {"should_attend": 33, "agree": 21}, False),
        ("ticket_2004", {"should_attend": 33, "agree": 17}, True),
        ("election_local_2020", {"should_attend": 300, "approve": 151}, True),
        ("resolution_default", {"should_attend": 300, "present": 151, "agree": 151}, True),
        ("discipline_constitution", {"should_attend": 33, "present": 22, "agree": 22}, True),
    ],
)
def test_rows(rule_set, row, passed):
    assert run("threshold_vote", rule_set, rows=[row]) == {"rows": [{"passed": passed}]}


def test_a_row_passed_at_exactly_half_says_so_where_the_rule_includes_it():
    row = {"should_attend": 300, "agree": 150}

    assert run("threshold_vote", "resolution_adopt_method_1994", rows=[row]) == {
        "rows": [{"passed": True, "exact_half": True}]
    }


def test_a_row_without_a_quorum_does_not_pass():
    rule_sets = {"own": {"inherits": "resolution_default", "pass": {"base": "present", "op": "gt", "frac": [1, 2]}}}
    rows = [{"should_attend": 300, "present": present, "agree": 140} for present in (150, 151)]
    cases = [{"id": "X", "kind": "threshold_vote", "rule_set": "own", "rows": rows}]
    (result,) = run_cases({"rule_sets": rule_sets, "cases": cases})

    assert result.result == {"rows": [{"passed": False}, {"passed": True}]}


@pytest.mark.parametrize(
    "row",
    [
        {"should_attend": 300, "agree": 301},
        {"should_attend": 0, "agree": 0},
        {"agree": 3},
        {"should_attend": 300, "present": 301, "agree": 3},
    ],
)
def test_rows_that_are_wrong(row):
    assert isinstance(run("threshold_vote", "resolution_default", rows=[row]), str)


@pytest.mark.parametrize("kind", ["motion", "resolution", "threshold_vote"])
def test_a_show_of_hands_needs_few_numbers(kind):
    assert run(kind, input={"should_attend": 300, "agree": 151}) == {
        "votes_needed": 151,
        "passed": True,
        "exact_half": False,
    }


@pytest.mark.parametrize(
    ("rule_set", "passed"), [("resolution_default", False), ("resolution_adopt_method_1994", True)]
)
def test_exactly_half(rule_set, passed):
    assert run("threshold_vote", rule_set, input={"should_attend": 300, "approve": 150}) == {
        "votes_needed": 151 - passed,
        "passed": passed,
        "exact_half": True,
        "manual_checks": ["exact_half"],
    }


@pytest.mark.parametrize(("present", "can_hold"), [(150, False), (151, True), (152, True)])
def test_whether_it_may_be_held_is_told_where_the_present_are_known(present, can_hold):
    rule_sets = {"own": {"inherits": "resolution_default", "pass": {"base": "present", "op": "gt", "frac": [1, 2]}}}
    numbers = {"should_attend": 300, "present": present, "agree": 100}
    cases = [{"id": "X", "kind": "motion", "rule_set": "own", "input": numbers}]
    (result,) = run_cases({"rule_sets": rule_sets, "cases": cases})

    assert result.result["can_hold"] is can_hold
    assert result.result["passed"] is can_hold


def test_by_ballot():
    result = run("motion", input={**FULL, "approve": 151, "disapprove": 140, "abstain": 8, "item_invalid": 1})

    assert result == {
        "can_hold": True,
        "ballots_in_order": True,
        "votes_needed": 151,
        "passed": True,
        "exact_half": False,
    }


def test_by_ballot_at_exactly_half_without_a_quorum():
    numbers = {"should_attend": 300, "present": 150, "issued": 150, "returned": 150}
    result = run("resolution", input={**numbers, "agree": 150, "disagree": 0, "abstain": 0})

    assert (result["can_hold"], result["passed"], result["outcome"]) == (False, False, "no_quorum")
    assert "manual_checks" not in result


def test_too_many_ballots():
    result = run("motion", input={**FULL, "returned": 301, "approve": 301, "disapprove": 0, "abstain": 0})

    assert result == {"can_hold": True, "ballots_in_order": False, "outcome": "void_revote"}


def test_a_box_over_its_issue():
    boxes = [{"box": "一", "issued": 150, "returned": 151}, {"box": "二", "issued": 150, "returned": 149}]
    result = run("motion", input={**FULL, "approve": 200, "disapprove": 100, "abstain": 0, "boxes": boxes})

    assert result["outcome"] == "box_over_issue"


@pytest.mark.parametrize(
    ("numbers", "problem"),
    [
        ({"should_attend": 300, "agree": 301}, "301 votes of 300"),
        ({"should_attend": 300, "present": 280, "agree": 200, "disagree": 81}, "281 votes of 280"),
        ({"should_attend": 300, "present": 301, "agree": 1}, "301 are present"),
        ({"should_attend": 0, "agree": 0}, "0 votes of 0"),
        ({"should_attend": 300}, "approve"),
        ({"should_attend": 300, "agree": 1, "approve": 1}, "says again"),
        ({**FULL, "approve": 151, "disapprove": 148, "abstain": 0}, "add up to 299"),
        ({"should_attend": 300, "agree": 1, "proxies": 3}, "proxies"),
    ],
)
def test_numbers_that_are_wrong(numbers, problem):
    assert problem in run("motion", input=numbers)


def test_steps_in_both_languages():
    for result in (
        case("motion", input={"should_attend": 300, "present": 290, "agree": 150}),
        case("threshold_vote", rows=[{"should_attend": 300, "agree": 150}]),
        case("motion", input={**FULL, "approve": 151, "disapprove": 149, "abstain": 0}),
    ):
        words = "\n".join(step.zh + step.en for step in result.steps)
        assert "须得赞成 151 票" in words
        assert all(step.zh and step.en for step in result.steps)
