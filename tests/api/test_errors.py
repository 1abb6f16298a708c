"""Every kind of error has its status, and none shows what was sent."""

import json

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from api import errors
from api.errors import answer
from api.store.failures import StorageError
from ballots.screen.words import Said
from voting_core.errors import (
    EncodingError,
    FatalError,
    InputError,
    PlenumError,
    SealedError,
    StateError,
    VerificationError,
)


def no_page(_request: Request, _error: Exception) -> None:
    """No address is one of a page."""


CASES = [
    (EncodingError("entry", "is no JSON"), 400, "encoding"),
    (VerificationError("V4.D", "not now"), 409, "V4.D"),
    (VerificationError("V8.A", "not open"), 409, "V8.A"),
    (VerificationError("V8.B", "used"), 409, "V8.B"),
    (VerificationError("V9.A", "too early"), 409, "V9.A"),
    (VerificationError("V8.E", "bad", ("ab",)), 422, "V8.E"),
    (VerificationError("V2.A", "bad"), 422, "V2.A"),
    (StateError("not now"), 409, "state"),
    (errors.QueuesError("report", [("1", 0), ("2", 3)]), 409, "queues"),
    (errors.SeenNotCurrentError("again", {"size": 3}), 409, "seen_not_current"),
    (errors.PendingBallotError("waits"), 409, "pending_ballot"),
    (InputError("a", "b", "c"), 422, "input"),
    (errors.UnauthorisedError("token"), 401, "unauthorised"),
    (errors.SignInNeededError("sign in"), 401, "unauthorised"),
    (errors.ForbiddenError("not you"), 403, "forbidden"),
    (errors.SaidError(Said("不", "no")), 422, "page"),
    (errors.SaidError(Said("不", "no"), status=409), 409, "page"),
    (errors.MissingError("none"), 404, "missing"),
    (errors.TooLargeError("large"), 413, "too_large"),
    (StorageError("full", full=True), 507, "storage"),
    (StorageError("broken", full=False), 503, "storage"),
    (errors.BusyError("busy"), 503, "busy"),
    (FatalError("stopped"), 503, "fatal"),
    (SealedError("unexpected here"), 500, "incident"),
]


@pytest.mark.parametrize(("error", "status", "code"), CASES)
def test_the_status_of_an_error(error: PlenumError, status: int, code: str) -> None:
    response = answer(error)
    body = json.loads(bytes(response.body))
    assert (response.status_code, body["status"], body["code"]) == (status, status, code)
    assert response.media_type == "application/problem+json"
    assert ("retry-after" in response.headers) == (status in (503, 507))


def test_details_of_a_closing_are_in_the_problem() -> None:
    body = json.loads(bytes(answer(errors.SeenNotCurrentError("again", {"size": 3, "root": "ab"})).body))
    assert (body["size"], body["root"]) == (3, "ab")


def test_an_unexpected_error_shows_an_incident_and_not_its_text(caplog: pytest.LogCaptureFixture) -> None:
    app = FastAPI()
    errors.install(app, no_page)

    @app.get("/break")
    async def break_it() -> None:
        raise ValueError("sentinel-of-a-ballot")

    response = TestClient(app, raise_server_exceptions=False).get("/break")
    assert response.status_code == 500
    assert response.json()["code"] == "incident"
    assert "sentinel" not in response.text
    ours = [record for record in caplog.records if record.name == "plenum.api"]
    assert "ValueError" in ours[0].getMessage()
    assert "sentinel" not in ours[0].getMessage()


def test_an_unknown_address_and_method_are_problems_too() -> None:
    app = FastAPI()
    errors.install(app, no_page)
    client = TestClient(app)
    assert client.get("/nothing").json()["code"] == "http"
    assert client.post("/openapi.json").status_code == 405
