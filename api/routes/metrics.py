"""Counts and latencies for whoever runs the server."""

from fastapi import Request
from fastapi.responses import PlainTextResponse

from api.policies import Operator, policed_router
from api.service import service_of
from api.watching.requests import RequestFigures
from api.watching.server import metrics_of

router = policed_router()

MEDIA_TYPE = "text/plain; version=0.0.4"


@router.get("/metrics", dependencies=[Operator], response_class=PlainTextResponse)
async def metrics(request: Request) -> PlainTextResponse:
    """Counts and latencies in the text form of Prometheus; nothing about a person, a card, a kiosk or an address."""
    figures = request.app.state.requests
    if not isinstance(figures, RequestFigures):
        raise TypeError("the application was made without figures")
    readers = request.app.state.reader_figures
    told = metrics_of(service_of(request), figures, readers() if readers else None)
    return PlainTextResponse(told, media_type=MEDIA_TYPE)
