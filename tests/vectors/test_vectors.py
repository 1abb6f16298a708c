"""The vectors are what the product makes today, and the independent program agrees with every case (SPEC §12)."""

import copy
import json
from typing import Any

import pytest

from tests.independent.vectors import OPERATIONS, check_case, check_file
from tests.vectors.generate.files import FOLDER, NAMES, build, text_of


def _cases(name: str) -> list[dict[str, Any]]:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("name", NAMES)
def test_the_product_still_makes_these_bytes(name: str) -> None:
    committed = (FOLDER / f"{name}.json").read_text(encoding="utf-8")
    assert text_of(build(name)) == committed, "run `make vectors` and read the difference"


@pytest.mark.parametrize("name", NAMES)
def test_the_independent_program_agrees(name: str) -> None:
    count, problems = check_file(FOLDER / f"{name}.json")
    assert problems == []
    assert count > 0


def test_no_file_is_left_out() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(NAMES)


def test_there_are_more_refusals_than_values() -> None:
    results = [case["result"] for name in NAMES for case in _cases(name)]
    assert results.count("invalid") > results.count("valid")


def test_every_operation_of_the_independent_program_is_used() -> None:
    assert {case["op"] for name in NAMES for case in _cases(name)} == set(OPERATIONS)


def test_the_independent_program_notices_another_value() -> None:
    cases = [case for name in NAMES for case in _cases(name) if case["result"] == "valid" and case["gives"]]
    for op in {case["op"] for case in cases}:
        case = copy.deepcopy(next(case for case in cases if case["op"] == op))
        case["gives"][next(iter(case["gives"]))] = "another"
        assert check_case(case) is not None, op


def test_the_independent_program_notices_what_is_not_refused() -> None:
    case = next(case for case in _cases("ballots") if case["op"] == "verify" and case["result"] == "valid")
    assert check_case({**case, "result": "invalid", "expect": "V8.E"}) is not None


def test_the_independent_program_notices_another_number() -> None:
    case = next(case for case in _cases("ballots") if case["result"] == "invalid")
    assert check_case({**case, "expect": "V1.A"}) is not None
