"""Entries that wait for further signatures."""

import asyncio
from typing import Annotated

from fastapi import Path, Request, Response

from api.bodies import body_of, read_body, read_model
from api.errors import MissingError
from api.policies import Desk, Public, SelfAuthenticating, policed_router
from api.schemas.answers import Health, ProposalStatus
from api.schemas.requests import ProposalSignature
from api.service import service_of
from api.services.proposals import described, read_proposal
from api.services.proposing import add_proposal
from api.store.operations import remove_proposal
from voting_core.codec import b64decode, canonical

router = policed_router()

ProposalId = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
_MAX_SIGNATURE_BYTES = 1_000


@router.get("/v1/proposals", dependencies=[Public])
async def list_proposals(request: Request) -> Response:
    """All waiting proposals as a canonical JSON array of `{"draft", "id", "signatures"}`."""
    stored = await asyncio.to_thread(service_of(request).reader.proposals)
    return Response(canonical([described(item.id, item.entry) for item in stored]), media_type="application/json")


@router.post("/v1/proposals", dependencies=[SelfAuthenticating])
async def propose(request: Request) -> ProposalStatus:
    """Leave a draft with the signatures it has so far (canonical bytes)."""
    return await add_proposal(service_of(request), read_proposal(await read_body(request)))


@router.post(
    "/v1/proposals/{proposal_id}/signatures",
    dependencies=[SelfAuthenticating],
    openapi_extra=body_of(ProposalSignature),
)
async def sign(request: Request, proposal_id: ProposalId) -> ProposalStatus:
    """Add a signature; when nothing is missing any more, the entry goes into the log."""
    service = service_of(request)
    body = await read_model(request, ProposalSignature, _MAX_SIGNATURE_BYTES)
    stored = await asyncio.to_thread(service.reader.proposal, bytes.fromhex(proposal_id))
    if stored is None:
        raise MissingError("there is no such proposal; it may be in the log already, or withdrawn")
    signature = b64decode(body.signature, 64, "signature")
    return await add_proposal(service, read_proposal(stored.entry).signed_by(bytes.fromhex(body.key), signature))


@router.delete("/v1/proposals/{proposal_id}", dependencies=[Desk])
async def withdraw(request: Request, proposal_id: ProposalId) -> Health:
    """Take a proposal away that nobody will sign."""
    if not await asyncio.wrap_future(service_of(request).writer.submit(remove_proposal(bytes.fromhex(proposal_id)))):
        raise MissingError("there is no such proposal")
    return Health()
