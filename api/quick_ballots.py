"""Ballots, taken before any route is looked for: in the last minute before closing nothing else comes so often, and the
framework's own work for a request would be a third of all that the server does for a ballot.

What is done is what the route does (:mod:`api.routes.ballots`), in the same order: the limit of the address, room in
the queue, the body up to its limit, the sequencer.
"""

from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import answer
from api.rates import within_rates
from api.routes.ballots import accept
from api.service import Service
from voting_core.errors import PlenumError

PATH: Final = "/v1/ballots"


class QuickBallots:
    """An application before which ballots are taken, where it is that of a full server."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        service = getattr(scope["app"].state, "service", None)
        if not isinstance(service, Service):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            await within_rates(request)
            response = await accept(service, request)
        except PlenumError as error:
            response = answer(error)
        await response(scope, receive, send)
