"""One's own account: password, and where one is signed in."""

import asyncio

from fastapi import Request
from starlette.responses import Response

from api.accounts.roles import DUTIES, Role
from api.cookies import forget_sign_in, sign_in_token
from api.errors import SaidError
from api.pages.render import go_to, page
from api.pages.sign_in import DIFFERENT
from api.policies import Needs, account_of, form_of, page_router
from api.service import service_of
from ballots.screen.words import Said

router = page_router()

People = Needs(*(set(Role) - {Role.HALL}))
"""Everybody but screens, which have no password."""

CHANGED = Said("密码已更改，其他地方已退出登录", "The password is changed; everywhere else you are signed out")


@router.get("/me", dependencies=[People])
async def my_account(request: Request) -> Response:
    """The own account."""
    return await _show(request)


@router.post("/me/password", dependencies=[People])
async def change_password(request: Request) -> Response:
    """Change the own password, and the seal of the signing key with it."""
    form, accounts = form_of(request), service_of(request).accounts
    old, new = form.secret("password"), form.secret("new")
    if new.reveal() != form.secret("again").reveal():
        return await _show(request, error=SaidError(DIFFERENT))
    try:
        await asyncio.to_thread(accounts.change_password, account_of(request), old, new, sign_in_token(request))
    except SaidError as error:
        return await _show(request, error=error)
    return await _show(request, done=CHANGED)


@router.post("/me/sign-out-everywhere", dependencies=[People])
async def sign_out_everywhere(request: Request) -> Response:
    """Sign out everywhere, also here."""
    await asyncio.to_thread(service_of(request).accounts.sign_out_everywhere, account_of(request).id)
    answer = go_to("/sign-in")
    forget_sign_in(request, answer)
    return answer


async def _show(request: Request, *, error: SaidError | None = None, done: Said | None = None) -> Response:
    account = account_of(request)
    places = await asyncio.to_thread(service_of(request).accounts.places)
    return page(
        request,
        "account/me.html",
        status=error.status if error else 200,
        account=account,
        duty=DUTIES[account.role],
        places=places.get(account.id, 0),
        error=error.said if error else None,
        done=done,
    )
