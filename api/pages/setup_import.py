"""Importing a table: uploaded, looked at row by row, then taken, or taken without the rows that are refused."""

import asyncio
from typing import Final

from fastapi import Request
from starlette.responses import Response

from api.errors import SaidError
from api.pages.render import go_to
from api.pages.setup_draft import Official, OfficialWithTable, draft_of, edit, problems_of, saved, setup_page
from api.pages.setup_people import title_of
from api.policies import form_of, page_router
from api.service import service_of
from api.services.setup import Draft
from api.store.setup import PendingImport, keep_import, read_import
from ballots.screen.words import Said
from tally.drafting.preview import preview_import
from tally.drafting.problem_words import words_of
from voting_core.errors import InputError

router = page_router()

_NO_FILE: Final = Said("请选择一个 CSV 或 XLSX 文件", "Choose a CSV or XLSX file")
_GONE: Final = Said("上传的表格已被另一份取代，请重新上传", "Another table was uploaded in between; upload yours again")
SHOWN_ROWS: Final = 20
"""Accepted rows that the page shows as a sample; refused ones are all shown."""


@router.post("/setup/tables/{target}/import", dependencies=[OfficialWithTable])
async def upload(request: Request, target: str) -> Response:
    """Keep an uploaded table, to be looked at."""
    file = form_of(request).file("file")
    if file is None or not file.name:
        raise SaidError(_NO_FILE)
    await draft_of(request)
    pending = PendingImport(target, file.name, file.content)
    await asyncio.wrap_future(service_of(request).writer.submit(keep_import(pending)))
    return go_to("/setup/import")


@router.get("/setup/import", dependencies=[Official])
async def preview(request: Request) -> Response:
    """What the uploaded table would bring, and every row that is refused with its reason."""
    draft, pending = await draft_of(request), await _pending(request)
    return await _show(request, draft, pending)


@router.post("/setup/import", dependencies=[Official])
async def take(request: Request) -> Response:
    """Take the table; with `leave_out` without its refused rows."""
    pending, form = await _pending(request), form_of(request)
    if pending.digest != form.text("digest"):
        raise SaidError(_GONE, status=409)
    leave_out = form.text("leave_out") == "yes"

    problems = await edit(
        request,
        lambda files: preview_import(files, pending.target, pending.file_name, pending.content).taken(
            leave_out_refused=leave_out
        ),
    )
    if problems:
        draft = await draft_of(request)
        return setup_page(request, "refused.html", draft, problems=problems, target=pending.target)
    return saved(request, f"/setup/tables/{pending.target}")


async def _pending(request: Request) -> PendingImport:
    pending = await asyncio.to_thread(service_of(request).reader.read, read_import)
    if pending is None:
        raise SaidError(_GONE, status=409)
    return pending


async def _show(request: Request, draft: Draft, pending: PendingImport) -> Response:
    try:
        found = await asyncio.to_thread(preview_import, draft.files, pending.target, pending.file_name, pending.content)
    except InputError as error:
        return setup_page(request, "refused.html", draft, problems=problems_of(error), target="roll")
    return setup_page(
        request,
        "import.html",
        draft,
        target=pending.target,
        title=title_of(draft, pending.target),
        file_name=pending.file_name,
        digest=pending.digest,
        found=found,
        refused=[(row, [words_of(reason) for reason in row.reasons]) for row in found.refused],
        whole=[words_of(problem) for problem in found.whole],
        consequences=[words_of(problem) for problem in found.consequences],
        sample=found.accepted[:SHOWN_ROWS],
    )
