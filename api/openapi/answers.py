"""What each route takes and answers beyond what its signature tells the framework: bodies that travel as their exact
bytes, examples, and the statuses of refusals. A route that is missing here fails a test."""

from dataclasses import dataclass
from typing import Any, Final

from api.openapi import examples

JSON: Final = "application/json"
TEXT: Final = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One route: an example of its answer and of its body, their media types, and the statuses of its refusals.

    `schema` describes an answer that has no model. 500 and 503 are every route's, and 429 every POST's that is limited.
    """

    answer: Any
    refusals: tuple[int, ...] = ()
    media: str = JSON
    schema: dict[str, Any] | None = None
    body: Any = None
    body_media: str = JSON


_BYTES: Final[dict[str, Any]] = {"type": "string", "format": "binary"}
_TEXT: Final[dict[str, Any]] = {"type": "string"}
_PROMISE: Final[dict[str, Any]] = {
    "anyOf": [
        {
            "type": "object",
            "required": ["ballot", "root", "session", "signature", "size"],
            "properties": {
                "ballot": {"type": "string"},
                "root": {"type": "string"},
                "session": {"type": "string"},
                "signature": {"type": "string"},
                "size": {"type": "integer"},
            },
        },
        {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
    ]
}
_PROPOSALS: Final[dict[str, Any]] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["draft", "enrolled", "id", "signatures"],
        "properties": {
            "draft": {"type": "object"},
            "enrolled": {"type": "boolean"},
            "id": {"type": "string"},
            "signatures": {"type": "array", "items": {"type": "object"}},
        },
    },
}
_WRITES: Final = (400, 409, 413, 422, 429, 507)
_DESK: Final = (401, 409, 413, 422, 507)

DESCRIBED: Final[dict[str, Described]] = {
    "POST /v1/ballots": Described(
        answer=examples.PROMISE, schema=_PROMISE, refusals=_WRITES, body=examples.BALLOT, body_media=JSON
    ),
    "POST /v1/entries": Described(answer=examples.PLACED, refusals=_WRITES, body=examples.ENTRY),
    "GET /v1/queues/{contest}": Described(answer="…", media="application/jsonl", schema=_TEXT, refusals=(422,)),
    "POST /v1/queues": Described(answer=examples.OK, refusals=_WRITES, body=examples.QUEUE),
    "GET /v1/log/entries": Described(answer="…", media="application/jsonl", schema=_TEXT, refusals=(422,)),
    "GET /v1/log/checkpoint": Described(answer=examples.CHECKPOINT, media=TEXT, schema=_TEXT, refusals=(404,)),
    "GET /v1/log/checkpoint/{size}": Described(
        answer=examples.CHECKPOINT, media=TEXT, schema=_TEXT, refusals=(404, 422)
    ),
    "POST /v1/log/cosignatures": Described(
        answer=examples.OK, refusals=(404, *_WRITES), body=examples.COSIGNATURE, body_media=TEXT
    ),
    "GET /v1/log/inclusion/{index}": Described(answer=examples.PROOF, refusals=(404, 422)),
    "GET /v1/log/consistency": Described(answer={**examples.PROOF, "leaf": ""}, refusals=(404, 422)),
    "GET /v1/status": Described(answer=examples.STATUS),
    "GET /v1/paper": Described(answer=examples.PAPER),
    "GET /v1/ballots/{ballot}": Described(answer=examples.BALLOT_STATUS, refusals=(422,)),
    "GET /v1/credentials/{slot}/{key}": Described(answer=examples.CREDENTIAL_STATUS, refusals=(422,)),
    "GET /v1/proposals": Described(answer=[examples.LISTED_PROPOSAL], schema=_PROPOSALS),
    "POST /v1/proposals": Described(
        answer=examples.PROPOSAL_STATUS, refusals=(401, 403, *_WRITES), body=examples.PROPOSAL
    ),
    "POST /v1/proposals/{proposal_id}/signatures": Described(
        answer=examples.PROPOSAL_STATUS, refusals=(404, *_WRITES), body=examples.PROPOSAL_SIGNATURE
    ),
    "DELETE /v1/proposals/{proposal_id}": Described(answer=examples.OK, refusals=(401, 404, 422, 507)),
    "PUT /v1/roll": Described(answer=examples.ATTENDANCE, refusals=_DESK, body=examples.ROLL),
    "POST /v1/checkins": Described(answer=examples.ATTENDANCE, refusals=_DESK, body=examples.CHECK_IN),
    "GET /v1/attendance": Described(answer=examples.ATTENDANCE, refusals=(401,)),
    "GET /v1/authority": Described(
        answer=examples.AUTHORITY, media="application/x-x509-ca-cert", schema=_TEXT, refusals=(404,)
    ),
    "POST /v1/enrolments": Described(answer=examples.ISSUED_CODE, refusals=_DESK, body=examples.NEW_STATION),
    "GET /v1/enrolments": Described(answer=[examples.STATION], refusals=(401,)),
    "DELETE /v1/enrolments/{station_id}": Described(answer=examples.OK, refusals=(401, 404, 422, 507)),
    "POST /v1/enrolments/claims": Described(
        answer=examples.ENROLLED, refusals=(403, 413, 422, 429, 507), body=examples.CLAIM
    ),
    "GET /v1/record": Described(answer="…", media="application/zip", schema=_BYTES, refusals=(409,)),
    "GET /healthz": Described(answer=examples.OK),
    "GET /readyz": Described(answer=examples.OK),
    "GET /metrics": Described(answer=examples.METRICS, media=TEXT, schema=_TEXT, refusals=(401,)),
}
"""By method and path."""
