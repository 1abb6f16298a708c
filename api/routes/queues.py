"""What kiosks say of their queues while a contest is paused (SPEC §8.9)."""

import asyncio
from typing import Annotated, Final

from fastapi import Path, Request, Response

from api.bodies import read_body
from api.policies import Public, SelfAuthenticating, policed_router
from api.public_service import public_of
from api.schemas.answers import Health
from api.service import service_of
from api.services.queues import tell
from api.store.queues import read_statements
from ballots.queue_statement import MAX_STATEMENT_BYTES

router = policed_router()

_LONGEST_ID: Final = 32
"""Characters of a contest's id (SPEC §4.1)."""


@router.post("/v1/queues", dependencies=[SelfAuthenticating])
async def tell_queue(request: Request) -> Health:
    """Keep a kiosk's statement how many ballots of a paused contest wait there. Answers once it is durable."""
    await tell(service_of(request), await read_body(request, MAX_STATEMENT_BYTES))
    return Health()


@router.get("/v1/queues/{contest}", dependencies=[Public])
async def queues(request: Request, contest: Annotated[str, Path(max_length=_LONGEST_ID)]) -> Response:
    """The last statement of each kiosk on a contest, as it was signed, one a line: for whoever checks signatures."""
    reader = public_of(request).reader
    raws = await asyncio.to_thread(reader.read, lambda connection: read_statements(connection, contest))
    return Response(b"".join(raw + b"\n" for raw in raws), media_type="application/jsonl")
