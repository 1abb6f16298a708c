"""Cases about evaluations beyond the worked ones."""

import pytest

from tally.decide.cases import run_cases

PARAMS = {
    "denominator": "valid",
    "weights": {"信任": 100, "基本信任": 60, "不信任": 0},
    "excluded_from_index": ["弃权"],
}
COUNTS = {"信任": 200, "基本信任": 60, "不信任": 25, "弃权": 5}
INPUT = {"issued": 296, "returned": 292, "invalid": 2, "counts": COUNTS}


def run(kind, **fields):
    (result,) = run_cases({"cases": [{"id": "X", "kind": kind, **fields}]})
    return result.error or result.result


def single(params=None, scale="trust4", **changes):
    return run("evaluation_single", scale=scale, params={**PARAMS, **(params or {})}, input={**INPUT, **changes})


def test_the_packaged_rule_set_gives_the_same():
    assert run("evaluation_single", rule_set="trust_default", input=INPUT) == single()


@pytest.mark.parametrize(
    ("denominator", "rate"), [("valid", "68.97"), ("returned", "68.49"), ("issued", "67.57"), ("answered", "70.18")]
)
def test_denominators(denominator, rate):
    assert single({"denominator": denominator})["rate_trust"] == rate


def test_everybody_abstains():
    result = single(counts={"信任": 0, "基本信任": 0, "不信任": 0, "弃权": 290})

    assert result["index"] is None
    assert result["rate_distrust"] == "0.00"


def test_a_mark_without_ballots_may_be_left_out():
    assert single(counts={"信任": 290, "基本信任": 0, "不信任": 0})["rate_trust"] == "100.00"


@pytest.mark.parametrize(("distrust", "tripped"), [(96, False), (97, True)])
def test_flags(distrust, tripped):
    flags = [{"id": "distrust_over_third", "marks": ["不信任"], "op": "gt", "frac": [1, 3]}]
    counts = {"信任": 290 - distrust, "基本信任": 0, "不信任": distrust, "弃权": 0}
    (flag,) = single({"flags": flags}, counts=counts)["flags"]

    assert (flag["rule_id"], flag["numerator"], flag["denominator"]) == ("distrust_over_third", distrust, 290)
    assert flag["tripped"] is tripped


def test_other_scales_have_a_rate_for_each_mark():
    counts = {"满意": 200, "基本满意": 50, "不满意": 20, "不了解": 20}
    params = {"weights": {"满意": 100, "基本满意": 70, "不满意": 30}, "excluded_from_index": ["不了解"]}
    result = run("evaluation_single", scale="satisfaction4", params=params, input={**INPUT, "counts": counts})

    assert result["rate_满意"] == "68.97"
    assert result["index"] == "89.26"


def test_too_many_sheets_are_void():
    assert single(returned=297)["outcome"] == "void_revote"


@pytest.mark.parametrize(
    ("params", "changes", "problem"),
    [
        ({}, {"invalid": 3}, "add up to 290"),
        ({}, {"counts": {**COUNTS, "不了解": 0}}, "不了解"),
        ({"weights": {"信任": 100}}, {}, "carry a weight"),
        ({"excluded_from_index": []}, {}, "carry a weight"),
        ({"denominator": "should_attend"}, {}, "denominator"),
        ({"rounding": "down"}, {}, "rounding"),
        ({"weights": {}}, {}, "weight"),
        ({"weights": {**PARAMS["weights"], "信任": 1001}}, {}, "weight"),
        ({"excluded_from_index": [1]}, {}, "not text"),
    ],
)
def test_inputs_that_are_wrong(params, changes, problem):
    assert problem in single(params, **changes)


def test_scores():
    assert run("evaluation_score", params={"weights": {"好": 100}}, input={"好": 0}) == {"score": None}
    assert "差" in run("evaluation_score", params={"weights": {"好": 100}}, input={"好": 1, "差": 1})
    assert "好" in run("evaluation_score", params={"weights": {"好": 100}}, input={})


def weighted(counts, **params):
    base = {"weights": {"好": 100, "差": 0}, "category_weights": {"A": 50, "B": 50}}
    return run("evaluation_weighted", params={**base, **params}, input=counts)


def test_an_empty_category_is_asked_about():
    counts = {"A": {"好": 0, "差": 0}, "B": {"好": 1, "差": 1}}

    assert "category A" in weighted(counts)
    assert weighted(counts, empty_category="zero") == {"A": None, "B": "50.00", "index": "25.00"}
    assert weighted(counts, empty_category="renormalise")["index"] == "50.00"
    assert "empty_category" in weighted(counts, empty_category="ignore")


@pytest.mark.parametrize(
    ("row", "tripped"),
    [
        ({"good": 199, "denominator": 300, "rule": {"op": "lt", "frac": [2, 3]}}, True),
        ({"good": 200, "denominator": 300, "rule": {"op": "lt", "frac": [2, 3]}}, False),
        ({"基本称职": 75, "不称职": 75, "denominator": 300, "rule": {"op": "ge", "frac": [1, 2]}}, True),
        ({"基本称职": 75, "不称职": 74, "denominator": 300, "rule": {"op": "ge", "frac": [1, 2]}}, False),
    ],
)
def test_thresholds(row, tripped):
    assert run("evaluation_threshold", rows=[{**row, "tripped": "?"}]) == {"rows": [{"tripped": tripped}]}


@pytest.mark.parametrize(
    "row",
    [
        {"denominator": 300, "rule": {"op": "lt", "frac": [2, 3]}},
        {"good": 301, "denominator": 300, "rule": {"op": "lt", "frac": [2, 3]}},
        {"good": 0, "denominator": 0, "rule": {"op": "lt", "frac": [2, 3]}},
        {"good": 1, "denominator": 3, "rule": {"op": "lt", "frac": [2, 3], "base": "valid"}},
    ],
)
def test_thresholds_that_are_wrong(row):
    assert isinstance(run("evaluation_threshold", rows=[row]), str)


def test_bands_groups_and_quotas_are_read_strictly():
    bands = [{"name": "好", "op": "ge", "frac": [1, 2], "colour": "green"}]
    assert "colour" in run("evaluation_band", params={"bands": bands}, rows=[])
    assert "min_category_size" in run("small_group", input={"categories": {}})
    ranked = {"above_tie": 61, "tied": 1}
    assert "61" in run("quota_selection", input={"assessed": 300, "quota_pct": 20, "ranked_votes_descending": ranked})
