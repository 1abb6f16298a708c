"""Looking things up: a ballot by id or code, a card's key, the state of the session."""

from typing import Annotated

from fastapi import Path, Request

from api.policies import Public, policed_router
from api.public_service import public_of
from api.schemas.answers import BallotStatus, CredentialStatus, Status
from api.services.ballot_lookup import look_up
from api.services.status import session_status
from voting_core.params import MAX_SLOTS

router = policed_router()

Hex32 = Annotated[str, Path(pattern="^[0-9a-f]{64}$")]

LONGEST_TYPED = 64
"""Characters of a ballot id; a confirmation code with all its hyphens and spaces is shorter."""


@router.get("/v1/status", dependencies=[Public])
async def status(request: Request) -> Status:
    """The session, the size and root of its log, its fingerprint, and its contests with their numbers."""
    return session_status(public_of(request))


@router.get("/v1/ballots/{ballot}", dependencies=[Public])
async def ballot(request: Request, ballot: Annotated[str, Path(max_length=LONGEST_TYPED)]) -> BallotStatus:
    """Whether a ballot waits or is in the log, by its id or its confirmation code."""
    return look_up(public_of(request).sequencer, ballot)


@router.get("/v1/credentials/{slot}/{key}", dependencies=[Public])
async def credential(request: Request, slot: Annotated[int, Path(ge=0, lt=MAX_SLOTS)], key: Hex32) -> CredentialStatus:
    """Whether a card's key of this slot was issued, voided or used, as far as the log tells.

    Waiting ballots are not told: the keys are public, and whoever asked for all of them every second would see which
    card votes when, which batches keep from the log (SPEC §8.7). A second ballot is refused when it arrives.
    """
    state = public_of(request).sequencer.view.log
    identifier = bytes.fromhex(key)
    issued = state.credentials.get(identifier)
    return CredentialStatus(
        issued=issued is not None and issued.slot == slot,
        voided=identifier in state.voided,
        used=identifier in state.cast_credentials,
        challenges=state.challenges.get(identifier, 0),
    )
