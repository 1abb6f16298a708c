"""Whether the server lives, and whether it takes ballots."""

import asyncio
import sqlite3

from fastapi import Request

from api.policies import Public, policed_router
from api.schemas.answers import Health
from api.service import service_of
from api.store.failures import NOT_WRITTEN, StorageError

router = policed_router()


@router.get("/healthz", dependencies=[Public])
async def healthz(request: Request) -> Health:
    """The process answers and its database can be read."""
    try:
        await asyncio.to_thread(service_of(request).reader.check)
    except sqlite3.Error as error:
        raise StorageError(NOT_WRITTEN, full=False) from error
    return Health()


@router.get("/readyz", dependencies=[Public])
async def readyz(request: Request) -> Health:
    """The server takes ballots and entries; 503 when it has stopped because it no longer knows what is stored."""
    service = service_of(request)
    for fatal in (service.writer.fatal, service.sequencer.fatal):
        if fatal is not None:
            raise fatal
    return Health()
