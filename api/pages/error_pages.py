"""An error as a page: what happened, in both languages, and where to go on. Nothing that was sent is shown."""

from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.errors import RETRY_SECONDS, SaidError, SignInNeededError, answer, note_incident
from api.pages.render import go_to, page
from ballots.screen.problem_words import said_of
from ballots.screen.words import Said
from voting_core.errors import PlenumError

_PROGRAMS: Final = ("/v1/", "/healthz", "/readyz", "/metrics", "/openapi.json")
"""Addresses that programs ask; they get problem documents."""

_FORBIDDEN: Final = Said("您的角色不能办理这件事", "Your role has no part in this")
_MISSING: Final = Said("没有这个页面", "There is no such page")
_INCIDENT: Final = Said(
    "服务器内部出错，已记录为 {incident}。请重试；再次出现时请告诉系统管理员",
    "Something went wrong in the server, noted as {incident}. Try again; if it happens again, tell the administrator",
)

_STATUS: Final = {401: Said("未能登录", "Not signed in"), 403: _FORBIDDEN, 404: _MISSING}


def as_page(request: Request, error: Exception) -> Response | None:
    """The page that shows an error; None for an address that programs ask."""
    if request.url.path.startswith(_PROGRAMS):
        return None
    if isinstance(error, SignInNeededError):
        wanted = request.url.path if request.method == "GET" else "/"
        return go_to(f"/sign-in?next={quote(wanted)}")
    said, status, detail = _facts(error)
    shown = page(request, "error.html", status=status, said=said, detail=detail)
    if status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INSUFFICIENT_STORAGE):
        shown.headers["Retry-After"] = str(RETRY_SECONDS)
    return shown


def _facts(error: Exception) -> tuple[Said, int, str]:
    if isinstance(error, SaidError):
        return error.said, error.status, ""
    if isinstance(error, HTTPException):
        return _STATUS.get(error.status_code, _MISSING), error.status_code, ""
    if isinstance(error, RequestValidationError):
        return _MISSING, HTTPStatus.NOT_FOUND, ""
    if isinstance(error, PlenumError):
        status = answer(error).status_code
        if status != HTTPStatus.INTERNAL_SERVER_ERROR:
            said = _STATUS.get(status) or said_of(error)
            return said, status, "" if status in _STATUS else str(error)
    return _INCIDENT.filled(incident=note_incident(error)), HTTPStatus.INTERNAL_SERVER_ERROR, ""
