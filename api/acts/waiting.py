"""Signing and withdrawing what waits, from a page."""

import asyncio
from typing import Final

from api.acts.contest_acts import NOT_OFFICIAL, check_kiosks
from api.acts.signing import Signer, countersign
from api.acts.standing import check_standing
from api.errors import MissingError, SaidError
from api.schemas.answers import ProposalStatus
from api.service import Service
from api.services.planned import planned_contests
from api.services.proposals import Proposal, read_proposal
from api.services.waiting import may_sign
from api.store.accounts import Account
from api.store.operations import remove_proposal
from ballots.screen.words import Said
from tally.entries.closing import ContestClosed
from tally.entry_words.hindrance import hindrance_of

GONE: Final = Said("这一条已经写入日志或被撤回", "It is in the log already, or was withdrawn")
SIGNED: Final = Said("您已经签过名，须由另一名工作人员会签", "You have signed this; another official countersigns it")
NOT_YOURS: Final = Said("这一条不需要您的签名", "This does not need your signature")


async def sign_waiting(service: Service, signer: Signer, proposal_id: bytes, *, different: bool) -> ProposalStatus:
    """Add an official's signature; `different` states that people of one name are different persons.

    Raises:
        SaidError: this official has signed, or has no part in it; the log would refuse it whoever signs it; a
            scrutineer has a candidate's name; ballots may wait at kiosks; the password is wrong.
    """
    proposal = await _find(service, proposal_id)
    state, key = service.sequencer.view.log, signer.account.signing_key
    if key in proposal.signatures:
        raise SaidError(SIGNED, status=409)
    if not may_sign(state, proposal, key):
        raise SaidError(NOT_YOURS if key in state.officials else NOT_OFFICIAL, status=403)
    hindrance = hindrance_of(state, proposal.form)
    if hindrance is not None:
        raise SaidError(
            Said(hindrance.said.zh + hindrance.remedy.zh, f"{hindrance.said.en} {hindrance.remedy.en}"), 409
        )
    if isinstance(proposal.form.body, ContestClosed):
        await asyncio.to_thread(check_kiosks, service, state, proposal.form.body.contest)
    planned = [one.contest for one in await planned_contests(service)]
    check_standing(state, proposal.form.body, different=different, planned=planned)
    try:
        return await countersign(service, signer, proposal_id)
    except MissingError:
        raise SaidError(GONE, status=409) from None


async def withdraw(service: Service, account: Account, proposal_id: bytes) -> None:
    """Take a proposal back; any official of the session may, so that a wrong one does not stay until its author comes.

    Raises:
        SaidError: there is none any more, or this is no official of the session.
    """
    await _find(service, proposal_id)
    if account.signing_key not in service.sequencer.view.log.officials:
        raise SaidError(NOT_OFFICIAL, status=403)
    await asyncio.wrap_future(service.writer.submit(remove_proposal(proposal_id)))


async def _find(service: Service, proposal_id: bytes) -> Proposal:
    stored = await asyncio.to_thread(service.reader.proposal, proposal_id)
    if stored is None:
        raise SaidError(GONE, status=409)
    return read_proposal(stored.entry)
