"""What kiosks say of their queues while a contest is paused (SPEC §8.9)."""

from fastapi import Request

from api.bodies import read_body
from api.policies import SelfAuthenticating, policed_router
from api.schemas.answers import Health
from api.service import service_of
from api.services.queues import tell
from ballots.queue_statement import MAX_STATEMENT_BYTES

router = policed_router()


@router.post("/v1/queues", dependencies=[SelfAuthenticating])
async def tell_queue(request: Request) -> Health:
    """Keep a kiosk's statement how many ballots of a paused contest wait there. Answers once it is durable."""
    await tell(service_of(request), await read_body(request, MAX_STATEMENT_BYTES))
    return Health()
