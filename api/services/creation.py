"""Creating the session: one official proposes what the draft says, another countersigns exactly that.

The body of `session.created` holds the facts of the draft and the keys of both officials and of this server. While it
waits, an edit of the facts makes it useless: what is countersigned must still be what the draft says.
"""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from api.accounts.roles import Role
from api.acts.signing import Signer, countersign, propose
from api.errors import MissingError, SaidError
from api.schemas.answers import ProposalStatus
from api.sequencer.admission import Admission
from api.service import Service
from api.services.counting_accounts import clashing_accounts
from api.services.proposals import read_proposal
from api.services.setup import NO_DRAFT, Draft, feed_desk, load_draft
from api.store.accounts import Account
from api.store.operations import remove_proposal
from ballots.screen.words import Said
from tally.drafting.readiness import may_be_created
from tally.entries.session import SessionCreated
from tally.plan.session_plan import SessionPlan
from voting_core.errors import StateError

THERE_IS_ONE: Final = Said("会议已经创建", "The session is created already")
NOT_READY: Final = Said("准备清单上还有没完成的事项", "The checklist has items that are not done")
NO_PARTNER: Final = Said(
    "请选择另一名已登记签名密钥的工作人员", "Choose another official who has enrolled with a signing key"
)
ANOTHER_DRAFT: Final = Said(
    "提议之后草稿又有改动，请撤回后重新提议",
    "The draft has changed since this was proposed; withdraw and propose it again",
)
NOT_YOURS: Final = Said("这份提议上没有您的名字", "You are not one of the two officials of this proposal")


@dataclass(frozen=True, slots=True)
class WaitingCreation:
    """A session that waits for its second signature."""

    id: bytes
    body: SessionCreated
    signed: frozenset[bytes]


def waiting_creations(service: Service) -> tuple[WaitingCreation, ...]:
    """The proposed sessions, by id."""
    return tuple(_waiting(service))


def partners_of(service: Service, account: Account) -> tuple[Account, ...]:
    """The officials with whom this one can create the session."""
    return tuple(
        other
        for other in service.accounts.all()
        if other.role is Role.OFFICIAL and other.signing_key and not other.disabled and other.id != account.id
    )


def session_body(service: Service, plan: SessionPlan, keys: tuple[bytes, bytes]) -> SessionCreated:
    """What the draft says, with the keys of two officials and of this server, and a new nonce."""
    info = plan.info
    first, second = sorted(keys)
    return SessionCreated(
        title=info.title,
        place=info.place,
        date=info.date,
        kind=info.kind,
        simulated=service.settings.simulated,
        threshold=plan.scrutineers.threshold,
        trustees=len(plan.scrutineers.names),
        officials=(first, second),
        log_key=service.keys.log.public,
        service_key=service.keys.service.public,
        nonce=service.rng.bytes(32),
    )


async def propose_session(service: Service, signer: Signer, partner_id: str) -> ProposalStatus:
    """Propose the session of the draft, for the official `partner_id` to countersign.

    Raises:
        SaidError: there is a session or no finished draft, no such official, or the password is wrong.
    """
    draft = await _ready_draft(service)
    partner = next((one for one in partners_of(service, signer.account) if one.id == partner_id), None)
    if partner is None:
        raise SaidError(NO_PARTNER)
    body = session_body(service, draft.plan, (signer.account.signing_key, partner.signing_key))
    Admission(service.settings, service.keys).check_session(body)
    return await propose(service, signer, body)


async def countersign_session(service: Service, signer: Signer, proposal_id: bytes) -> ProposalStatus:
    """Countersign a proposed session; it is in the log then, and the check-in has its roll.

    Raises:
        SaidError: the draft is not what was proposed, this official has no part in it, or the password is wrong.
        MissingError: there is no such proposal.
    """
    draft = await _ready_draft(service)
    waiting = await asyncio.to_thread(_find, service, proposal_id)
    if signer.account.signing_key not in waiting.body.officials:
        raise SaidError(NOT_YOURS, status=403)
    if not describes(waiting.body, draft.plan):
        raise SaidError(ANOTHER_DRAFT, status=409)
    status = await countersign(service, signer, proposal_id)
    if status.status == "accepted":
        # People may have checked in already under a roll that a program brought; that one stays then, and the page
        # says how many it has.
        with contextlib.suppress(StateError):
            await feed_desk(service)
    return status


async def withdraw_session(service: Service, account: Account, proposal_id: bytes) -> None:
    """Take a proposed session back; either of its two officials may.

    Raises:
        MissingError: there is none.
        SaidError: this official has no part in it.
    """
    waiting = await asyncio.to_thread(_find, service, proposal_id)
    if account.signing_key not in waiting.body.officials:
        raise SaidError(NOT_YOURS, status=403)
    await asyncio.wrap_future(service.writer.submit(remove_proposal(proposal_id)))


def describes(body: SessionCreated, plan: SessionPlan) -> bool:
    """Whether a proposed session is the one of the draft."""
    said = (body.title, body.place, body.date, body.kind, body.threshold, body.trustees)
    info, scrutineers = plan.info, plan.scrutineers
    return said == (info.title, info.place, info.date, info.kind, scrutineers.threshold, len(scrutineers.names))


async def _ready_draft(service: Service) -> Draft:
    if service.sequencer.view.log.session is not None:
        raise SaidError(THERE_IS_ONE, status=409)
    draft = await load_draft(service)
    if draft is None:
        raise SaidError(NO_DRAFT, status=409)
    ready = await asyncio.to_thread(may_be_created, draft.found, rehearsal=service.settings.simulated)
    clashes = await asyncio.to_thread(clashing_accounts, service, draft.plan)
    if not ready or clashes:
        raise SaidError(NOT_READY, status=409)
    return draft


def _find(service: Service, proposal_id: bytes) -> WaitingCreation:
    for waiting in _waiting(service):
        if waiting.id == proposal_id:
            return waiting
    raise MissingError("there is no such proposal; it may be in the log already, or withdrawn")


def _waiting(service: Service) -> Iterator[WaitingCreation]:
    for stored in service.reader.proposals():
        proposal = read_proposal(stored.entry)
        if isinstance(proposal.form.body, SessionCreated):
            yield WaitingCreation(stored.id, proposal.form.body, frozenset(proposal.signatures))
