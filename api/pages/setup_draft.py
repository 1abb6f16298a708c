"""What the pages of the set-up share: the draft they show, and saving an edit of the draft that was looked at."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

from fastapi import Request
from starlette.responses import HTMLResponse, Response

from api.accounts.roles import Role
from api.errors import SaidError
from api.forms import UPLOAD_BYTES
from api.pages.render import go_to, page
from api.pages.setup_words import COLUMNS
from api.policies import Needs, form_of
from api.service import service_of
from api.services.setup import NO_DRAFT, Draft, load_draft, save_draft
from api.store.setup import CHANGED
from ballots.screen.words import Said
from tally.drafting.folder import MAX_ZIP_BYTES
from tally.drafting.problem_words import ProblemWords, words_of
from tally.drafting.session_text import Files
from tally.plan.problems import InputErrors
from voting_core.errors import InputError

Official = Needs(Role.OFFICIAL)
OfficialWithTable = Needs(Role.OFFICIAL, form_bytes=UPLOAD_BYTES)
OfficialWithFolder = Needs(Role.OFFICIAL, form_bytes=MAX_ZIP_BYTES + UPLOAD_BYTES)

TABS: Final = (
    ("/setup", Said("总览", "Overview")),
    ("/setup/session", Said("基本情况", "Facts")),
    ("/setup/tables/roll", Said("名册", "Roll")),
    ("/setup/counting", Said("监票人", "Scrutineers")),
    ("/setup/contests", Said("表决事项", "Contests")),
    ("/setup/create", Said("创建会议", "Create")),
)

WHERE: Final = {
    "overview": "/setup",
    "people": "/setup/tables/roll",
    "scrutineers": "/setup/counting",
    "contests": "/setup/contests",
}
"""The page of each part of the checklist."""

_SHORT: Final = 12
"""Digits of the revision in an address: the page tells that it was saved, as long as nothing else was."""


async def draft_of(request: Request) -> Draft:
    """The draft.

    Raises:
        SaidError: there is none yet.
    """
    draft = await load_draft(service_of(request))
    if draft is None:
        raise SaidError(NO_DRAFT, status=409)
    return draft


async def edit(request: Request, change: Callable[[Files], Files]) -> tuple[ProblemWords, ...]:
    """Change the draft that the form was made for, and save it; gives what is wrong, and changes nothing then.

    Raises:
        SaidError: somebody else has changed the draft, or the log has fixed this.
    """
    draft = await draft_of(request)
    if form_of(request).text("revision") != draft.revision:
        raise SaidError(CHANGED, status=409)
    try:
        files = await asyncio.to_thread(change, draft.files)
    except InputError as error:
        return problems_of(error)
    request.state.saved = await save_draft(service_of(request), draft.revision, files)
    return ()


def saved(request: Request, address: str) -> Response:
    """Lead to a page after an edit; it says that the edit was saved."""
    return go_to(f"{address}?saved={request.state.saved[:_SHORT]}")


def problems_of(error: InputError) -> tuple[ProblemWords, ...]:
    """All problems of an error, for a page."""
    return tuple(words_of(one) for one in (error.problems if isinstance(error, InputErrors) else (error,)))


def ask_again(
    request: Request, draft: Draft, asked: Said, facts: Sequence[tuple[Said, str]], address: str, back: str
) -> HTMLResponse:
    """A page that asks before something is removed: what it is, a form for `address`, and the way back."""
    return setup_page(request, "ask.html", draft, asked=asked, facts=facts, address=address, back=back)


def setup_page(
    request: Request, template: str, draft: Draft | None, *, problems: tuple[ProblemWords, ...] = (), **values: object
) -> HTMLResponse:
    """A page of the set-up, with its tabs; problems make it a refusal."""
    path = request.url.path
    tabs = [(address, said, path == address or path.startswith(f"{address}/")) for address, said in TABS[1:]]
    first, said = TABS[0]
    tabs.insert(0, (first, said, path == first))
    return page(
        request,
        f"setup/{template}",
        status=422 if problems else 200,
        draft=draft,
        revision=draft.revision if draft else "",
        created=service_of(request).sequencer.view.log.session is not None,
        tabs=tabs if draft else (),
        problems=problems,
        column_words=COLUMNS,
        saved=draft is not None and request.query_params.get("saved") == draft.revision[:_SHORT],
        **values,
    )
