"""Signing entries for officials who sit at a browser.

* An official's key is opened with the password that was just typed, signs once, and is forgotten.
* What two officials must sign is a proposal: one begins it, another countersigns it from another account. Neither can
  do both, because an account has one key and one person.
* The proposal is looked at by replay with every signature; when nothing is missing it goes into the log.
"""

import asyncio
from dataclasses import dataclass

from api.accounts.accounts import Accounts
from api.accounts.official_key import open_key
from api.errors import MissingError, SaidError
from api.schemas.answers import ProposalStatus
from api.sequencer.tasks import Position
from api.service import Service
from api.services.proposals import Proposal, read_proposal
from api.services.proposing import add_proposal
from api.store.accounts import Account
from ballots.screen.words import Said
from tally.entries.bodies import TYPES
from tally.entries.build import Draft, build_entry, draft_entry
from tally.entries.reading import Body
from tally.entries.session import SessionCreated
from voting_core.log.merkle import EMPTY_ROOT
from voting_core.params import Tag
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

NO_KEY = Said("您的账户没有签名密钥", "Your account has no signing key")
SIGNED_ALREADY = Said("您已经签过名，须由另一名工作人员会签", "You have signed this; another official countersigns it")


@dataclass(frozen=True, slots=True)
class Signer:
    """An official with the password that was just typed."""

    account: Account
    password: Secret[str]

    def open(self, accounts: Accounts) -> SigningKey:
        """Open the key for one act; takes a fifth of a second.

        Raises:
            SaidError: the password is wrong, the account is locked, or it has no key.
        """
        accounts.check_password(self.account, self.password)
        if not self.account.sealed_key:
            raise SaidError(NO_KEY, status=403)
        return open_key(self.account.sealed_key, self.password)


async def propose(service: Service, signer: Signer, body: Body) -> ProposalStatus:
    """Begin an act that another official countersigns.

    Raises:
        SaidError: the password is wrong.
        StateError: too many proposals wait.
    """
    key = await asyncio.to_thread(signer.open, service.accounts)
    draft = drafted(service, body, key.public)
    signatures = {key.public: key.sign(Tag.ENTRY, draft.message)}
    return await add_proposal(service, read_proposal(Proposal.bytes_of(draft, signatures)))


async def countersign(service: Service, signer: Signer, proposal_id: bytes) -> ProposalStatus:
    """Sign what another official has begun.

    Raises:
        SaidError: the password is wrong, or it was this official who began it.
        MissingError: there is no such proposal any more.
    """
    stored = await asyncio.to_thread(service.reader.proposal, proposal_id)
    if stored is None:
        raise MissingError("there is no such proposal; it may be in the log already, or withdrawn")
    proposal = read_proposal(stored.entry)
    if signer.account.signing_key in proposal.signatures:
        raise SaidError(SIGNED_ALREADY, status=409)
    key = await asyncio.to_thread(signer.open, service.accounts)
    return await add_proposal(service, proposal.signed_by(key.public, key.sign(Tag.ENTRY, proposal.draft.message)))


async def write(service: Service, signer: Signer, body: Body, *others: SigningKey) -> Position:
    """Write an entry that one official signs, with `others` such as a card that is voided.

    Raises:
        SaidError: the password is wrong.
        VerificationError: replay refuses it; nothing was written.
    """
    key = await asyncio.to_thread(signer.open, service.accounts)
    return await write_with(service, key, body, *others)


async def write_with(service: Service, key: SigningKey, body: Body, *others: SigningKey) -> Position:
    """Write an entry with an official's opened key: for several entries after one password."""
    log = service.sequencer.view.log
    raw = build_entry(
        TYPES[type(body)],
        body,
        log.session_id,
        (key, *others),
        time=service.clock.unix(),
        seen=(log.size, log.root),
    )
    return await asyncio.wrap_future(service.sequencer.submit_entry(raw))


def drafted(service: Service, body: Body, author: bytes) -> Draft:
    """An entry over the log as it is, without signatures; `session.created` is over the empty log."""
    log, time = service.sequencer.view.log, service.clock.unix()
    if isinstance(body, SessionCreated):
        return draft_entry(TYPES[type(body)], body, body.session_id, author, time=time, seen=(0, EMPTY_ROOT))
    return draft_entry(TYPES[type(body)], body, log.session_id, author, time=time, seen=(log.size, log.root))
