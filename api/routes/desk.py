"""The check-in desks: roll, check-ins, totals. Nothing here is joined to a ballot or to a card."""

import asyncio

from fastapi import Request

from api.bodies import body_of, read_model
from api.policies import Desk, policed_router
from api.schemas.answers import AttendanceTotals
from api.schemas.requests import CheckIn, Roll
from api.service import Service, service_of
from api.services.desk import note
from api.settings import MAX_ROLL_BYTES
from api.store.desk_operations import Person, replace_roll
from api.store.desk_status import Act

router = policed_router()

_MAX_CHECKIN_BYTES = 1_000


@router.put("/v1/roll", dependencies=[Desk], openapi_extra=body_of(Roll))
async def put_roll(request: Request) -> AttendanceTotals:
    """Put the roll in place, before anybody has checked in."""
    roll = await read_model(request, Roll, MAX_ROLL_BYTES)
    service = service_of(request)
    work = replace_roll([Person(**person.model_dump()) for person in roll.people])
    await asyncio.wrap_future(service.writer.submit(work, tidy=True))
    return await _totals(service)


@router.post("/v1/checkins", dependencies=[Desk], openapi_extra=body_of(CheckIn))
async def post_checkin(request: Request) -> AttendanceTotals:
    """Note what happened at a desk; answers with the totals."""
    body = await read_model(request, CheckIn, _MAX_CHECKIN_BYTES)
    service = service_of(request)
    await asyncio.wrap_future(note(service.writer, body.delegate, Act(body.action), body.cards_back))
    return await _totals(service)


@router.get("/v1/attendance", dependencies=[Desk])
async def attendance(request: Request) -> AttendanceTotals:
    """How many should attend, are on leave, are present, and have drawn a card."""
    return await _totals(service_of(request))


async def _totals(service: Service) -> AttendanceTotals:
    counts = await asyncio.to_thread(service.reader.attendance)
    return AttendanceTotals(
        should_attend=counts.should_attend,
        on_leave=counts.on_leave,
        present=counts.present,
        cards_drawn=counts.cards_drawn,
    )
