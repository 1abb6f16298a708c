"""The description says of every route what a program needs to know."""

from typing import Any

import pytest

from api.openapi.answers import DESCRIBED
from api.openapi.document import ALWAYS
from api.policies import Desk, Operator
from api.rates import RATES, kind_of
from tests.api.test_policies import routes
from tests.contract.make_openapi import current


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return current()


def operations(described: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }


def test_every_route_has_an_example_and_no_other_has(described: dict[str, Any]) -> None:
    missing = set(operations(described)) ^ set(DESCRIBED)
    assert missing == set(), "describe new routes in api/openapi/answers.py, then: make openapi"


def test_every_example_is_of_its_form(described: dict[str, Any]) -> None:
    # Importing it takes two seconds, which every worker would wait for that only collects tests.
    import jsonschema

    for label, operation in operations(described).items():
        contents = [*operation["responses"].values(), operation.get("requestBody", {})]
        for content in (item for part in contents for item in part.get("content", {}).values()):
            schema = {**content["schema"], "components": described["components"]}
            jsonschema.validate(content["example"], schema), label


def test_every_refusal_is_a_problem(described: dict[str, Any]) -> None:
    for label, operation in operations(described).items():
        refusals = {int(status): part for status, part in operation["responses"].items() if status != "200"}
        assert set(ALWAYS) <= set(refusals), label
        assert all(set(part["content"]) == {"application/problem+json"} for part in refusals.values()), label
        method, path = label.split()
        assert (429 in refusals) == (method == "POST" and kind_of(path) is not None), label
    assert {path for path in RATES if path.startswith("/v1/")} <= set(described["paths"])


def test_tokens_are_asked_for_where_the_policy_asks(described: dict[str, Any]) -> None:
    found = operations(described)
    for route in routes():
        for method in route.methods:
            operation = found.get(f"{method} {route.path}")
            if operation is None:
                continue
            names = [name for item in operation.get("security", []) for name in item]
            policies = [item.dependency for item in route.dependencies]
            assert ("desk" in names) == (Desk.dependency in policies), route.path
            assert ("operator" in names) == (Operator.dependency in policies), route.path
            assert "authorization" not in [item["name"] for item in operation["parameters"]]


def test_the_frameworks_own_refusals_are_not_described(described: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in described["components"]["schemas"]
