"""The HTTP interface is what the file says, and the running service answers as it says."""

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.hall import Hall, running_hall
from tests.contract.make_openapi import SNAPSHOT, text

EXAMPLES = 5
"""Requests for each route, always the same ones: this is a test, not a search."""

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


def test_the_interface_is_the_one_that_was_published() -> None:
    assert text() == SNAPSHOT.read_text(encoding="utf-8"), "the interface has changed; if it should: make openapi"


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with running_hall(tmp_path_factory.mktemp("contract") / "data", simulated=True) as started:
        started.vote()
        yield started


def running(app: Any) -> Any:
    """The application of a server that runs already: whoever asks to start it is told that it has started."""

    async def asked(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return
        for stage in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{stage}.complete"})

    return asked


def operations(hall: Hall) -> list[Any]:
    schema = schemathesis.openapi.from_asgi("/openapi.json", running(hall.client.app))
    return [item.ok() for item in schema.get_all_operations()]


def takes_anything(operation: Any) -> bool:
    """Whether there is something that can be wrong about a request."""
    raw = operation.definition.raw
    return bool(raw.get("parameters") or raw.get("requestBody"))


def tokens(hall: Hall) -> dict[str, str]:
    files = {"desk": hall.settings.desk_token_file, "operator": hall.settings.operator_token_file}
    return {name: f"Bearer {Path(path).read_text()}" for name, path in files.items()}


def fuzz(operation: Any, mode: GenerationMode, headers: dict[str, str]) -> None:
    """Send what the description allows, or what it does not, and hold the answers against it."""

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=list(CHECKS))

    one()


def test_whatever_is_sent_the_answer_is_one_that_is_described(hall: Hall) -> None:
    held, tried = tokens(hall), set()
    for operation in operations(hall):
        wanted = [name for item in operation.definition.raw.get("security", []) for name in item]
        headers = {"Authorization": held[wanted[0]]} if wanted and wanted[0] in held else {}
        fuzz(operation, GenerationMode.POSITIVE, headers)
        if takes_anything(operation):
            fuzz(operation, GenerationMode.NEGATIVE, headers)
        tried.add(operation.label)
    described = json.loads(SNAPSHOT.read_text(encoding="utf-8"))["paths"]
    assert tried == {f"{method.upper()} {path}" for path, methods in described.items() for method in methods}
