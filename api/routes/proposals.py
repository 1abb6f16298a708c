"""Entries that wait for further signatures."""

import asyncio
from typing import Annotated

from fastapi import Header, Path, Request, Response

from api.bodies import body_of, read_body, read_model
from api.errors import MissingError
from api.policies import Desk, Public, SelfAuthenticating, bearer, policed_router
from api.public_service import public_of
from api.schemas.answers import Health, ProposalStatus
from api.schemas.requests import ProposalSignature
from api.service import service_of
from api.services.enrolments import admit, enrolled_keys, is_enrolled, read_token
from api.services.entered import entered
from api.services.proposals import check_signers, described, read_proposal
from api.services.proposing import add_proposal
from api.store.operations import remove_proposal
from voting_core.codec import Fields, JsonObject, b64decode, canonical

router = policed_router()

ProposalId = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
_MAX_SIGNATURE_BYTES = 1_000


@router.get("/v1/proposals", dependencies=[Public])
async def list_proposals(request: Request) -> Response:
    """All waiting proposals as a canonical JSON array of `{"draft", "enrolled", "id", "signatures"}`.

    `enrolled` is false for a kiosk or trustee that asks to enter and has not enrolled (docs/tls.md).
    """
    service = public_of(request)
    stored, keys = await asyncio.to_thread(service.reader.proposals), await enrolled_keys(service)
    rows = [_marked(described(item.id, item.entry), keys) for item in stored]
    return Response(canonical(rows), media_type="application/json")


@router.post("/v1/proposals", dependencies=[SelfAuthenticating])
async def propose(request: Request, authorization: Annotated[str, Header()] = "") -> ProposalStatus:
    """Leave a draft with the signatures it has so far (canonical bytes).

    A station that nobody known to the log has signed for shows the token with which it enrolled.
    """
    service = service_of(request)
    proposal = read_proposal(await read_body(request))
    if (done := await asyncio.to_thread(entered, service, proposal.id)) is not None:
        return done
    if not check_signers(service.sequencer.view.log, proposal):
        await admit(service, proposal, read_token(bearer(authorization)))
    return await add_proposal(service, proposal)


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
        if (done := await asyncio.to_thread(entered, service, bytes.fromhex(proposal_id))) is not None:
            return done
        raise MissingError("there is no such proposal; it may be in the log already, or withdrawn")
    signature = b64decode(body.signature, 64, "signature")
    return await add_proposal(service, read_proposal(stored.entry).signed_by(bytes.fromhex(body.key), signature))


@router.delete("/v1/proposals/{proposal_id}", dependencies=[Desk])
async def withdraw(request: Request, proposal_id: ProposalId) -> Health:
    """Take a proposal away that nobody will sign."""
    if not await asyncio.wrap_future(service_of(request).writer.submit(remove_proposal(bytes.fromhex(proposal_id)))):
        raise MissingError("there is no such proposal")
    return Health()


def _marked(row: JsonObject, keys: frozenset[bytes]) -> JsonObject:
    return {**row, "enrolled": is_enrolled(Fields(row, "proposal").object("draft"), keys)}
