"""The set-up: how it begins, what is there, what is missing, and the facts of the session."""

import asyncio
from typing import Final

from fastapi import Request
from starlette.responses import Response

from api.errors import SaidError
from api.pages.render import go_to
from api.pages.setup_draft import (
    WHERE,
    Official,
    OfficialWithFolder,
    draft_of,
    edit,
    problems_of,
    saved,
    setup_page,
)
from api.pages.setup_words import PAPERS
from api.policies import form_of, page_router
from api.service import Service, service_of
from api.services.counting_accounts import clashing_accounts
from api.services.setup import FIXED_WHOLE, facts_of, feed_desk, load_draft, save_draft
from api.store.setup import CHANGED, revision_of
from ballots.screen.policy import PAGE_HEADERS
from ballots.screen.words import Said
from tally.drafting.folder import folder_of, folder_of_zip, folder_zip
from tally.drafting.problem_words import ProblemWords, words_of
from tally.drafting.readiness import checklist
from tally.drafting.rule_files import rule_files
from tally.drafting.session_edit import SessionFacts, set_session
from tally.drafting.session_text import Files
from tally.drafting.starters import STARTERS, starter_files
from tally.drafting.tables import table_refs
from voting_core.errors import InputError

router = page_router()

_NO_FILE: Final = Said("请选择 session.toml 和各表格，或一个 zip", "Choose session.toml with its tables, or one zip")
_SHOWN_PROBLEMS: Final = 100
"""More problems than these are counted on the page: the first ones are usually the cause of the rest."""


@router.get("/setup", dependencies=[Official])
async def overview(request: Request) -> Response:
    """The checklist and all problems; before there is a draft, the ways to begin."""
    return await _overview(request)


@router.get("/setup/new", dependencies=[Official])
async def new(request: Request) -> Response:
    """The ways to begin again; they replace the draft."""
    draft = await load_draft(service_of(request))
    return setup_page(request, "start.html", draft, starters=STARTERS)


@router.post("/setup/start", dependencies=[Official])
async def start(request: Request) -> Response:
    """Begin with a packaged folder."""
    try:
        files = starter_files(form_of(request).text("starter"))
    except InputError as error:
        return await _start_refused(request, problems_of(error))
    return await _begin(request, files)


@router.post("/setup/upload", dependencies=[OfficialWithFolder])
async def upload(request: Request) -> Response:
    """Begin with an uploaded folder: its files, or a zip of them."""
    uploads = form_of(request).every_file("files")
    if not uploads:
        raise SaidError(_NO_FILE)
    try:
        if len(uploads) == 1 and uploads[0].name.lower().endswith(".zip"):
            files = await asyncio.to_thread(folder_of_zip, uploads[0].content)
        else:
            files = await asyncio.to_thread(folder_of, [(one.name, one.content) for one in uploads])
    except InputError as error:
        return await _start_refused(request, problems_of(error))
    return await _begin(request, files)


@router.get("/setup/export.zip", dependencies=[Official])
async def export(request: Request) -> Response:
    """The draft as a zip of its folder, for another server."""
    draft = await draft_of(request)
    name = draft.plan.info.id or "session"
    headers = {**PAGE_HEADERS, "Content-Disposition": f'attachment; filename="{name}.zip"'}
    return Response(folder_zip(draft.files), media_type="application/zip", headers=headers)


@router.get("/setup/session", dependencies=[Official])
async def session(request: Request) -> Response:
    """The facts of the session as a form."""
    draft = await draft_of(request)
    return setup_page(request, "session.html", draft, facts=facts_of(draft.plan), papers=PAPERS)


@router.post("/setup/session", dependencies=[Official])
async def save_session(request: Request) -> Response:
    """Save the facts."""
    form = form_of(request)
    kind, day, place = (form.text(key) for key in ("kind", "date", "place"))
    paper, evaluations = form.text("paper"), form.text("paper_evaluations") == "yes"
    facts = SessionFacts(form.text("id"), form.text("title"), kind, day, place, paper, evaluations)
    problems = await edit(request, lambda files: set_session(files, facts))
    if problems:
        return setup_page(
            request, "session.html", await draft_of(request), problems=problems, facts=facts, papers=PAPERS
        )
    return saved(request, "/setup")


@router.post("/setup/roll-to-desk", dependencies=[Official])
async def roll_to_desk(request: Request) -> Response:
    """Give the roll of the draft to the check-in once more."""
    await feed_desk(service_of(request))
    return go_to("/setup")


async def _overview(request: Request) -> Response:
    service = service_of(request)
    draft = await load_draft(service)
    if draft is None:
        return setup_page(request, "start.html", None, starters=STARTERS)
    found = draft.found
    clashes = await asyncio.to_thread(clashing_accounts, service, found.plan) if found.plan else ()
    return setup_page(
        request,
        "overview.html",
        draft,
        items=await asyncio.to_thread(checklist, found, rehearsal=service.settings.simulated),
        clashes=clashes,
        where=WHERE,
        wrong=[words_of(problem) for problem in found.problems[:_SHOWN_PROBLEMS]],
        more=max(0, len(found.problems) - _SHOWN_PROBLEMS),
        refs=table_refs(found.files) if found.plan else (),
        rule_names=rule_files(draft.files),
        sizes={name: len(content) for name, content in draft.files.items()},
        people=_people_at_desk(service),
    )


async def _start_refused(request: Request, problems: tuple[ProblemWords, ...]) -> Response:
    draft = await load_draft(service_of(request))
    return setup_page(request, "start.html", draft, problems=problems, starters=STARTERS)


async def _begin(request: Request, files: Files) -> Response:
    service = service_of(request)
    draft = await load_draft(service)
    before = draft.revision if draft else revision_of({})
    # A form made for another draft, or for none, replaces nothing that its sender has not seen.
    if form_of(request).text("revision") != (draft.revision if draft else ""):
        raise SaidError(CHANGED, status=409)
    if service.sequencer.view.log.session is not None and draft is not None:
        raise SaidError(FIXED_WHOLE, status=409)
    await save_draft(service, before, files)
    return go_to("/setup")


def _people_at_desk(service: Service) -> int:
    return service.reader.attendance().should_attend
