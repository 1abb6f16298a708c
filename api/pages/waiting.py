"""待会签: everything that waits for signatures, in plain words."""

import asyncio
from typing import Any

from fastapi import Request
from starlette.responses import Response

from api.acts.waiting import sign_waiting, withdraw
from api.errors import MissingError
from api.pages.acting import Refused, done, note_of, signer_of_form
from api.pages.render import fragment, go_to, page
from api.pages.session import Officials, Readers
from api.policies import account_of, form_of, page_router
from api.service import service_of
from api.services.waiting import waiting_for

router = page_router()

_BACK = ("/waiting", "/session")


@router.get("/waiting", dependencies=[Readers])
async def waiting_page(request: Request) -> Response:
    """The list, what this person can sign first."""
    return page(request, "waiting/page.html", note=note_of(request), error=None, **await _values(request))


@router.get("/waiting/part", dependencies=[Readers])
async def waiting_part(request: Request) -> Response:
    """The list alone."""
    return fragment(request, "waiting/part.html", **await _values(request))


@router.post("/waiting/{proposal_id}/sign", dependencies=[Officials])
async def sign(request: Request, proposal_id: str) -> Response:
    """Add a signature, with the password that was just typed."""
    form = form_of(request)
    work = sign_waiting(
        service_of(request),
        signer_of_form(request),
        _id(proposal_id),
        different=form.text("different") == "yes",
    )
    try:
        word = await done(work)
    except Refused as refused:
        return await _refused(request, refused, proposal_id)
    return go_to(f"{back_to(form.text('back'))}?done={word}")


@router.post("/waiting/{proposal_id}/withdraw", dependencies=[Officials])
async def take_back(request: Request, proposal_id: str) -> Response:
    """Withdraw a proposal."""

    async def work() -> None:
        await withdraw(service_of(request), account_of(request), _id(proposal_id))

    try:
        await done(work())
    except Refused as refused:
        return await _refused(request, refused, proposal_id)
    return go_to(f"{back_to(form_of(request).text('back'))}?done=withdrawn")


def back_to(address: str) -> str:
    """The page from which something was signed; anything unknown becomes the list."""
    parts = address.split("/")
    contest = len(parts) == 3 and parts[:2] == ["", "contests"] and parts[2].replace("-", "").isalnum()
    return address if address in _BACK or contest else _BACK[0]


async def _refused(request: Request, refused: Refused, proposal_id: str) -> Response:
    values = await _values(request)
    clash = proposal_id if refused.clash else ""
    return page(
        request, "waiting/page.html", status=refused.status, note=None, error=refused, **{**values, "clash": clash}
    )


async def _values(request: Request) -> dict[str, Any]:
    service = service_of(request)
    log = service.sequencer.view.log
    listed = await asyncio.to_thread(waiting_for, service, account_of(request))
    return {"listed": listed, "contests": set(log.contests), "clash": "", "back": "/waiting"}


def _id(text: str) -> bytes:
    try:
        found = bytes.fromhex(text)
    except ValueError:
        found = b""
    if len(found) != 32:
        raise MissingError("there is no such proposal")
    return found
