"""The worked cases: every one comes out as expected, and no answer is ever read."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally.decide.cases import KINDS, parse_cases, run_cases
from voting_core.errors import InputError

DATA = Path("examples/cases/worked_cases.json").read_bytes()
FILE = json.loads(DATA)
RESULTS = {result.id: result for result in run_cases(parse_cases(DATA, "worked_cases.json"))}

ANSWERS = ("expected", "tripped", "band", "min_candidates", "passed", "new_status", "filed_with")


def without_answers(value, inside=False):
    """The file with every answer taken away; ``decided_by`` is an answer in a row and a remark elsewhere."""
    if isinstance(value, list):
        return [without_answers(item, inside) for item in value]
    if not isinstance(value, dict):
        return value
    dropped = (*ANSWERS, "decided_by") if inside else ("expected",)
    return {key: without_answers(item, key == "rows") for key, item in value.items() if key not in dropped}


@pytest.mark.parametrize("case", [case for case in FILE["cases"] if "expected" in case], ids=lambda case: case["id"])
def test_a_worked_case(case):
    result = RESULTS[case["id"]]
    expected = case["expected"]

    assert result.error == ""
    assert {key: result.result.get(key) for key in expected} == expected
    assert set(expected) <= set(result.result)


@pytest.mark.parametrize("case", [case for case in FILE["cases"] if "rows" in case], ids=lambda case: case["id"])
def test_worked_rows(case):
    rows = RESULTS[case["id"]].result["rows"]

    assert len(rows) == len(case["rows"])
    for found, row in zip(rows, case["rows"], strict=True):
        assert found
        assert found == {key: row[key] for key in found}


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["id"])
def test_every_case_has_its_derivation_in_both_languages(case):
    steps = RESULTS[case["id"]].steps

    assert steps
    assert all(any("\u4e00" <= character <= "\u9fff" for character in step.zh) for step in steps)
    assert all(step.en and step.en != step.zh for step in steps)


def test_every_case_is_one_or_the_other():
    assert all(("expected" in case) != ("rows" in case) for case in FILE["cases"])
    # Ballots of votes other than elections have their cases in test_case_paper.py, motions in test_case_motions.py.
    assert {case["kind"] for case in FILE["cases"]} | {"vote_ballots", "motion", "resolution"} == set(KINDS)


def test_answers_may_be_absent():
    bare = without_answers(FILE)

    assert "expected" not in json.dumps(bare)
    assert [r.to_json() for r in run_cases(bare)] == [r.to_json() for r in RESULTS.values()]


def test_wrong_answers_change_nothing():
    wrong = copy.deepcopy(FILE)
    for case in wrong["cases"]:
        if "expected" in case:
            case["expected"] = {"can_hold": "nonsense"}
        for row in case.get("rows", ()):
            row.update({key: "nonsense" for key in (*ANSWERS, "decided_by") if key in row})

    assert [r.to_json() for r in run_cases(wrong)] == [r.to_json() for r in RESULTS.values()]


@pytest.mark.parametrize("dropped", ["names", "rule_sets", "schema_version"])
def test_names_and_rule_sets_are_built_in(dropped):
    file = {key: value for key, value in FILE.items() if key != dropped}

    assert [r.to_json() for r in run_cases(parse_cases(json.dumps(file).encode(), "f"))] == [
        r.to_json() for r in RESULTS.values()
    ]


def run_one(**case):
    (result,) = run_cases({"cases": [{"id": "X", **case}]})
    return result


def test_one_bad_case_stops_no_other():
    cases = copy.deepcopy(FILE["cases"][:3])
    cases[1]["input"]["present"] = 301
    results = run_cases({"cases": cases})

    assert [bool(result.error) for result in results] == [False, True, False]
    assert results[1].to_json() == {"id": cases[1]["id"], "error": results[1].error}


@pytest.mark.parametrize(
    "case",
    [
        {},
        {"kind": "coronation"},
        {"kind": 7},
        {"kind": "quorum"},
        {"kind": "quorum", "rule_set": "nothing", "input": {"should_attend": 3, "present": 2}},
        {"kind": "quorum", "rule_set": "ticket_2004"},
        {"kind": "quorum", "rule_set": "ticket_2004", "input": {"should_attend": 3.5, "present": 2}},
        {"kind": "quorum", "rule_set": "ticket_2004", "input": {"should_attend": 3, "present": 2, "proxies": 1}},
        {"kind": "min_candidates", "rows": 3},
        {"kind": "evaluation_threshold", "rows": ["x"]},
    ],
)
def test_what_is_no_case_has_an_error(case):
    assert run_one(**case).error


@pytest.mark.parametrize("value", [7, "case", None, []])
def test_what_is_no_object_has_an_error_and_a_number(value):
    (result,) = run_cases({"cases": [value]})

    assert result.id == "case 1"
    assert result.error


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\xff", "is not JSON"),
        (b"{", "is not JSON"),
        (b"[]", 'no list "cases"'),
        (b'{"cases": {}}', 'no list "cases"'),
        (b'{"cases": [], "cases": []}', "twice"),
        (b'{"cases": [], "schema_version": 2}', "schema_version"),
    ],
)
def test_files_that_are_none(data, problem):
    with pytest.raises(InputError, match=problem):
        parse_cases(data, "cases.json")


def test_a_byte_order_mark_is_let_through():
    assert parse_cases(b'\xef\xbb\xbf{"cases": []}', "f") == {"cases": []}


@pytest.mark.parametrize(
    "shared",
    [
        {"rule_sets": []},
        {"names": []},
        {"names": {"王海": {"strokes": 4}}},
        {"names": {"王海": {"strokes": "4", "stroke_seq": "1121"}}},
        {"names": {"\ud800": {"strokes": 4, "stroke_seq": "1121"}}},
        {"rule_sets": {"\ud800": {}}},
    ],
)
def test_shared_parts_that_are_wrong_stop_the_file(shared):
    with pytest.raises(InputError):
        run_cases({"cases": [], **shared})


def test_half_a_character_is_an_error_of_its_case_alone():
    bad, good = run_cases({"cases": [{"id": "\ud800", "kind": "quorum"}, FILE["cases"][0]]})

    assert (bad.id, bad.error) == ("case 1", "holds half a character (a lone surrogate)")
    assert not good.error


ODD = (None, True, 0, -1, 1.5, 10**30, "", "王海", "0" * 500, [], {}, [1], ["a"], {"a": 1}, "\ud800")


def places(value, path=()):
    """The paths of everything inside a value."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key)
        yield from places(item, (*path, key))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_case_that_is_changed_anywhere_has_a_result_or_an_error(data):
    case = copy.deepcopy(data.draw(st.sampled_from(FILE["cases"])))
    *inside, last = data.draw(st.sampled_from(list(places(case))))
    holder = case
    for key in inside:
        holder = holder[key]
    if data.draw(st.booleans()):
        holder[last] = data.draw(st.sampled_from(ODD))
    else:
        del holder[last]

    (result,) = run_cases({**FILE, "cases": [case]})
    assert json.dumps(result.to_json(), ensure_ascii=False).encode("utf-8")
