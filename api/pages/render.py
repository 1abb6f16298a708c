"""Answering with a page: its frame, its language, its headers."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.accounts.roles import NAMES
from api.accounts.tokens import csrf_token
from api.cookies import keep_preferences, language_of, sign_in_token, theme_of
from api.pages.navigation import is_at, places_of
from api.public_service import public_of
from api.store.accounts import Account
from ballots.crockford import fingerprint_text
from ballots.screen.pages import Pages
from ballots.screen.policy import PAGE_HEADERS
from ballots.screen.words import Said

PAGES: Final = Pages("api")

_NOBODY: Final = Said("", "")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the navigation."""

    address: str
    said: Said
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page."""

    home: str
    session: str
    fingerprint: str
    rehearsal: bool
    person: str
    role: Said
    links: tuple[Link, ...]
    csrf: str
    language_address: str
    theme: str


def frame_of(request: Request) -> Frame:
    """The frame for whoever asks."""
    service, account = public_of(request), _account(request)
    log = service.sequencer.view.log
    path = request.url.path
    return Frame(
        home="/",
        session=log.session.title if log.session else "",
        fingerprint=fingerprint_text(log.fingerprint) if log.fingerprint else "",
        rehearsal=service.settings.simulated,
        person=account.name if account else "",
        role=NAMES[account.role] if account else _NOBODY,
        links=tuple(
            Link(place.address, place.said, is_at(place, path))
            for place in (places_of(account.role) if account else ())
        ),
        csrf=csrf_token(sign_in_token(request)) if account else "",
        language_address=_in_other_language(request),
        theme=theme_of(request),
    )


def page(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """The page of a template, in its frame."""
    text = PAGES.render(template, language_of(request), frame=frame_of(request), **values)
    answer = HTMLResponse(text, status_code=status, headers=PAGE_HEADERS)
    keep_preferences(request, answer)
    return answer


def fragment(request: Request, template: str, **values: object) -> HTMLResponse:
    """A part of a page, for :file:`live.js` to put in the place of the part that is shown."""
    text = PAGES.render(template, language_of(request), frame=frame_of(request), **values)
    return HTMLResponse(text, headers=PAGE_HEADERS)


def go_to(address: str) -> Response:
    """Lead the browser to a page after a form was done, so that loading it again does nothing twice."""
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


def _account(request: Request) -> Account | None:
    return getattr(request.state, "account", None)


def _in_other_language(request: Request) -> str:
    """The same page in the other language; empty where the page answers a form and has no address of its own."""
    if request.method != "GET":
        return ""
    query = {**request.query_params, "lang": language_of(request).other.value}
    return f"{request.url.path}?{urlencode(query)}"
