"""Creating the session: one official proposes, another looks at the same facts and countersigns."""

import asyncio
from typing import Final

from fastapi import Request
from starlette.responses import Response

from api.acts.signing import Signer
from api.errors import SaidError
from api.pages.render import go_to
from api.pages.setup_draft import WHERE, Official, draft_of, setup_page
from api.policies import account_of, form_of, page_router
from api.service import service_of
from api.services.counting_accounts import clashing_accounts
from api.services.creation import (
    countersign_session,
    describes,
    partners_of,
    propose_session,
    waiting_creations,
    withdraw_session,
)
from ballots.screen.words import Said
from tally.drafting.readiness import Mark, checklist

router = page_router()

_NO_PROPOSAL: Final = Said(
    "没有这份提议，可能已经写入日志或撤回", "There is no such proposal; it may be done, or withdrawn"
)


@router.get("/setup/create", dependencies=[Official])
async def create_page(request: Request) -> Response:
    """What would be created, and what waits for a second signature."""
    return await _show(request)


@router.post("/setup/create", dependencies=[Official])
async def propose(request: Request) -> Response:
    """Propose the session of the draft."""
    form = form_of(request)
    signer = Signer(account_of(request), form.secret("password"))
    try:
        await propose_session(service_of(request), signer, form.text("partner"))
    except SaidError as error:
        return await _show(request, error)
    return go_to("/setup/create")


@router.post("/setup/create/{proposal_id}/countersign", dependencies=[Official])
async def countersign(request: Request, proposal_id: str) -> Response:
    """Countersign a proposed session."""
    signer = Signer(account_of(request), form_of(request).secret("password"))
    try:
        await countersign_session(service_of(request), signer, _id(proposal_id))
    except SaidError as error:
        return await _show(request, error)
    return go_to("/setup/create")


@router.post("/setup/create/{proposal_id}/withdraw", dependencies=[Official])
async def withdraw(request: Request, proposal_id: str) -> Response:
    """Take a proposed session back."""
    await withdraw_session(service_of(request), account_of(request), _id(proposal_id))
    return go_to("/setup/create")


def _id(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise SaidError(_NO_PROPOSAL, status=404) from None


async def _show(request: Request, error: SaidError | None = None) -> Response:
    service, account = service_of(request), account_of(request)
    draft = await draft_of(request)
    items = await asyncio.to_thread(checklist, draft.found, rehearsal=service.settings.simulated)
    plan = draft.plan
    names = {one.signing_key: one.name for one in await asyncio.to_thread(service.accounts.all) if one.signing_key}
    waiting = await asyncio.to_thread(waiting_creations, service)
    shown = setup_page(
        request,
        "create.html",
        draft,
        error=error.said if error else None,
        plan=plan,
        missing=[item for item in items if item.mark is Mark.MISSING],
        clashes=await asyncio.to_thread(clashing_accounts, service, plan),
        where=WHERE,
        partners=await asyncio.to_thread(partners_of, service, account),
        waiting=[(one, describes(one.body, plan)) for one in waiting],
        names=names,
        me=account.signing_key,
        session=service.sequencer.view.log.session,
        chosen=form_of(request).text("partner") if error else "",
    )
    if error is not None:
        shown.status_code = error.status
    return shown
