"""One page for the whole life of a contest, and the acts of officials in it."""

import asyncio
from typing import Any, Final

from fastapi import Request
from starlette.responses import Response

from api.accounts.roles import Role
from api.acts.contest_acts import act
from api.errors import MissingError
from api.pages.acting import Refused, done, note_of, signer_of_form
from api.pages.render import fragment, go_to, page
from api.pages.session import PLANNED, STATUS, Officials, Readers
from api.policies import Needs, account_of, form_of, page_router
from api.service import service_of
from api.services.contest_page import ContestPage, contest_page, planned_page
from api.services.planned import planned_contest
from ballots.contest import Kind
from ballots.screen.words import Said
from tally.course import Deed, StepKey
from tally.entries.contests import POSTPONED
from tally.entry_words.naming import titled
from tally.entry_words.reasons import ABANDONED, SCOPES, SETTLED
from tally.report.document_words import PRINTED
from tally.report.model import DocumentKind
from tally.report.render_pdf import document_pdf

router = page_router()

Reporters = Needs(Role.OFFICIAL, Role.CHIEF_SCRUTINEER, Role.SCRUTINEER)
"""Who may print a report before it is published."""

MAIN_DEEDS: Final[dict[Deed, Said]] = {
    Deed.ADOPT: Said("发起：采用规则", "Propose: adopt the rules"),
    Deed.DEFINE: Said("发起：确定表决事项", "Propose: define the contest"),
    Deed.OPEN: Said("发起：开始投票", "Propose: open"),
    Deed.PAUSE: Said("发起：暂停投票", "Propose: pause"),
    Deed.RESUME: Said("发起：恢复投票（延长）", "Propose: go on (extend)"),
    Deed.CLOSE: Said("发起：结束投票", "Propose: close"),
    Deed.COUNT: Said("写入票数", "Write the counts"),
    Deed.DECLARE: Said("发起：确认结果", "Propose: declare the outcome"),
}
"""The acts that need nothing but a password, with the words of their buttons."""

GRAVE: Final = (Deed.CLOSE,)

KINDS: Final = {
    Kind.ELECTION: Said("选举", "Election"),
    Kind.TICKET_VOTE: Said("票决", "Ticket vote"),
    Kind.MOTION: Said("表决", "Motion"),
    Kind.EVALUATION: Said("测评", "Evaluation"),
    Kind.ASSESSMENT: Said("考核", "Assessment"),
    Kind.QUESTIONNAIRE: Said("问卷", "Questionnaire"),
}

REDUCED: Final = {
    "presidium": Said("大会主席团决定", "the presidium decides"),
    "electors": Said("半数以上选举人同意（须先有通过的表决）", "half of the electors consent, by a motion that passed"),
}


@router.get("/contests/{contest_id}", dependencies=[Readers])
async def contest(request: Request, contest_id: str) -> Response:
    """The life of one contest."""
    return page(request, "contest/page.html", note=note_of(request), error=None, **await _values(request, contest_id))


@router.get("/contests/{contest_id}/part", dependencies=[Readers])
async def contest_part(request: Request, contest_id: str) -> Response:
    """The part of it that changes."""
    return fragment(request, "contest/part.html", **await _values(request, contest_id))


@router.post("/contests/{contest_id}/acts/{deed}", dependencies=[Officials])
async def contest_act(request: Request, contest_id: str, deed: str) -> Response:
    """Do what an official asks for, or propose it."""
    if deed not in tuple(Deed):
        raise MissingError("there is no such act")
    await _found(request, contest_id)
    work = act(service_of(request), signer_of_form(request), contest_id, Deed(deed), form_of(request))
    try:
        word = await done(work)
    except Refused as refused:
        values = {**await _values(request, contest_id), "clash": deed if refused.clash else ""}
        return page(request, "contest/page.html", status=refused.status, note=None, error=refused, **values)
    return go_to(f"/contests/{contest_id}?done={word}")


@router.get("/contests/{contest_id}/documents/{kind}.pdf", dependencies=[Reporters])
async def document(request: Request, contest_id: str, kind: str) -> Response:
    """A report of a counted contest, for printing and signing by hand."""
    shown = await _found(request, contest_id)
    for one in shown.documents:
        if kind in tuple(DocumentKind) and one.kind is DocumentKind(kind):
            content = await asyncio.to_thread(document_pdf, one)
            headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
            return Response(content, media_type="application/pdf", headers=headers)
    raise MissingError("there is no such report yet")


async def _found(request: Request, contest_id: str) -> ContestPage:
    service, account = service_of(request), account_of(request)
    if contest_id in service.sequencer.view.log.contests:
        return await asyncio.to_thread(contest_page, service, account, contest_id)
    planned = await planned_contest(service, contest_id)
    return await asyncio.to_thread(planned_page, service, account, planned.contest)


async def _values(request: Request, contest_id: str) -> dict[str, Any]:
    shown, account = await _found(request, contest_id), account_of(request)
    state = service_of(request).sequencer.view.log
    waiting_types = {one.type for one in shown.waiting if not one.outdated}
    deeds = shown.course.deeds if account.role is Role.OFFICIAL else frozenset()
    postponed = shown.held is not None and not shown.held.has_opened
    kept = {Deed.CLOSE} if shown.waits_for_kiosks else set()
    return {
        "shown": shown,
        "contest": shown.contest,
        "held": shown.held,
        "title": titled(shown.contest.title.zh, shown.contest.title.en),
        "stands": STATUS[shown.held.status] if shown.held else PLANNED,
        "kind": KINDS[shown.contest.kind],
        "deeds": deeds,
        "main": [deed for deed in MAIN_DEEDS if deed in deeds - kept and not waiting_types & set(_types(deed, shown))],
        "words": MAIN_DEEDS,
        "printed": PRINTED,
        "grave": GRAVE,
        "signs": account.signing_key in state.officials,
        "scopes": SCOPES,
        "reasons": {key: said for key, said in ABANDONED.items() if postponed or key != POSTPONED},
        "settled": SETTLED,
        "reduced": REDUCED,
        "prints": account.role in (Role.OFFICIAL, Role.CHIEF_SCRUTINEER, Role.SCRUTINEER),
        "sees_result": account.role is not Role.OBSERVER or (shown.held is not None and bool(shown.held.scope)),
        "clash": "",
        "back": f"/contests/{contest_id}",
        "part": f"/contests/{contest_id}/part",
    }


def _types(deed: Deed, shown: ContestPage) -> tuple[Any, ...]:
    """The types whose waiting proposals stand in the place of a deed's button."""
    key = {
        Deed.ADOPT: StepKey.RULES,
        Deed.DEFINE: StepKey.DEFINE,
        Deed.OPEN: StepKey.OPEN,
        Deed.DECLARE: StepKey.OUTCOME,
    }.get(deed)
    step = next((one.step for one in shown.steps if one.step.key is key), None)
    return step.types if step else ()
