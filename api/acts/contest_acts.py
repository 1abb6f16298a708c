"""What officials do in a contest: from the form of a page to the body of an entry.

Every body is computed from the log as it is at this moment; nothing of it comes from the page but the choices that are
the officials' own (a reason, a scope, a decision).
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Final

from api.acts.signing import Signer, propose, write
from api.acts.standing import check_standing
from api.errors import SaidError
from api.forms import Form
from api.schemas.answers import ProposalStatus
from api.service import Service
from api.services.planned import planned_contest
from api.services.queues import queues_of_contest
from api.services.waiting import Waiting, waiting_for
from api.store.operations import remove_proposal
from ballots.screen.words import Said
from tally.course import Deed, course_of, planned_course
from tally.entries.contests import (
    ABANDONED_FOR,
    POSTPONED,
    ContestAbandoned,
    ContestDefined,
    ContestOpened,
    ContestPaused,
    ContestResumed,
)
from tally.entries.outcome import REDUCED_BY, SCOPES, ResultPublished, SeatsReduced
from tally.entries.reading import Body
from tally.entries.sheets import DECISIONS, BoxSettled
from tally.next_vote import Next, next_votes
from tally.next_vote import Proposal as NextVote
from tally.replay.expected import close_body, counted_body, outcome_body
from tally.state import State, Status
from voting_core.codec import canonical

NOT_NOW: Final = Said(
    "现在不能办理这一步，页面已刷新，请看当前步骤", "This cannot be done now; look at the step that is due"
)
CHOOSE: Final = Said("请先选择", "Choose first")
WAITS: Final = Said(
    "这一步已有人发起，正在等待会签", "Somebody has begun this already; it waits for a countersignature"
)
NOT_OFFICIAL: Final = Said(
    "您的签名密钥还没有被接纳为本次会议的工作人员", "Your key is not yet admitted as an official of this session"
)
NO_FOLLOWING: Final = Said("没有这样的后续表决", "There is no such vote that could follow")
PAUSE_FIRST: Final = Said(
    "请先暂停投票：暂停后每台终端报告有没有未送达的选票，然后才能结束",
    "Pause the voting first: then every kiosk says whether ballots wait there, and only then can it be closed",
)
KIOSKS_WAIT: Final = Said(
    "还不能结束：有终端存有未送达的选票，或者暂停后还没有报告（{names}）",
    "It cannot be closed yet: kiosks hold ballots, or have said nothing since the pause ({names})",
)
UNSUITABLE: Final = Said(
    "尚未开始的表决才能缓议；已开始的请选择其他原因", "Only a contest that has not opened is postponed"
)

_Make = Callable[[State, str, Form], Body]


async def act(service: Service, signer: Signer, contest_id: str, deed: Deed, form: Form) -> ProposalStatus | None:
    """Do what an official asks for; None when it is in the log at once, because one signature is enough.

    Raises:
        SaidError: it is not the moment, something was not chosen, it waits already, or the password is wrong.
        PlenumError: what replay or the store says.
    """
    state = service.sequencer.view.log
    check_official(state, signer)
    if deed in (Deed.ADOPT, Deed.DEFINE):
        return await _from_draft(service, signer, contest_id, deed, form)
    state.contest(contest_id)
    if deed not in course_of(state, contest_id).deeds:
        open_still = deed is Deed.CLOSE and state.contest(contest_id).status is Status.OPEN
        raise SaidError(PAUSE_FIRST if open_still else NOT_NOW, status=409)
    if deed is Deed.CLOSE:
        await asyncio.to_thread(check_kiosks, service, state, contest_id)
    body = await asyncio.to_thread(_MAKERS[deed], state, contest_id, form)
    if deed is Deed.COUNT:
        await write(service, signer, body)
        return None
    return await _propose(service, signer, body, form)


def check_official(state: State, signer: Signer) -> None:
    """Refuse an official whose key the session does not know.

    Raises:
        SaidError: it does not.
    """
    if signer.account.signing_key not in state.officials:
        raise SaidError(NOT_OFFICIAL, status=403)


def check_kiosks(service: Service, state: State, contest_id: str) -> None:
    """Refuse to end a contest of which ballots may wait at kiosks. Reads the disk.

    Raises:
        SaidError: a kiosk holds some, or has said nothing since the pause, and is not recorded as lost.
    """
    late = [one.name for one in queues_of_contest(service, state, contest_id) if not one.lets_close]
    if late:
        raise SaidError(KIOSKS_WAIT.filled(names="、".join(late)), status=409)


async def _from_draft(service: Service, signer: Signer, contest_id: str, deed: Deed, form: Form) -> ProposalStatus:
    planned, state = await planned_contest(service, contest_id), service.sequencer.view.log
    if planned.defined or deed not in planned_course(state, planned.contest).deeds:
        raise SaidError(NOT_NOW, status=409)
    return await _propose(service, signer, planned.adoption if deed is Deed.ADOPT else planned.definition, form)


async def _propose(service: Service, signer: Signer, body: Body, form: Form) -> ProposalStatus:
    check_standing(service.sequencer.view.log, body, different=form.text("different") == "yes")
    return await propose_once(service, signer, body)


async def propose_once(service: Service, signer: Signer, body: Body) -> ProposalStatus:
    """Propose what does not wait already; what waits and can never enter the log any more makes room for it.

    Raises:
        SaidError: it waits already, or the password is wrong.
    """
    for waiting in await asyncio.to_thread(waiting_for, service, signer.account):
        if _is_same(waiting, body):
            if not waiting.outdated:
                raise SaidError(WAITS, status=409)
            await asyncio.wrap_future(service.writer.submit(remove_proposal(waiting.id)))
    return await propose(service, signer, body)


def _is_same(waiting: Waiting, body: Body) -> bool:
    """Whether a proposal does the same. A closing is the same whatever its counts are."""
    if type(waiting.body) is not type(body):
        return False
    return (waiting.outdated and waiting.contest == getattr(body, "contest", "")) or (
        # By their bytes: a body that was read has lists where one that was made has tuples.
        canonical(waiting.body.to_json()) == canonical(body.to_json())
    )


def following(state: State, contest_id: str) -> tuple[NextVote, ...]:
    """What may follow a contest whose outcome is declared."""
    return tuple(one for one in next_votes(state) if one.after == contest_id)


def _abandon(state: State, contest: str, form: Form) -> Body:
    reason = _chosen(form, "reason", ABANDONED_FOR)
    if reason == POSTPONED and state.contest(contest).has_opened:
        raise SaidError(UNSUITABLE)
    return ContestAbandoned(contest, reason)


def _settle(state: State, contest: str, form: Form) -> Body:
    held = state.contest(contest)
    box = _chosen(form, "box", held.sheets.over_issue(held.boxes))
    sheet = held.sheets.of_box(box)
    if sheet is None:
        raise SaidError(CHOOSE)
    return BoxSettled(contest, box, sheet.sheet, _chosen(form, "decision", DECISIONS))


def _follow(state: State, contest: str, form: Form) -> Body:
    for one in following(state, contest):
        if one.what.value == form.text("what") and one.contest is not None:
            return ContestDefined(one.contest.to_json())
    raise SaidError(NO_FOLLOWING, status=409)


def _reduce(state: State, contest: str, form: Form) -> Body:
    for one in following(state, contest):
        if one.what is Next.REDUCE_SEATS:
            by = _chosen(form, "by", REDUCED_BY)
            motion = form.text("motion") if by != REDUCED_BY[0] else ""
            return SeatsReduced(contest=contest, seats=one.seats, by=by, motion=motion)
    raise SaidError(NO_FOLLOWING, status=409)


def _chosen(form: Form, name: str, options: tuple[str, ...]) -> str:
    if form.text(name) not in options:
        raise SaidError(CHOOSE)
    return form.text(name)


_MAKERS: Final[Mapping[Deed, _Make]] = {
    Deed.OPEN: lambda _state, contest, _form: ContestOpened(contest),
    Deed.PAUSE: lambda _state, contest, _form: ContestPaused(contest),
    Deed.RESUME: lambda _state, contest, _form: ContestResumed(contest),
    Deed.CLOSE: lambda state, contest, _form: close_body(state, contest),
    Deed.COUNT: lambda state, contest, _form: counted_body(state, contest),
    Deed.DECLARE: lambda state, contest, _form: outcome_body(state, contest),
    Deed.PUBLISH: lambda _state, contest, form: ResultPublished(contest, _chosen(form, "scope", SCOPES)),
    Deed.ABANDON: _abandon,
    Deed.SETTLE: _settle,
    Deed.FOLLOW: _follow,
    Deed.REDUCE: _reduce,
}
