"""What officials do for the session as a whole: admit one more of them, record who is missing in the key ceremony,
record a consultation, seal, and state that the material is destroyed.
"""

import asyncio
from enum import StrEnum
from typing import Final

from api.accounts.roles import Role
from api.acts.contest_acts import CHOOSE, NOT_NOW, check_official, propose_once
from api.acts.signing import Signer
from api.errors import SaidError
from api.forms import Form
from api.keeping.retention import check_retention_over, kept_until
from api.schemas.answers import ProposalStatus
from api.service import Service
from api.store.accounts import Account
from ballots.screen.words import Said
from tally.course.session import may_seal, missing_of_ceremony
from tally.entries.ceremony import DkgFaulted
from tally.entries.consultations import ConsultationRecorded
from tally.entries.reading import CONTEST_ID, Body
from tally.entries.session import OfficialAdmitted, SessionDestroyed, SessionSealed
from tally.state import State
from voting_core.errors import StateError
from voting_core.params import MAX_BALLOTS, MAX_TEXT

NUMBERS: Final = Said("请填写人数，都是不小于零的整数", "Give the numbers: whole numbers that are not below zero")
SUM: Final = Said(
    "同意、不同意、未答复之和须等于委员和候补委员人数",
    "Agree, disagree and no reply add up to members and alternates",
)
KEPT: Final = Said(
    "保存期到 {day} 才满，期满前不能销毁", "The session is kept until {day}; nothing is destroyed before that"
)
NAME: Final = Said(
    "请填写标题和编号，编号用小写字母、数字和连字符", "Give a title and an id of small letters, digits and hyphens"
)


class SessionDeed(StrEnum):
    """An act about the session."""

    ADMIT = "admit"
    FAULT = "fault"
    CONSULT = "consult"
    SEAL = "seal"
    DESTROY = "destroy"


async def act(service: Service, signer: Signer, deed: SessionDeed, form: Form) -> ProposalStatus:
    """Propose an act about the session; another official countersigns it.

    Raises:
        SaidError: it is not the moment, something was not chosen, it waits already, or the password is wrong.
    """
    state = service.sequencer.view.log
    check_official(state, signer)
    body = await asyncio.to_thread(_body, service, state, deed, form)
    return await propose_once(service, signer, body)


def candidates(service: Service, state: State) -> tuple[Account, ...]:
    """The officials' accounts whose keys the session does not know yet."""
    return tuple(
        account
        for account in service.accounts.all()
        if account.role is Role.OFFICIAL
        and account.signing_key
        and not account.disabled
        and account.signing_key not in state.officials
    )


def _body(service: Service, state: State, deed: SessionDeed, form: Form) -> Body:
    match deed:
        case SessionDeed.ADMIT:
            for account in candidates(service, state):
                if account.id == form.text("account") and state.session is not None and not state.sealed:
                    return OfficialAdmitted(account.signing_key)
            raise SaidError(CHOOSE)
        case SessionDeed.FAULT:
            for index, missing in missing_of_ceremony(state):
                if str(index) == form.text("trustee"):
                    return DkgFaulted(attempt=state.ceremony.attempt, missing=missing, trustee=index)
            raise SaidError(CHOOSE)
        case SessionDeed.CONSULT:
            return _consultation(form)
        case SessionDeed.SEAL:
            if not may_seal(state):
                raise SaidError(NOT_NOW, status=409)
            return SessionSealed()
        case SessionDeed.DESTROY:
            if not state.sealed or state.destroyed:
                raise SaidError(NOT_NOW, status=409)
            _check_kept(service, state)
            return SessionDestroyed()


def _check_kept(service: Service, state: State) -> None:
    try:
        check_retention_over(state, service.clock.unix())
    except StateError:
        raise SaidError(KEPT.filled(day=kept_until(state)), status=409) from None


def _consultation(form: Form) -> ConsultationRecorded:
    title, identity = form.text("title"), form.text("id")
    if not 1 <= len(title) <= MAX_TEXT or not CONTEST_ID.fullmatch(identity):
        raise SaidError(NAME)
    numbers = [_number(form, name) for name in ("members", "alternates", "agree", "disagree", "no_reply")]
    if sum(numbers[:2]) != sum(numbers[2:]) or not numbers[0]:
        raise SaidError(SUM)
    members, alternates, agree, disagree, no_reply = numbers
    return ConsultationRecorded(
        id=identity,
        title_zh=title,
        title_en="",
        members=members,
        alternates=alternates,
        agree=agree,
        disagree=disagree,
        no_reply=no_reply,
    )


def _number(form: Form, name: str) -> int:
    text = form.text(name)
    if not text.isascii() or not text.isdigit() or len(text) > len(str(MAX_BALLOTS)) or int(text) > MAX_BALLOTS:
        raise SaidError(NUMBERS)
    return int(text)
