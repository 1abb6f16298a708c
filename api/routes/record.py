"""The record of the session, to be verified anywhere."""

import asyncio

from fastapi import Request
from fastapi.responses import StreamingResponse

from api.policies import Public, policed_router
from api.service import service_of
from api.services.record import chunks

router = policed_router()


@router.get("/v1/record", dependencies=[Public])
async def record(request: Request) -> StreamingResponse:
    """`record.zip` of the log as it is now."""
    file = await asyncio.to_thread(service_of(request).records.open)
    headers = {"Content-Disposition": 'attachment; filename="record.zip"'}
    return StreamingResponse(chunks(file), media_type="application/zip", headers=headers)
