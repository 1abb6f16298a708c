"""Stations enrol: the authority's certificate, codes for stations, and their use (docs/tls.md)."""

from typing import Annotated

from fastapi import Path, Request, Response

from api.bodies import body_of, read_model
from api.errors import MissingError
from api.policies import Operator, Public, SelfAuthenticating, policed_router
from api.public_service import public_of
from api.schemas.answers import Health
from api.schemas.stations import (
    ROLE_NAMES,
    ROLES,
    Claim,
    EnrolledStation,
    IssuedCode,
    NewStation,
    StationInfo,
    StationState,
)
from api.service import service_of
from api.services import enrolments
from api.store.stations import Station
from ballots.authority_fingerprint import authority_fingerprint_text
from ballots.qr.enrolment import NO_AUTHORITY, read_typed_enrolment_code
from voting_core.secret import Secret

router = policed_router()

StationId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
_MAX_BODY = 2_000
"""Bytes of a body; a name of 100 characters has 600 at most."""


@router.get("/v1/authority", dependencies=[Public])
async def authority(request: Request) -> Response:
    """The certificate (PEM) of the authority behind this server's. Compare its fingerprint before trusting it."""
    certificate = public_of(request).settings.authority
    if certificate is None:
        raise MissingError("this server's certificate file holds no authority; it speaks without TLS, or not with ours")
    return Response(certificate, media_type="application/x-x509-ca-cert")


@router.post("/v1/enrolments", dependencies=[Operator], openapi_extra=body_of(NewStation))
async def issue(request: Request) -> IssuedCode:
    """Make a code for a station. A code that waits for the same station is revoked."""
    body = await read_model(request, NewStation, _MAX_BODY)
    issued = await enrolments.issue(service_of(request), ROLES[body.role], body.name, body.number)
    tls = issued.authority != NO_AUTHORITY
    return IssuedCode(
        id=issued.station.id.hex(),
        code=issued.typed.reveal(),
        digits=issued.digits.reveal(),
        address=issued.address,
        authority=authority_fingerprint_text(issued.authority) if tls else "",
        expires=issued.station.expires,
    )


@router.get("/v1/enrolments", dependencies=[Operator])
async def list_stations(request: Request) -> list[StationInfo]:
    """The stations for which codes were made."""
    service = service_of(request)
    now = service.clock.unix()
    return [_described(station, now) for station in await enrolments.stations(service)]


@router.delete("/v1/enrolments/{station_id}", dependencies=[Operator])
async def revoke(request: Request, station_id: StationId) -> Health:
    """Let a station ask for nothing more; what it has put into the log stays there."""
    await enrolments.revoke(service_of(request), bytes.fromhex(station_id))
    return Health()


@router.post("/v1/enrolments/claims", dependencies=[SelfAuthenticating], openapi_extra=body_of(Claim))
async def claim(request: Request) -> EnrolledStation:
    """Use a code, once: from now on the token stands for the station. Sending the same again is answered the same."""
    service = service_of(request)
    body = await read_model(request, Claim, _MAX_BODY)
    code, token = read_typed_enrolment_code(body.code), Secret(bytes.fromhex(body.token))
    station = await enrolments.claim(service, code, token)
    session = service.sequencer.view.log.id.hex()
    return EnrolledStation(role=ROLE_NAMES[station.role], name=station.name, number=station.number, session=session)


def _described(station: Station, now: int) -> StationInfo:
    return StationInfo(
        id=station.id.hex(),
        role=ROLE_NAMES[station.role],
        name=station.name,
        number=station.number,
        state=_state(station, now),
        expires=station.expires,
        key=station.key.hex(),
    )


def _state(station: Station, now: int) -> StationState:
    if station.revoked:
        return "revoked"
    if station.is_enrolled:
        return "enrolled"
    return "waiting" if station.is_waiting(now) else "expired"
