"""Streams as answers: server-sent events of a page's topics."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Final

from fastapi import Request
from sse_starlette.sse import EventSourceResponse

from api.cookies import sign_in_token
from api.live.hub import Stream, Topic
from api.public_service import public_of

PING_SECONDS: Final = 20
"""A comment so often, so that a connection that is gone is noticed on both sides."""

CHECK_SECONDS: Final = 60.0
"""How often a stream looks whether its sign-in is still good; it does not keep it from idling out."""

CHANGED: Final = b"event: changed\ndata: \n\n"


def changes(request: Request, *topics: Topic) -> EventSourceResponse:
    """An event `changed` whenever something of these topics changed.

    Raises:
        BusyError: too many streams are open.
    """
    return stream(request, frozenset(topics), lambda: CHANGED, first=False)


def stream(
    request: Request, topics: frozenset[Topic], payload: Callable[[], bytes], *, first: bool
) -> EventSourceResponse:
    """The event that `payload` gives after each change, and with `first` one at the beginning.

    The bytes are made once for all streams by whoever gives them; the same bytes are not sent twice in a row unless
    they only say that something changed.

    Raises:
        BusyError: too many streams are open.
    """
    service, address = public_of(request), request.client.host if request.client else ""
    service.live.check(address)
    token = sign_in_token(request)

    async def events() -> AsyncIterator[bytes]:
        async with service.live.stream(topics, address) as open_stream:
            sent = payload() if first else b""
            if first:
                yield sent
            due = _next_check()
            while True:
                changed = await _changed(open_stream, due)
                # By the clock, and not only when it is quiet: while people vote, something changes all the time.
                if asyncio.get_running_loop().time() >= due:
                    if not await asyncio.to_thread(service.accounts.signed_in, token, by_person=False):
                        return
                    due = _next_check()
                found = payload() if changed else sent
                if changed and (found != sent or found is CHANGED):
                    sent = found
                    yield found

    return EventSourceResponse(events(), ping=PING_SECONDS, sep="\n")


def _next_check() -> float:
    return asyncio.get_running_loop().time() + CHECK_SECONDS


async def _changed(open_stream: Stream, until: float) -> bool:
    """Wait for a change; False when there was none until that moment of the loop's clock."""
    try:
        async with asyncio.timeout_at(until):
            await open_stream.wait()
    except TimeoutError:
        return False
    return True
