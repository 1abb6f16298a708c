"""Who may use a route. Every route names exactly one of these policies; a test walks all routes and refuses one
without.

* `public`: reads what anybody may read.
* `self_authenticating`: what is sent carries signatures that replay checks; the connection proves nothing and needs to
  prove nothing.
* `desk`: needs the bearer token of the check-in desks.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request
from fastapi.routing import APIRoute

from api.desk_token import is_token
from api.errors import UnauthorisedError
from api.service import service_of


async def public() -> None:
    """Anybody may read this."""


async def self_authenticating() -> None:
    """The signatures in the body are the authorisation."""


async def desk(request: Request, authorization: Annotated[str, Header()] = "") -> None:
    """Only with the desk's token.

    Raises:
        UnauthorisedError: it is missing or wrong.
    """
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not is_token(token.strip(), service_of(request).desk_token):
        raise UnauthorisedError(
            "this needs the desk's token, which the server keeps in desk.token of its data directory"
        )


POLICIES = (public, self_authenticating, desk)
"""All policies."""

Public = Depends(public)
SelfAuthenticating = Depends(self_authenticating)
Desk = Depends(desk)


class PolicyRoute(APIRoute):
    """A route that refuses to exist without exactly one policy."""

    def __init__(self, path: str, endpoint: Any, **options: Any) -> None:
        given = [item.dependency for item in options.get("dependencies") or [] if item.dependency in POLICIES]
        if len(given) != 1:
            raise TypeError(f"the route {path} names {len(given)} policies instead of one")
        super().__init__(path, endpoint, **options)


def policed_router() -> APIRouter:
    """A router all of whose routes have a policy."""
    return APIRouter(route_class=PolicyRoute)
