"""Ballots on their way in (SPEC §8.7, §8.8)."""

import asyncio

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from api.bodies import read_body
from api.policies import SelfAuthenticating, policed_router
from api.service import Service, service_of
from ballots.receipt import sign_promise
from voting_core.codec import canonical

router = policed_router()

_ID_OF_ASSISTED = 16


@router.post("/v1/ballots", dependencies=[SelfAuthenticating])
async def submit_ballot(request: Request) -> Response:
    """Accept a `ballot.*` entry (canonical bytes). Answers with the signed promise once the ballot is durable."""
    return await accept(service_of(request), request)


async def accept(service: Service, request: Request) -> Response:
    """What becomes of the body of a request.

    Raises:
        PlenumError: it is refused.
    """
    service.sequencer.check_room()
    receipt = await asyncio.wrap_future(service.sequencer.submit_ballot(await read_body(request)))
    if len(receipt.ballot_id) == _ID_OF_ASSISTED:
        return JSONResponse({"id": receipt.ballot_id.hex()})
    promise = sign_promise(
        ballot=receipt.ballot_id,
        size=receipt.checkpoint_size,
        root=receipt.checkpoint_root,
        session=service.sequencer.view.log.session_id,
        service_key=service.keys.service,
    )
    return Response(canonical(promise.to_json()), media_type="application/json")
