"""Watching: overview, key ceremony, log; and the stream that says when something changed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from ballots.crockford import fingerprint_text
from ballots.screen.words import Said
from kiosk.station_page.board import may_nobody_be_missing
from kiosk.station_page.log_lines import PER_PAGE
from kiosk.station_page.proposals import body_of, tell_proposal
from kiosk.station_page.station import StationPage
from kiosk.station_page.web import go, page, station_of
from kiosk.trustee_witness import SIGNED_WITH_OTHERS

LOOK_SECONDS: Final = 0.25
"""How often the stream looks whether something changed."""

KEEP_SECONDS: Final = 15.0
"""After this long without news the stream sends a line, so that a lost connection is noticed."""

FAULT_WORDS: Final = {
    "committed": Said("没有按时承诺", "did not commit in time"),
    "revealed": Said("没有按时公开", "did not reveal in time"),
    "confirmed": Said("没有按时确认", "did not confirm in time"),
    "share": Said("发出的份额有误", "sent a bad share"),
    "complaint": Said("对正确的份额提出异议", "disputed a share that was good"),
}

Handler = Callable[[Request], Awaitable[Response]]


def when_open(handler: Handler) -> Handler:
    """Pages of a station that is set up and open; otherwise the way to set-up or passphrase."""

    async def opened(request: Request) -> Response:
        station = station_of(request)
        if station.worker is None:
            return go("/setup" if station.seat is None else "/unlock")
        return await handler(request)

    return opened


def ceremony_values(station: StationPage) -> dict[str, Any]:
    """How far the key ceremony has come, person by person."""
    state = station.snapshot.state
    if state.session is None:
        return {"people": [], "faults": [], "fingerprint": "", "warning": None, "attempt": 1}
    done, ceremony = state.key is not None, state.ceremony
    people = [
        {
            "index": index,
            "name": state.trustees[index].name if index in state.trustees else "",
            "joined": index in state.trustees,
            "committed": done or index in ceremony.committed,
            "revealed": done or index in ceremony.revealed,
            "confirmed": done or index in ceremony.confirmed,
            "mine": index == station.snapshot.index,
        }
        for index in range(1, state.facts.trustees + 1)
    ]
    faults = [
        (fault.attempt, state.trustees[fault.trustee].name, FAULT_WORDS[fault.reason]) for fault in ceremony.faults
    ]
    return {
        "people": people,
        "faults": faults,
        "attempt": ceremony.attempt,
        "fingerprint": fingerprint_text(state.fingerprint) if state.fingerprint else "",
        "warning": may_nobody_be_missing(state.facts.trustees, state.facts.threshold),
    }


def overview_values(station: StationPage) -> dict[str, Any]:
    """What waits, who waits for whom, and the contests."""
    snapshot = station.snapshot
    waiting = [
        (
            tell_proposal(snapshot.state, body_of(item.type, item.draft.value["body"])).said,
            f"/sign/{item.id}" if item.type in SIGNED_WITH_OTHERS else "",
            item.id in snapshot.hindrances,
        )
        for item in snapshot.proposed
    ]
    contests = sorted(snapshot.state.contests.values(), key=lambda contest: contest.contest.slot)
    return {"waiting": waiting, "contests": contests, "notes": snapshot.notes[::-1], **ceremony_values(station)}


def log_values(request: Request) -> dict[str, Any]:
    """One page of the log, the newest first."""
    station = station_of(request)
    size = station.log.size
    typed = request.query_params.get("before", "")
    before = min(int(typed), size) if typed.isdecimal() and len(typed) < len(str(10**9)) else size
    return {
        "lines": station.log.page(station.snapshot.state, before),
        "before": before,
        "size": size,
        "older": max(0, before - PER_PAGE),
        "newer": min(size, before + PER_PAGE),
    }


async def overview(request: Request) -> Response:
    """Where everything stands."""
    return page(request, "overview", around="overview", **overview_values(station_of(request)))


async def ceremony(request: Request) -> Response:
    """The key ceremony."""
    return page(request, "ceremony", around="ceremony", **ceremony_values(station_of(request)))


async def log(request: Request) -> Response:
    """The log in words."""
    return page(request, "log", around="log", **log_values(request))


async def events(request: Request) -> Response:
    """Server-sent events: `changed` whenever the page would look different."""
    return StreamingResponse(
        _changes(station_of(request)), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


async def _changes(station: StationPage) -> AsyncIterator[str]:
    seen, quiet = station.snapshot.number, 0.0
    yield ": here\n\n"
    while not station.closing.is_set():
        await asyncio.sleep(LOOK_SECONDS)
        quiet += LOOK_SECONDS
        number = station.snapshot.number
        if number != seen:
            seen, quiet = number, 0.0
            yield f"event: changed\ndata: {number}\n\n"
        elif quiet >= KEEP_SECONDS:
            quiet = 0.0
            yield ": still here\n\n"


ROUTES: Final = (
    Route("/", when_open(overview)),
    Route("/ceremony", when_open(ceremony)),
    Route("/log", when_open(log)),
    Route("/events", when_open(events)),
)
