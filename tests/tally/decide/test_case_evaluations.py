"""Cases about evaluations beyond the worked ones."""

import json

import pytest

from tally.decide.cases import run_cases
from tests.architecture.tree import ROOT

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


def test_other_scales_have_the_rates_of_their_rule_sets():
    counts = {"满意": 200, "基本满意": 50, "不满意": 20, "不了解": 20}
    params = {"weights": {"满意": 100, "基本满意": 70, "不满意": 30}, "excluded_from_index": ["不了解"]}
    result = run("evaluation_single", scale="satisfaction4", params=params, input={**INPUT, "counts": counts})

    assert result["rate_satisfied"] == "68.97"
    assert result["rate_dissatisfied"] == "6.90"
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
    params = {"weights": {"好": 100, "差": 0}, "excluded_from_index": ["不了解"]}
    assert run("evaluation_score", params=params, input={"好": 1, "差": 1, "不了解": 2})["score"] == "50.00"
    assert "差" in run("evaluation_score", params={"weights": {"好": 100}}, input={"好": 1, "差": 1})
    assert "好" in run("evaluation_score", params={"weights": {"好": 100}}, input={})


def weighted(counts, **params):
    base = {"weights": {"好": 100, "差": 0}, "category_weights": {"A": 50, "B": 50}}
    return run("evaluation_weighted", params={**base, **params}, input=counts)


def test_an_empty_category_is_asked_about():
    counts = {"A": {"好": 0, "差": 0}, "B": {"好": 1, "差": 1}}

    asked = {"A": None, "B": "50.00", "index": None, "manual_checks": ["empty_category"]}
    assert weighted(counts) == weighted(counts, empty_category="refuse") == asked
    assert weighted(counts, empty_category="zero")["index"] == "25.00"
    assert weighted(counts, empty_category="renormalise")["index"] == "50.00"
    assert "empty_category" in weighted(counts, empty_category="ignore")
    assert "sum to 100" in weighted(counts, category_weights={"A": 50, "B": 49})
    assert "no category" in weighted({}, category_weights={})


@pytest.mark.parametrize(
    ("row", "tripped"),
    [
        ({"good": 199, "denominator": 300, "rule": {"op": "lt", "frac": [2, 3]}}, True),
        ({"good": 200, "denominator": 300, "rule": {"op": "lt", "frac": [2, 3]}}, False),
        ({"基本称职": 75, "不称职": 75, "denominator": 300, "rule": {"op": "ge", "frac": [1, 2]}}, True),
        ({"基本称职": 75, "不称职": 74, "denominator": 300, "rule": {"op": "ge", "frac": [1, 2]}}, False),
        ({"优秀": 100, "称职": 99, "denominator": 300, "rule": {"op": "lt", "frac": [2, 3]}}, True),
        ({"优秀": 100, "称职": 100, "denominator": 300, "rule": {"op": "lt", "frac": [2, 3]}}, False),
        ({"counts": {"好": 2, "差": 1}, "rule": {"op": "gt", "frac": [1, 3], "marks": ["差"]}}, False),
        ({"counts": {"好": 1, "差": 1}, "rule": {"op": "gt", "frac": [1, 3], "marks": ["差"]}}, True),
        ({"counts": {"基本称职": 75, "不称职": 75}, "denominator": 300, "rule": {"op": "ge", "frac": [1, 2]}}, True),
        ({"优秀": 9, "差": 1, "denominator": 10, "rule": {"op": "gt", "frac": [1, 3], "marks": ["差"]}}, False),
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
        {"good": 1, "denominator": 3, "rule": {"op": "lt", "frac": [2, 3], "marks": ["bad"]}},
        {"good": 1, "rule": {"op": "lt", "frac": [2, 3]}},
        {"counts": {}, "rule": {"op": "lt", "frac": [2, 3]}},
    ],
)
def test_thresholds_that_are_wrong(row):
    assert isinstance(run("evaluation_threshold", rows=[row]), str)


