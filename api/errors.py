"""The one place where an error becomes an answer: `application/problem+json` (RFC 9457).

    EncodingError                              400
    StateError and its kinds                   409
    VerificationError V4.D, V8.A, V8.B, V9.A   409   right entry, wrong moment
    VerificationError, any other               422
    StorageError                               507 disk full, 503 otherwise
    BusyError, FatalError                      503, Retry-After
    TooManyError                               429, Retry-After
    UnauthorisedError, ForbiddenError, MissingError, TooLargeError   401, 403, 404, 413
    SaidError                                  as it says, 422 unless told otherwise
    HTTPException                              as it says
    anything else                              500 with an incident id; the log has the type of the error and nothing
    of its text

An answer says what is wrong and, for checks in `remedy`, what to do; it never quotes what was sent: a ballot must not
come back in an error message. Addresses of pages answer with a page instead (:mod:`api.pages.error_pages`).
"""

import logging
import secrets
from collections.abc import Callable, Sequence
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.remedies import remedy_of
from api.store.failures import StorageError
from ballots.screen.words import Said
from voting_core.errors import EncodingError, FatalError, InputError, PlenumError, StateError, VerificationError

MEDIA_TYPE: Final = "application/problem+json"
RETRY_SECONDS: Final = 2
"""What `Retry-After` says when trying again soon is right."""

_WRONG_MOMENT: Final = frozenset({"V4.D", "V8.A", "V8.B", "V9.A"})

_log = logging.getLogger("plenum.api")


class SeenNotCurrentError(StateError):
    """A closing must name the log as it is now; `details` says how it is."""

    def __init__(self, message: str, details: dict[str, int | str]) -> None:
        super().__init__(message)
        self.details = details


class QueuesError(StateError):
    """A contest does not close while kiosks hold ballots of it, or have not said since the pause that they hold none.

    `kiosks` are their names, with how many ballots wait there: 0 where that is not known.
    """

    def __init__(self, contest: str, kiosks: Sequence[tuple[str, int]]) -> None:
        names = ", ".join(f"{name} (holds {waiting})" if waiting else f"{name} (not heard)" for name, waiting in kiosks)
        super().__init__(
            f"{contest} does not close while kiosks may hold ballots: {names}. Let them reach the server; resume, so "
            "that what they hold is delivered, and pause again; or let the scrutineers record them as lost"
        )
        self.kiosks = tuple(name for name, _ in kiosks)


class PendingBallotError(StateError):
    """The entry would make a ballot invalid that was accepted and waits for its batch."""


class BusyError(PlenumError):
    """More submissions wait than the server takes."""


class TooLargeError(PlenumError):
    """The body is larger than the address takes."""


class TooManyError(PlenumError):
    """Too many requests of one kind came from one address; after `seconds` there is room again."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class UnauthorisedError(PlenumError):
    """The request needs a token that it does not carry."""


class SignInNeededError(UnauthorisedError):
    """The page is for people who are signed in; a browser is led to where that is done."""


class ForbiddenError(PlenumError):
    """Whoever is signed in has no part in this."""


class MissingError(PlenumError):
    """There is no such thing."""


class SaidError(PlenumError):
    """What somebody asked for on a page cannot be done, said in both languages; nothing was changed."""

    def __init__(self, said: Said, status: int = 422) -> None:
        super().__init__(said.en)
        self.said = said
        self.status = status


def problem(status: int, code: str, detail: str, **extra: object) -> JSONResponse:
    """A problem document with our `code`; statuses 503 and 507 tell when to try again."""
    headers = {"Retry-After": str(RETRY_SECONDS)} if status in (503, 507) else {}
    body = {"type": "about:blank", "status": status, "code": code, "detail": detail, **extra}
    return JSONResponse(body, status_code=status, headers=headers, media_type=MEDIA_TYPE)


def answer(error: PlenumError) -> JSONResponse:
    """The answer for one of our errors."""
    match error:
        case EncodingError():
            return problem(400, "encoding", str(error))
        case VerificationError():
            status = 409 if error.code in _WRONG_MOMENT else 422
            return problem(
                status, error.code, error.message, culprits=list(error.culprits), remedy=remedy_of(error.code)
            )
        case SeenNotCurrentError():
            return problem(409, "seen_not_current", str(error), **error.details)
        case QueuesError():
            return problem(409, "queues", str(error), kiosks=list(error.kiosks))
        case PendingBallotError():
            return problem(409, "pending_ballot", str(error))
        case StateError():
            return problem(409, "state", str(error))
        case InputError():
            return problem(422, "input", str(error))
        case UnauthorisedError():
            return problem(401, "unauthorised", str(error))
        case ForbiddenError():
            return problem(403, "forbidden", str(error))
        case SaidError():
            return problem(error.status, "page", error.said.en)
        case MissingError():
            return problem(404, "missing", str(error))
        case TooManyError():
            limited = problem(429, "too_many", str(error))
            limited.headers["Retry-After"] = str(error.seconds)
            return limited
        case TooLargeError():
            return problem(413, "too_large", str(error))
        case StorageError():
            return problem(507 if error.full else 503, "storage", str(error))
        case BusyError():
            return problem(503, "busy", str(error))
        case FatalError():
            return problem(503, "fatal", str(error))
        case _:
            return _incident(error)


AsPage = Callable[[Request, Exception], Response | None]
"""Gives the page that shows an error, or None where the request is not one for a page."""


def install(app: FastAPI, as_page: AsPage) -> None:
    """Give the application its handlers."""

    async def ours(request: Request, error: Exception) -> Response:
        return as_page(request, error) or (answer(error) if isinstance(error, PlenumError) else _incident(error))

    async def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        text = _HTTP_TEXT.get(status, "the server does not answer this request")
        return as_page(request, error) or problem(status, "http", text)

    async def invalid(request: Request, error: Exception) -> Response:
        # pydantic's own message quotes the input; only the places are passed on.
        where = sorted({".".join(str(part) for part in item["loc"]) for item in _validation_errors(error)})
        return as_page(request, error) or problem(
            422, "request", "these parts of the request are missing, unknown or not as described", places=where
        )

    app.add_exception_handler(PlenumError, ours)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, ours)


_HTTP_TEXT: Final = {
    404: "there is no such address; docs/api.md lists them",
    405: "this address does not take this method",
    413: "the request is larger than this address takes",
}


def _validation_errors(error: Exception) -> list[dict[str, tuple[object, ...]]]:
    return [{"loc": tuple(item["loc"])} for item in error.errors()] if isinstance(error, RequestValidationError) else []


def note_incident(error: Exception) -> str:
    """Write an unexpected error into the log, without its text; gives the id under which it is found."""
    incident = secrets.token_hex(8)
    _log.error("incident %s: %s", incident, type(error).__name__)
    return incident


def _incident(error: Exception) -> JSONResponse:
    incident = note_incident(error)
    return problem(500, "incident", f"something went wrong in the server; its log says more under {incident}")
