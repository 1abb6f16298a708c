"""Signing in and out, and enrolling with a one-time code."""

import asyncio
from typing import Final

from fastapi import Request
from starlette.responses import Response

from api.accounts.accounts import MAX_NAME
from api.accounts.idle import SIGN_IN_SECONDS
from api.accounts.passwords import MIN_LENGTH
from api.accounts.roles import SIGNING, WITHOUT_SECOND_FACTOR
from api.accounts.second_factor import provisioning_uri, typed_secret
from api.accounts.strangers import for_a_stranger
from api.cookies import forget_sign_in, require_private_connection, set_sign_in, sign_in_token
from api.errors import SaidError
from api.pages.navigation import start_of
from api.pages.render import go_to, page
from api.policies import EVERYBODY_SIGNED_IN, Needs, Public, PublicForm, form_of, page_router
from api.service import service_of
from api.store.accounts import Account
from ballots.paper.qr import qr_bytes_matrix
from ballots.screen.words import Said
from voting_core.secret import Secret

router = page_router()

DIFFERENT: Final = Said("两次输入的密码不一样", "The two passwords are not the same")


@router.get("/", dependencies=[Public])
async def start(request: Request) -> Response:
    """Lead everybody to the page they start on."""
    token = sign_in_token(request)
    account = await asyncio.to_thread(service_of(request).accounts.signed_in, token) if token else None
    return go_to(start_of(account.role) if account else "/sign-in")


@router.get("/sign-in", dependencies=[Public])
async def sign_in_page(request: Request) -> Response:
    """The form for account, password and code."""
    return _sign_in_page(request, _next(request.query_params.get("next", "")))


@router.post("/sign-in", dependencies=[PublicForm])
async def sign_in(request: Request) -> Response:
    """Sign in."""
    require_private_connection(request)
    form, accounts = form_of(request), service_of(request).accounts
    wanted = _next(form.text("next"))
    try:
        token = await for_a_stranger(accounts.sign_in, form.text("account"), form.secret("password"), form.text("code"))
    except SaidError as error:
        return _sign_in_page(request, wanted, error=error, account=form.text("account")[:40])
    answer = go_to(wanted)
    set_sign_in(request, answer, token, SIGN_IN_SECONDS)
    return answer


@router.post("/sign-out", dependencies=[Needs(*EVERYBODY_SIGNED_IN)])
async def sign_out(request: Request) -> Response:
    """Sign out here."""
    await asyncio.to_thread(service_of(request).accounts.sign_out, sign_in_token(request))
    answer = go_to("/sign-in")
    forget_sign_in(request, answer)
    return answer


@router.get("/enrol", dependencies=[Public])
async def enrol_page(request: Request) -> Response:
    """The form for a one-time code."""
    return page(request, "account/enrol.html", error=None, account="")


@router.post("/enrol", dependencies=[PublicForm])
async def enrol(request: Request) -> Response:
    """Take a one-time code and show how to set up the second factor; a hall screen is signed in at once."""
    require_private_connection(request)
    form, accounts = form_of(request), service_of(request).accounts
    account, code = form.text("account"), form.text("code")
    try:
        found, secret = await for_a_stranger(accounts.begin_enrolment, account, code)
        if found.role in WITHOUT_SECOND_FACTOR:
            token = await for_a_stranger(accounts.connect_screen, account, code)
            answer = go_to(start_of(found.role))
            set_sign_in(request, answer, token, SIGN_IN_SECONDS)
            return answer
    except SaidError as error:
        return page(request, "account/enrol.html", status=error.status, error=error.said, account=account[:MAX_NAME])
    return _second_page(request, found, code, secret, None)


@router.post("/enrol/finish", dependencies=[PublicForm])
async def finish_enrolment(request: Request) -> Response:
    """Take the new password and the first code of the app."""
    require_private_connection(request)
    form, accounts = form_of(request), service_of(request).accounts
    account, code = form.text("account"), form.text("code")
    found, secret = await for_a_stranger(accounts.begin_enrolment, account, code)
    if form.secret("password").reveal() != form.secret("again").reveal():
        return _second_page(request, found, code, secret, DIFFERENT)
    try:
        await for_a_stranger(accounts.enrol, account, code, form.secret("password"), form.text("totp"))
    except SaidError as error:
        return _second_page(request, found, code, secret, error.said)
    needed = service_of(request).settings.second_factor
    return page(request, "account/enrolled.html", signs=found.role in SIGNING, needed=needed)


def _second_page(request: Request, account: Account, code: str, secret: Secret[bytes], error: Said | None) -> Response:
    """The page with the second factor's QR code. It is the one place where the secret is shown, to its owner."""
    return page(
        request,
        "account/second_factor.html",
        status=200 if error is None else 422,
        account=account,
        code=code,
        error=error,
        needed=service_of(request).settings.second_factor,
        matrix=qr_bytes_matrix(provisioning_uri(secret, account.id).reveal()),
        typed=typed_secret(secret).reveal(),
        minimum=MIN_LENGTH,
        signs=account.role in SIGNING,
    )


def _sign_in_page(request: Request, wanted: str, *, error: SaidError | None = None, account: str = "") -> Response:
    return page(
        request,
        "account/sign_in.html",
        status=error.status if error else 200,
        wanted=wanted,
        error=error.said if error else None,
        account=account,
        needed=service_of(request).settings.second_factor,
    )


def _next(address: str) -> str:
    """An address of this server to go on to; anything else becomes the start page."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"