@pytest.mark.parametrize(
    ("scale", "counts", "weights", "rates"),
    [
        (
            "grade4",
            {"优秀": 40, "称职": 40, "基本称职": 10, "不称职": 10},
            {"优秀": 100, "称职": 80, "基本称职": 60, "不称职": 0},
            {"rate_excellent": "40.00", "rate_excellent_or_competent": "80.00", "index": "78.00"},
        ),
        (
            "grade3",
            {"称职": 50, "基本称职": 30, "不称职": 20},
            {"称职": 100, "基本称职": 60, "不称职": 0},
            {"rate_competent": "50.00", "index": "68.00"},
        ),
        (
            "好差",
            {"好": 75, "差": 25},
            {"好": 100, "差": 0},
            {"rate_好": "75.00", "rate_差": "25.00", "index": "75.00"},
        ),
    ],
)
def test_scales(scale, counts, weights, rates):
    given = {"issued": 101, "returned": 100, "counts": counts}
    result = run("evaluation_single", scale=scale, params={"weights": weights}, input=given)

    assert {key: result[key] for key in rates} == rates


def test_a_scale_is_told_by_its_marks():
    counts = {"满意": 50, "基本满意": 30, "不满意": 20}
    params = {"weights": {"满意": 100, "基本满意": 70, "不满意": 30}}
    given = {"issued": 100, "returned": 100, "counts": counts}

    assert "不了解" not in str(run("evaluation_single", params=params, input=given))
    assert run("evaluation_single", params=params, input=given)["rate_satisfied"] == "50.00"


@pytest.mark.parametrize(
    ("votes", "answer"),
    [
        ({"above_tie": 3, "tied": 0}, (3, 0, 0)),
        ({"above_tie": 2, "tied": 1}, (3, 0, 0)),
        ({"above_tie": 2, "tied": 2}, (2, 1, 2)),
        ([9, 8, 7, 6, 5], (3, 0, 0)),
        ([9, 8, 8, 8, 5], (1, 2, 3)),
        ([9, 8, 8], (3, 0, 0)),
        ([], (0, 0, 0)),
    ],
)
def test_quotas_with_and_without_a_tie(votes, answer):
    result = run("quota_selection", input={"assessed": 15, "quota_pct": 20, "ranked_votes_descending": votes})

    assert (result["selected"], result["undecided_seats"], result["undecided_candidates"]) == answer


@pytest.mark.parametrize("votes", [[1, 2], [2, "1"], [1, -1]])
def test_a_ranking_that_is_none(votes):
    given = {"assessed": 15, "quota_pct": 20, "ranked_votes_descending": votes}
    assert "highest first" in run("quota_selection", input=given)


@pytest.mark.parametrize(
    ("sizes", "published"),
    [({"A": 9, "B": 8}, ["A", "B"]), ({"A": 2, "B": 3}, []), ({"A": 5}, ["A"]), ({"A": 4}, [])],
)
def test_small_groups(sizes, published):
    result = run("small_group", params={"min_category_size": 5}, input={"categories": sizes})

    assert result["publish_separately"] == published
    assert result["suppressed_or_merged"] == [name for name in sizes if name not in published]


def test_every_kind_tells_its_steps():
    cases = json.loads((ROOT / "examples/cases/worked_cases.json").read_text(encoding="utf-8"))
    results = run_cases({**cases, "cases": [c for c in cases["cases"] if c["id"].startswith("V")]})

    assert len(results) == 8
    for result in results:
        assert result.steps, result.id
        assert all(step.zh and step.en for step in result.steps)


def test_a_void_evaluation_says_so():
    (result,) = run_cases(
        {"cases": [{"id": "X", "kind": "evaluation_single", "params": PARAMS, "input": {**INPUT, "returned": 297}}]}
    )
    assert "297" in result.steps[0].zh


def test_a_rule_set_with_categories_needs_categories():
    assert "evaluation_weighted" in run("evaluation_single", rule_set="trust_categories", input=INPUT)
    assert "does not decide" in run("evaluation_single", rule_set="resolution_default", input=INPUT)


def test_bands_groups_and_quotas_are_read_strictly():
    bands = [{"name": "好", "op": "ge", "frac": [1, 2], "colour": "green"}]
    assert "colour" in run("evaluation_band", params={"bands": bands}, rows=[])
    assert "min_category_size" in run("small_group", input={"categories": {}})
    ranked = {"above_tie": 61, "tied": 1}
    assert "61" in run("quota_selection", input={"assessed": 300, "quota_pct": 20, "ranked_votes_descending": ranked})
