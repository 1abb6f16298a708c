"""What kiosks ask before they print."""

import asyncio

from fastapi import Request

from api.policies import Public, policed_router
from api.schemas.answers import Paper
from api.service import service_of
from api.services.paper import session_paper

router = policed_router()


@router.get("/v1/paper", dependencies=[Public])
async def paper(request: Request) -> Paper:
    """Whether the kiosks of this session print ballots. `use` is empty where the server has no draft of the session."""
    setting = await asyncio.to_thread(session_paper, service_of(request))
    if setting is None:
        return Paper(use="", evaluations=False)
    return Paper(use=setting.use.value, evaluations=setting.evaluations)
