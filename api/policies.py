"""Who may use a route. Every route names exactly one of these policies; a test walks all routes and refuses one
without.

* `public`: reads what anybody may read.
* `public_form`: a form that people send before they are signed in.
* `self_authenticating`: what is sent carries signatures that replay checks; the connection proves nothing and needs to
  prove nothing.
* `desk`: needs the bearer token of the check-in desks' programs.
* `operator`: needs the bearer token of whoever runs the server, for commands on its own machine.
* `Needs(role, …)`: a page for people who are signed in with one of these roles. A form must carry the token of its
  sign-in (:mod:`api.accounts.tokens`) and come from a page of this server.
"""

import asyncio
from functools import partial
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Header, Request
from fastapi.params import Depends as DependsOn
from fastapi.routing import APIRoute

from api.accounts.roles import Role
from api.accounts.tokens import is_csrf_token
from api.cookies import sign_in_token
from api.desk_token import is_token
from api.errors import ForbiddenError, SaidError, SignInNeededError, UnauthorisedError
from api.forms import FORM_BYTES, Form, read_form
from api.public_service import public_of
from api.service import service_of
from api.store.accounts import Account
from ballots.screen.words import Said

_READING: Final = frozenset({"GET", "HEAD"})

LIVE_HEADER: Final = "x-plenum-live"
"""A page that asks by itself, because something changed, says so; it keeps nobody from being signed out when idle."""

FOREIGN: Final = Said(
    "这个表单不是从本系统的页面发出的，请重新打开页面再试",
    "This form does not come from a page of this server; open the page again",
)


async def public() -> None:
    """Anybody may read this."""


async def public_form(request: Request) -> None:
    """A form of somebody who is not signed in yet; `form_of` gives it."""
    _check_origin(request)
    request.state.form = await read_form(request)


async def self_authenticating() -> None:
    """The signatures in the body are the authorisation."""


async def desk(request: Request, authorization: Annotated[str, Header()] = "") -> None:
    """Only with the desk's token.

    Raises:
        UnauthorisedError: it is missing or wrong.
    """
    if not is_token(bearer(authorization), service_of(request).desk_token):
        raise UnauthorisedError(
            "this needs the desk's token, which the server keeps in desk.token of its data directory"
        )


async def operator(request: Request, authorization: Annotated[str, Header()] = "") -> None:
    """Only with the operator's token.

    Raises:
        UnauthorisedError: it is missing or wrong.
    """
    token = bearer(authorization)
    if not is_token(token, service_of(request).operator_token):
        raise UnauthorisedError(
            "this needs the operator's token, which the server keeps in operator.token of its data directory"
        )


def bearer(authorization: str) -> str:
    """The token of an Authorization header, or nothing."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


class RolePolicy:
    """Only people who are signed in with one of `roles`; a form may have `form_bytes`."""

    def __init__(self, roles: frozenset[Role], form_bytes: int) -> None:
        self.roles = roles
        self.form_bytes = form_bytes

    async def __call__(self, request: Request) -> None:
        """Let a request pass, and keep its account and form for the route.

        Raises:
            SignInNeededError: nobody is signed in.
            ForbiddenError: the role has no part in this.
            SaidError: the form is not one of this sign-in.
        """
        token = sign_in_token(request)
        by_person = LIVE_HEADER not in request.headers
        signed_in = partial(public_of(request).accounts.signed_in, by_person=by_person)
        account = await asyncio.to_thread(signed_in, token) if token else None
        if account is None:
            raise SignInNeededError("sign in first")
        if account.role not in self.roles:
            raise ForbiddenError("your role has no part in this")
        request.state.account = account
        request.state.token = token
        if request.method in _READING:
            return
        _check_origin(request)
        form = await read_form(request, self.form_bytes)
        if not is_csrf_token(form.text("csrf"), token):
            raise SaidError(FOREIGN, status=403)
        request.state.form = form


POLICIES = (public, public_form, self_authenticating, desk, operator)
"""All policies that are functions; the others are :class:`RolePolicy`."""

Public = Depends(public)
PublicForm = Depends(public_form)
SelfAuthenticating = Depends(self_authenticating)
Desk = Depends(desk)
Operator = Depends(operator)

EVERYBODY_SIGNED_IN: Final = tuple(Role)


def Needs(*roles: Role, form_bytes: int = FORM_BYTES) -> Any:
    """The policy for people with one of these roles."""
    if not roles:
        raise ValueError("a route for nobody is no route")
    return Depends(RolePolicy(frozenset(roles), form_bytes))


def is_policy(item: DependsOn) -> bool:
    """Whether a dependency of a route is a policy."""
    return item.dependency in POLICIES or isinstance(item.dependency, RolePolicy)


def account_of(request: Request) -> Account:
    """Whose request this is, on a route that needs a role."""
    account = request.state.account
    if not isinstance(account, Account):
        raise TypeError("this route does not need a role, so nobody is known")
    return account


def form_of(request: Request) -> Form:
    """The form that was sent, on a route whose policy reads it."""
    form = request.state.form
    if not isinstance(form, Form):
        raise TypeError("this route takes no form")
    return form


def _check_origin(request: Request) -> None:
    """Refuse a form that a page of another site sends (the browser says so)."""
    site = request.headers.get("sec-fetch-site", "none")
    origin = request.headers.get("origin")
    foreign = origin is not None and _host_of(origin) != request.headers.get("host", "")
    if site not in ("same-origin", "none") or foreign:
        raise SaidError(FOREIGN, status=403)


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


class PolicyRoute(APIRoute):
    """A route that refuses to exist without exactly one policy."""

    def __init__(self, path: str, endpoint: Any, **options: Any) -> None:
        given = [item for item in options.get("dependencies") or [] if is_policy(item)]
        if len(given) != 1:
            raise TypeError(f"the route {path} names {len(given)} policies instead of one")
        super().__init__(path, endpoint, **options)


def policed_router() -> APIRouter:
    """A router all of whose routes have a policy."""
    return APIRouter(route_class=PolicyRoute)


def page_router() -> APIRouter:
    """A router of pages: the same, but not part of the API's description."""
    return APIRouter(route_class=PolicyRoute, include_in_schema=False)
