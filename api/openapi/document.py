"""Making the OpenAPI document: the framework's own, with examples, refusals and tokens put in."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.errors import MEDIA_TYPE
from api.openapi.answers import DESCRIBED, JSON, Described

ALWAYS: Final = (500, 503)
"""What any route may answer: something went wrong in the server, or it cannot at the moment."""

PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "A refusal (RFC 9457). It changed nothing, and never repeats what was sent.",
    "required": ["type", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "One word, or the number of a check (SPEC §11)"},
        "detail": {"type": "string", "description": "One sentence for people"},
    },
    "additionalProperties": True,
}

TOKENS: Final = {
    "desk": "The content of desk.token in the server's data directory",
    "operator": "The content of operator.token in the server's data directory",
    "station": "The token with which a station has enrolled",
}

_DESK: Final = ("/v1/roll", "/v1/checkins", "/v1/attendance", "/v1/proposals/{proposal_id}")
_OPERATOR: Final = ("/v1/enrolments", "/v1/enrolments/{station_id}", "/metrics")
_FRAMEWORKS: Final = ("HTTPValidationError", "ValidationError")
"""Schemas of the framework's own refusals, which this service never gives."""

_EXAMPLES: Final = {
    401: ("unauthorised", "this needs a token"),
    409: ("state", "this is not the moment for it"),
    429: ("too_many", "too many requests of this kind come from this address"),
}


def describer(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """The function that the application calls for its document; it is made once."""
    made: dict[str, Any] = {}

    def describe() -> dict[str, Any]:
        if not made:
            made.update(document(app))
        return made

    return describe


def document(app: FastAPI) -> dict[str, Any]:
    """The document of an application's routes; pages are left out."""
    found = get_openapi(
        title=app.title,
        version=app.version,
        routes=app.routes,
        summary="A secret, verifiable voting service for assemblies that meet in one hall.",
    )
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    for name in _FRAMEWORKS:
        schemas.pop(name, None)
    schemas["Problem"] = PROBLEM
    found["components"]["securitySchemes"] = {
        name: {"type": "http", "scheme": "bearer", "description": text} for name, text in TOKENS.items()
    }
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            _complete(operation, method.upper(), path)
    return found


def _complete(operation: dict[str, Any], method: str, path: str) -> None:
    operation["parameters"] = [
        item for item in operation.get("parameters", []) if item["name"].lower() != "authorization"
    ]
    operation["responses"].pop("422", None)
    if tokens := _tokens(method, path):
        operation["security"] = tokens
    described = DESCRIBED.get(f"{method} {path}")
    if described is None:
        return
    answer = operation["responses"]["200"]
    schema = described.schema or answer["content"][JSON]["schema"]
    answer["content"] = {described.media: {"schema": schema, "example": described.answer}}
    answer["description"] = "What was asked for"
    _describe_body(operation, described)
    for status in sorted({*described.refusals, *ALWAYS}):
        operation["responses"][str(status)] = _refusal(status)


def _describe_body(operation: dict[str, Any], described: Described) -> None:
    if described.body is None:
        return
    own = operation.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema")
    form = own or {"type": "object" if described.body_media == JSON else "string"}
    content = {described.body_media: {"schema": form, "example": described.body}}
    operation["requestBody"] = {"required": True, "content": content}


def _tokens(method: str, path: str) -> list[dict[str, list[str]]]:
    if path in _DESK and not (path.startswith("/v1/proposals") and method != "DELETE"):
        return [{"desk": []}]
    if path in _OPERATOR:
        return [{"operator": []}]
    # Only a station that nobody known to the log has signed for needs its token.
    return [{}, {"station": []}] if (method, path) == ("POST", "/v1/proposals") else []


def _refusal(status: int) -> dict[str, Any]:
    code, detail = _EXAMPLES.get(status, ("refused", "one sentence that says what is wrong"))
    example = {"type": "about:blank", "status": status, "code": code, "detail": detail}
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}}
    return {"description": HTTPStatus(status).phrase, "content": content}
