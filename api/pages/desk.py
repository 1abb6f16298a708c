"""The desk: finding people, checking in, handing out cards, and the numbers of the hall.

No address names a person and no query stands in one: what is typed or scanned travels in forms, so that neither the
browser's history nor a log tells who came when, and a voting card scanned by mistake is nowhere written.
"""

import asyncio
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from starlette.responses import Response

from api.accounts.roles import Role
from api.errors import SaidError
from api.live.events import changes
from api.live.hub import Topic
from api.pages.desk_words import Button, Note, buttons_of, note_of
from api.pages.render import go_to, page
from api.policies import Needs, account_of, form_of, page_router
from api.service import service_of
from api.services.attendance_list import attendance_list
from api.services.desk import FoundAtDesk, note
from api.services.finding import Hit, How, Listed
from api.services.reconciliation import quorums
from api.store.desk_queries import AttendanceCounts, PersonAtDesk, counts_by_delegation, everybody, people_at_desk
from api.store.desk_status import MAX_CARDS_BACK, Act, DeskError
from ballots.screen.words import Said
from voting_core.errors import InputError, StateError

router = page_router()

PRIVATE_FILE: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Disposition": "inline; filename=attendance.pdf",
}
"""A file with names: no cache keeps it."""

Reads = Needs(Role.DESK, Role.OFFICIAL)
Notes = Needs(Role.DESK)

_DIGITS: Final = len(str(MAX_CARDS_BACK))
_CARD_SCANNED: Final = Said(
    "输入太长，不是姓名、编号或代表证。表决卡不要在这里扫描",
    "This is too long for a name, a number or a badge. Never scan a voting card here",
)
_NOBODY: Final = Said("没有找到。请核对后再输入姓名、编号或拼音", "Nobody was found. Type a name, number or pinyin")
_NO_LIST: Final = Said("会议或名册还没有准备好，不能打印名单", "There is no session or no roll yet")
_BAD_FORM: Final = Said("表单不完整，请重新查找此人", "The form is not whole; find the person again")


@dataclass(frozen=True, slots=True)
class Shown:
    """A person on the page, with the acts that fit."""

    found: PersonAtDesk
    shares_name: bool
    buttons: tuple[Button, ...]


@router.get("/desk", dependencies=[Reads])
async def desk(request: Request) -> Response:
    """The search box and the numbers."""
    return await _show(request)


@router.get("/desk/find", dependencies=[Reads])
async def found_before() -> Response:
    """What a browser asks for when the answer to a form is loaded again by its address."""
    return go_to("/desk")


@router.post("/desk/find", dependencies=[Reads])
async def find(request: Request) -> Response:
    """Find whom a query may mean; the query is not shown again."""
    try:
        found, people = await asyncio.to_thread(service_of(request).finder.find, form_of(request).text("who"))
    except InputError:
        return await _show(request, note=Note("bad", _CARD_SCANNED), status=422)
    if not people:
        return await _show(request, note=Note("care", _NOBODY))
    only = found.only
    chosen = [one for one in people if only is None or one.at_desk.person.id == only.number]
    return await _show(request, people=chosen, more=found.total - len(people) if only is None else 0)


@router.get("/desk/note", dependencies=[Reads])
async def noted_before() -> Response:
    """As :func:`found_before`."""
    return go_to("/desk")


@router.post("/desk/note", dependencies=[Notes])
async def note_act(request: Request) -> Response:
    """Note an act, and show the person as they are now. Doing it twice does it once."""
    form = form_of(request)
    delegate, act, seen = form.text("delegate"), form.text("act"), form.text("cards_back")
    if act not in tuple(Act) or not (seen.isascii() and seen.isdigit() and len(seen) <= _DIGITS):
        raise SaidError(_BAD_FORM)
    service = service_of(request)
    try:
        change = await asyncio.wrap_future(note(service.writer, delegate, Act(act), int(seen)))
    except DeskError as error:
        return await _show(request, people=await _person(request, delegate), note=Note("bad", error.said), status=409)
    people = await _person(request, delegate)
    name = people[0].at_desk.person.name if people else delegate
    return await _show(request, people=people, note=note_of(Act(act), change, f"{delegate} {name}"))


@router.get("/desk/attendance", dependencies=[Reads])
async def attendance(request: Request) -> Response:
    """The numbers by delegation, and whether enough people are here."""
    return await _totals_page(request, "desk/attendance.html")


@router.get("/desk/attendance/now", dependencies=[Reads])
async def attendance_now(request: Request) -> Response:
    """The live part of the same page."""
    return await _totals_page(request, "desk/numbers.html")


@router.get("/desk/list.pdf", dependencies=[Reads])
async def attendance_pdf(request: Request) -> Response:
    """The attendance list by delegation, to print."""
    service = service_of(request)
    state = service.sequencer.view.log

    def made() -> bytes:
        return attendance_list(state, service.reader.read(everybody))

    try:
        content = await asyncio.to_thread(made)
    except StateError:
        raise SaidError(_NO_LIST, status=409) from None
    return Response(content, media_type="application/pdf", headers=PRIVATE_FILE)


@router.get("/desk/now", dependencies=[Reads])
async def totals_now(request: Request) -> Response:
    """The live part of the desk's page: the totals alone."""
    return await _totals_page(request, "desk/totals.html")


@router.get("/desk/stream", dependencies=[Reads])
async def numbers_stream(request: Request) -> Response:
    """An event whenever a desk has noted something that changes the numbers; it says nothing of whom or what."""
    return changes(request, Topic.DESK)


async def _person(request: Request, number: str) -> list[FoundAtDesk]:
    found = await asyncio.to_thread(
        service_of(request).reader.read, lambda connection: people_at_desk(connection, [number])
    )
    return [
        FoundAtDesk(Hit(Listed(one.person.id, one.person.name, one.person.delegation), How.NUMBER, False), one)
        for one in found.values()
    ]


async def _show(
    request: Request,
    *,
    people: list[FoundAtDesk] | None = None,
    more: int = 0,
    note: Note | None = None,
    status: int = 200,
) -> Response:
    shown = [
        Shown(
            one.at_desk,
            one.hit.shares_name,
            buttons_of(one.at_desk.status, roll_leave=one.at_desk.person.on_leave),
        )
        for one in people or ()
    ]
    # What is found while somebody types takes the place of what was found before, on the same page.
    part = request.headers.get("x-part") == "people"
    return await _totals_page(
        request,
        "desk/people.html" if part else "desk/desk.html",
        status,
        people=shown,
        more=more,
        note=note,
        notes=account_of(request).role is Role.DESK,
    )


async def _totals_page(request: Request, template: str, status: int = 200, **values: object) -> Response:
    service = service_of(request)
    delegations = await asyncio.to_thread(service.reader.read, counts_by_delegation)
    total = sum((one for _, one in delegations), AttendanceCounts())
    return page(
        request,
        template,
        status=status,
        delegations=delegations,
        total=total,
        quorums=quorums(service.sequencer.view.log, total),
        **values,
    )
