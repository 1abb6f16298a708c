"""All entries but ballots on their way in."""

import asyncio

from fastapi import Request

from api.bodies import read_body
from api.policies import SelfAuthenticating, policed_router
from api.schemas.answers import Placed
from api.service import service_of

router = policed_router()


@router.post("/v1/entries", dependencies=[SelfAuthenticating])
async def submit_entry(request: Request) -> Placed:
    """Put a complete entry (canonical bytes) into the log. Answers once it is durable; sending it again is safe."""
    position = await asyncio.wrap_future(service_of(request).sequencer.submit_entry(await read_body(request)))
    return Placed(index=position.index, size=position.size, root=position.root.hex())
