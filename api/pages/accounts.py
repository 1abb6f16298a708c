"""The administrator's page: who may work with this server. The administrator has no part in any vote."""

import asyncio
from typing import Final

from fastapi import Request
from starlette.responses import Response

from api.accounts.roles import DUTIES, NAMES, Role
from api.errors import MissingError, SaidError
from api.pages.render import go_to, page
from api.policies import Needs, account_of, form_of, page_router
from api.service import service_of
from ballots.screen.words import Said
from voting_core.secret import Secret

router = page_router()

Administrator = Needs(Role.ADMIN)

_ROLE: Final = Said("请选择角色", "Choose a role")
_SELF: Final = Said("不能停用或重置自己的账户", "You cannot shut or reset your own account")


@router.get("/accounts", dependencies=[Administrator])
async def accounts_page(request: Request) -> Response:
    """All accounts, and a form for a new one."""
    return await _show(request)


@router.post("/accounts", dependencies=[Administrator])
async def create(request: Request) -> Response:
    """Make an account, and show its one-time code this once."""
    form = form_of(request)
    try:
        role = Role(form.text("role")) if form.text("role") in tuple(Role) else None
        if role is None:
            raise SaidError(_ROLE)
        code = await asyncio.to_thread(
            service_of(request).accounts.create, form.text("account"), form.text("name"), role
        )
    except SaidError as error:
        return await _show(request, error=error)
    return await _show(request, code=code, code_for=form.text("account").lower())


@router.post("/accounts/{account}/reset", dependencies=[Administrator])
async def reset(request: Request, account: str) -> Response:
    """Let somebody enrol again; shows the new one-time code this once."""
    await _check_other(request, account)
    code = await asyncio.to_thread(service_of(request).accounts.reset, account)
    return await _show(request, code=code, code_for=account)


@router.post("/accounts/{account}/sign-out", dependencies=[Administrator])
async def sign_out(request: Request, account: str) -> Response:
    """Sign an account out everywhere."""
    await _check_exists(request, account)
    await asyncio.to_thread(service_of(request).accounts.sign_out_everywhere, account)
    return go_to("/accounts")


@router.post("/accounts/{account}/shut", dependencies=[Administrator])
async def shut(request: Request, account: str) -> Response:
    """Shut an account, or open it again."""
    await _check_other(request, account)
    disabled = form_of(request).text("disabled") == "yes"
    await asyncio.to_thread(lambda: service_of(request).accounts.set_disabled(account, disabled=disabled))
    return go_to("/accounts")


async def _check_exists(request: Request, account: str) -> None:
    if await asyncio.to_thread(service_of(request).accounts.find, account) is None:
        raise MissingError("there is no such account")


async def _check_other(request: Request, account: str) -> None:
    await _check_exists(request, account)
    if account == account_of(request).id:
        raise SaidError(_SELF)


async def _show(
    request: Request, *, error: SaidError | None = None, code: Secret[str] | None = None, code_for: str = ""
) -> Response:
    accounts = service_of(request).accounts
    listed, places = await asyncio.to_thread(accounts.all), await asyncio.to_thread(accounts.places)
    return page(
        request,
        "admin/accounts.html",
        status=error.status if error else 200,
        accounts=listed,
        places=places,
        names=NAMES,
        duties=DUTIES,
        roles=tuple(Role),
        me=account_of(request).id,
        error=error.said if error else None,
        code=code.reveal() if code is not None else None,
        code_for=code_for,
        address=str(request.base_url).rstrip("/"),
    )
