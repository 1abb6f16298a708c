"""Reading requests, and never more bytes of them than the address takes.

The framework would read a body before it asks how long it may be, so routes read theirs here.
"""

from typing import Any, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from api.errors import TooLargeError
from voting_core.params import MAX_ENTRY_BYTES

M = TypeVar("M", bound=BaseModel)


async def read_body(request: Request, limit: int = MAX_ENTRY_BYTES) -> bytes:
    """The body. A length that is announced too large is refused before anything is read.

    Raises:
        TooLargeError: it has more than `limit` bytes.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise TooLargeError(f"the request has {announced} bytes; send at most {limit} to this address")
    parts: list[bytes] = []
    total = 0
    async for part in request.stream():
        total += len(part)
        if total > limit:
            raise TooLargeError(f"the request has more bytes than it may; send at most {limit} to this address")
        parts.append(part)
    return b"".join(parts)


async def read_model(request: Request, model: type[M], limit: int) -> M:
    """The body as a strict model.

    Raises:
        TooLargeError: it has more than `limit` bytes.
        RequestValidationError: it is not JSON of that form.
    """
    try:
        return model.model_validate_json(await read_body(request, limit))
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_input=False, include_url=False)) from None


def body_of(model: type[BaseModel]) -> dict[str, Any]:
    """What the OpenAPI page says about a body that :func:`read_model` reads."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": model.model_json_schema()}}}}
