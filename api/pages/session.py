"""The overview of the session: its scrutineers and their key, its kiosks, its contests, and how it ends."""

import asyncio
from datetime import UTC, datetime
from typing import Any

from fastapi import Request
from starlette.responses import Response

from api.accounts.roles import Role
from api.acts.session_acts import SessionDeed, act, candidates
from api.errors import MissingError
from api.keeping.retention import kept_until
from api.live.events import changes
from api.live.hub import Topic
from api.pages.acting import Refused, done, note_of, signer_of_form
from api.pages.render import fragment, go_to, page
from api.policies import Needs, account_of, form_of, page_router
from api.service import Service, service_of
from api.services.planned import planned_contests
from api.services.waiting import waiting_for
from ballots.screen.words import Said
from tally.course import course_of, planned_course
from tally.course.session import STAGES, may_seal, missing_of_ceremony, missing_to_seal, next_of_session, seats
from tally.entries.entry_type import EntryType
from tally.entry_words.naming import titled
from tally.entry_words.reasons import MISSING
from tally.state import State, Status

router = page_router()

READERS = (Role.OFFICIAL, Role.CHIEF_SCRUTINEER, Role.SCRUTINEER, Role.OBSERVER)
Readers = Needs(*READERS)
Officials = Needs(Role.OFFICIAL)

STATUS: dict[Status, tuple[Said, str]] = {
    Status.DEFINED: (Said("尚未开始", "Not open yet"), ""),
    Status.OPEN: (Said("正在投票", "Open"), "act"),
    Status.PAUSED: (Said("暂停", "Paused"), "care"),
    Status.CLOSED: (Said("投票结束", "Closed"), "act"),
    Status.COUNTED: (Said("已计票", "Counted"), "act"),
    Status.DECIDED: (Said("已得出结果", "Decided"), "act"),
    Status.PUBLISHED: (Said("已公布", "Published"), "good"),
    Status.ABANDONED: (Said("已中止", "Abandoned"), "bad"),
}
"""The state of a contest in a word, with the colour of its tag."""

PLANNED = (Said("草稿", "Draft"), "")


@router.get("/session", dependencies=[Readers])
async def session_page(request: Request) -> Response:
    """The overview."""
    return page(request, "session/page.html", note=note_of(request), error=None, **await _values(request))


@router.get("/session/part", dependencies=[Readers])
async def session_part(request: Request) -> Response:
    """The part of the overview that changes."""
    return fragment(request, "session/part.html", **await _values(request))


@router.get("/session/stream", dependencies=[Readers])
async def session_stream(request: Request) -> Response:
    """An event whenever the log or what waits for signatures changed."""
    return changes(request, Topic.SESSION, Topic.PROPOSALS)


@router.post("/session/acts/{deed}", dependencies=[Officials])
async def session_act(request: Request, deed: str) -> Response:
    """Propose an act about the session."""
    if deed not in tuple(SessionDeed):
        raise MissingError("there is no such act")
    try:
        word = await done(act(service_of(request), signer_of_form(request), SessionDeed(deed), form_of(request)))
    except Refused as refused:
        values = await _values(request)
        return page(request, "session/page.html", status=refused.status, note=None, error=refused, **values)
    return go_to(f"/session?done={word}")


async def _values(request: Request) -> dict[str, Any]:
    service, account = service_of(request), account_of(request)
    state = service.sequencer.view.log
    waiting = await asyncio.to_thread(waiting_for, service, account)
    official = account.role is Role.OFFICIAL
    return {
        "state": state,
        "facts": state.session,
        "seats": seats(state),
        "stages": STAGES,
        "late": [(index, state.trustees[index].name, MISSING[what]) for index, what in missing_of_ceremony(state)],
        "then": next_of_session(state),
        "quorum": state.quorum if state.session else 0,
        "kiosks": sorted(state.kiosks.values(), key=lambda kiosk: kiosk.name),
        "entering": [one for one in waiting if one.type in (EntryType.TRUSTEE_JOINED, EntryType.KIOSK_REGISTERED)],
        "waiting": len(waiting),
        "to_sign": sum(one.can_sign for one in waiting),
        "contests": [*await asyncio.to_thread(_contests, state), *await _planned(service, state)],
        "officials": official and account.signing_key in state.officials,
        "new_officials": await asyncio.to_thread(candidates, service, state) if official else (),
        "to_seal": tuple(missing_to_seal(state)) if state.session else (),
        "may_seal": may_seal(state),
        "kept_until": kept_until(state) if state.sealed else None,
        "today": datetime.fromtimestamp(service.clock.unix(), UTC).date(),
        "consultations": tuple(state.consultations.values()),
        "back": "/session",
    }


def _contests(state: State) -> list[dict[str, Any]]:
    held = sorted(state.contests.values(), key=lambda one: one.contest.slot)
    found = []
    for one in held:
        course = course_of(state, one.id)
        said, tag = STATUS[one.status]
        found.append(
            {
                "id": one.id,
                "title": titled(one.contest.title.zh, one.contest.title.en),
                "said": said,
                "tag": tag,
                "step": course.now.name if course.now and not state.sealed else course.ended,
                "cast": one.cast if one.has_opened and not one.is_by_hand else None,
            }
        )
    return found


async def _planned(service: Service, state: State) -> list[dict[str, Any]]:
    found = []
    for one in await planned_contests(service):
        course = planned_course(state, one.contest)
        found.append(
            {
                "id": one.contest.id,
                "title": titled(one.contest.title.zh, one.contest.title.en),
                "said": PLANNED[0],
                "tag": PLANNED[1],
                "step": course.now.name if course.now and not state.sealed else None,
                "cast": None,
            }
        )
    return found
