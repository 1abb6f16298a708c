"""Whether the server lives, and whether it takes ballots."""

import asyncio

from fastapi import Request

from api.policies import Public, policed_router
from api.schemas.answers import Health
from api.service import service_of

router = policed_router()


@router.get("/healthz", dependencies=[Public])
async def healthz(request: Request) -> Health:
    """The process answers and its database can be read."""
    await asyncio.to_thread(service_of(request).reader.check)
    return Health()


@router.get("/readyz", dependencies=[Public])
async def readyz(request: Request) -> Health:
    """The server takes ballots and entries; 503 when it has stopped because it no longer knows what is stored."""
    service = service_of(request)
    for fatal in (service.writer.fatal, service.sequencer.fatal):
        if fatal is not None:
            raise fatal
    return Health()
