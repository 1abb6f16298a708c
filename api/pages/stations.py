"""Enrolling kiosks and scrutineers' stations: one-time codes, and which stations are known.

The administrator and the officials may do this. It admits nobody to the log: what a station then asks for, two
officials sign; and a station that nobody wants any more is revoked here.
"""

import asyncio
from typing import Final

from fastapi import Request
from starlette.responses import Response

from api.accounts.roles import Role
from api.errors import MissingError, SaidError
from api.pages.render import go_to, page
from api.policies import Needs, form_of, page_router
from api.service import service_of
from api.services import enrolments
from api.services.enrolments import Issued
from api.services.paper import session_paper
from api.store.stations import Station
from ballots.authority_fingerprint import authority_fingerprint_text
from ballots.paper.qr import qr_matrix
from ballots.qr.enrolment import NO_AUTHORITY, StationRole
from ballots.screen.words import Said

router = page_router()

Enrolling = Needs(Role.ADMIN, Role.OFFICIAL)

ROLES: Final = {
    "kiosk": (StationRole.KIOSK, Said("表决终端", "Kiosk")),
    "scrutineer": (StationRole.SCRUTINEER, Said("监票人工作站", "Scrutineer's station")),
}
NAMES: Final = dict(ROLES.values())

_CHOOSE: Final = Said("请选择登记什么", "Choose what is to be enrolled")
_ID_DIGITS: Final = 32


@router.get("/stations", dependencies=[Enrolling])
async def stations_page(request: Request) -> Response:
    """The stations, and a form for a new code."""
    return await _show(request)


@router.post("/stations", dependencies=[Enrolling])
async def issue(request: Request) -> Response:
    """Make a code, and show it this once."""
    form = form_of(request)
    try:
        if form.text("kind") not in ROLES:
            raise SaidError(_CHOOSE)
        role, _ = ROLES[form.text("kind")]
        number = form.text("number") if role is StationRole.SCRUTINEER else "0"
        if not (number.isascii() and number.isdecimal() and len(number) <= 3):
            raise SaidError(enrolments.NUMBER)
        issued = await enrolments.issue(service_of(request), role, form.text("name"), int(number))
    except SaidError as error:
        return await _show(request, error=error)
    return await _show(request, issued=issued)


@router.post("/stations/{station}/revoke", dependencies=[Enrolling])
async def revoke(request: Request, station: str) -> Response:
    """Let a station ask for nothing more."""
    if len(station) != _ID_DIGITS or not set(station) <= set("0123456789abcdef"):
        raise MissingError("there is no such station")
    try:
        await enrolments.revoke(service_of(request), bytes.fromhex(station))
    except SaidError as error:
        return await _show(request, error=error)
    return go_to("/stations")


async def _show(request: Request, *, error: SaidError | None = None, issued: Issued | None = None) -> Response:
    service = service_of(request)
    listed = await enrolments.stations(service)
    now = service.clock.unix()
    authority = enrolments.authority_digest(service)
    paper = await asyncio.to_thread(session_paper, service)
    return page(
        request,
        "stations.html",
        status=error.status if error else 200,
        error=error.said if error else None,
        stations=[(station, _state(station, now)) for station in listed],
        kinds={name: said for name, (_, said) in ROLES.items()},
        names=NAMES,
        issued=issued,
        typed=issued.typed.reveal() if issued is not None else "",
        digits=_in_fours(issued.digits.reveal()) if issued is not None else "",
        matrix=qr_matrix(issued.digits.reveal()) if issued is not None else None,
        minutes=enrolments.CODE_SECONDS // 60,
        authority="" if authority == NO_AUTHORITY else authority_fingerprint_text(authority),
        required=service.settings.enrolment_required,
        paper=paper.said if paper else None,
    )


def _in_fours(digits: str) -> str:
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _state(station: Station, now: int) -> tuple[Said, str]:
    """Where a station stands, with the colour of its tag."""
    if station.revoked:
        return Said("已撤销", "Revoked"), "bad"
    if station.key:
        return Said("已登记，已请求加入", "Enrolled, has asked to enter"), "good"
    if station.token:
        return Said("已登记", "Enrolled"), "good"
    if station.expires <= now:
        return Said("登记码已过期", "Code out of date"), ""
    return Said("等待登记", "Code waits"), "care"
