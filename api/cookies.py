"""The cookies of the pages: who is signed in here, and which language and theme this browser shows."""

import ipaddress
from typing import Final

from fastapi import Request
from starlette.responses import Response

from api.errors import SaidError
from api.public_service import public_of
from ballots.screen.words import Language, Said, read_language
from voting_core.secret import Secret

_SIGN_IN: Final = "plenum-"
_SECURE: Final = "__Host-"
_NAME_DIGITS: Final = 8
"""Of the server's log key, in the name of its cookie: browsers keep the cookies of a host together, whatever the port,
so two servers of one host (the session and a rehearsal beside it) would sign each other's people out."""

_LANGUAGE: Final = "plenum-language"
_THEME: Final = "plenum-theme"
THEMES: Final = ("light", "dark")
PREFERENCE_SECONDS: Final = 365 * 24 * 3600


def is_encrypted(request: Request) -> bool:
    """Whether the request came over TLS."""
    return request.url.scheme == "https"


def require_private_connection(request: Request) -> None:
    """Refuse to take a password over a network in the clear.

    Raises:
        SaidError: the connection is neither encrypted nor from this machine.
    """
    host = request.client.host if request.client else ""
    try:
        local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = False
    if not is_encrypted(request) and not local:
        raise SaidError(
            Said(
                "这个连接没有加密，不能在此登录。请使用 https 地址（见 docs/tls.md）",
                "This connection is not encrypted, so nobody signs in over it. Use the https address (docs/tls.md)",
            ),
            status=403,
        )


def sign_in_cookie(log: bytes, *, encrypted: bool) -> str:
    """What the cookie of a sign-in is called at the server with this log key."""
    return f"{_SECURE if encrypted else ''}{_SIGN_IN}{log.hex()[:_NAME_DIGITS]}"


def sign_in_token(request: Request, log: bytes | None = None) -> str:
    """The token that the browser sent to this server, or to the one with this log key; empty when there is none."""
    return request.cookies.get(_name(request, log), "")


def set_sign_in(request: Request, response: Response, token: Secret[str], seconds: int) -> None:
    """Let the browser keep the token. `__Host-`: no other host, and nothing unencrypted, can set it."""
    response.set_cookie(
        _name(request),
        token.reveal(),
        max_age=seconds,
        path="/",
        secure=is_encrypted(request),
        httponly=True,
        samesite="strict",
    )


def forget_sign_in(request: Request, response: Response) -> None:
    """Let the browser forget the token."""
    response.delete_cookie(_name(request), path="/", secure=is_encrypted(request), httponly=True, samesite="strict")


def language_of(request: Request) -> Language:
    """The language of the answer: the one the address asks for, the one this browser showed last, or Chinese."""
    asked = read_language(request.query_params.get("lang"))
    return asked or read_language(request.cookies.get(_LANGUAGE)) or Language.ZH


def theme_of(request: Request) -> str:
    """`light`, `dark`, or empty for what the machine prefers."""
    for text in (request.query_params.get("theme"), request.cookies.get(_THEME)):
        if text in THEMES:
            return text or ""
    return ""


def keep_preferences(request: Request, response: Response) -> None:
    """Remember a language or theme that the address asked for."""
    for name, cookie, known in (("lang", _LANGUAGE, tuple(Language)), ("theme", _THEME, THEMES)):
        asked = request.query_params.get(name)
        if asked in known:
            response.set_cookie(
                cookie, asked or "", max_age=PREFERENCE_SECONDS, path="/", secure=is_encrypted(request), samesite="lax"
            )


def _name(request: Request, log: bytes | None = None) -> str:
    return sign_in_cookie(log or public_of(request).public_keys.log, encrypted=is_encrypted(request))
