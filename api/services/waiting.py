"""What waits for signatures, in words: what it says, who has signed and who has not, whether this person can sign."""

from collections.abc import Iterator
from dataclasses import dataclass

from api.service import Service
from api.services.history import named, people_of
from api.services.proposals import Proposal, read_proposal
from api.store.accounts import Account
from ballots.screen.words import Said
from tally.entries.ceremony import TrusteeJoined
from tally.entries.closing import ContestClosed
from tally.entries.contests import ContestDefined, KioskRegistered
from tally.entries.entry_type import EntryType
from tally.entries.reading import Body
from tally.entries.session import OfficialAdmitted, SessionCreated
from tally.entry_words import Act, Signers, Told, act_of
from tally.entry_words.defining import tell_proposed
from tally.entry_words.hindrance import STUCK, Hindrance, hindrance_of
from tally.state import State
from voting_core.errors import PlenumError

_BY_OFFICIALS = (
    Signers.OFFICIALS,
    Signers.OFFICIALS_AND_NEW,
    Signers.OFFICIALS_AND_TRUSTEE,
    Signers.OFFICIALS_AND_KIOSK,
    Signers.OFFICIALS_AND_QUORUM,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal for people. `contest` is the id of the contest it is about, empty for others.

    `missing` says whose signatures it still needs; `hindrance` what would keep it from the log even with all of them:
    then nobody is asked to sign it.
    """

    id: bytes
    type: EntryType
    body: Body
    act: Act
    told: Told
    contest: str
    signed: tuple[Said, ...]
    missing: tuple[Said, ...]
    can_sign: bool
    can_withdraw: bool
    hindrance: Hindrance | None

    @property
    def outdated(self) -> bool:
        """Whether it can never enter the log any more: it is proposed again where it is still wanted."""
        return self.hindrance is not None and self.hindrance.final


def waiting_for(service: Service, account: Account) -> tuple[Waiting, ...]:
    """All proposals, those that this person can sign first. Reads the disk."""
    state, people = service.sequencer.view.log, people_of(service.accounts)
    found = [described(state, people, proposal, account) for proposal in _proposals(service)]
    return tuple(sorted(found, key=lambda one: (not one.can_sign, one.type.value, _number(one.body), one.id)))


def _number(body: Body) -> int:
    """By what proposals of one type are put in order: the seat of a scrutineer, the place of a contest."""
    slot = body.contest.get("slot") if isinstance(body, ContestDefined) else None
    number = slot if slot is not None else getattr(body, "index", getattr(body, "slot", 0))
    return number if isinstance(number, int) else 0


def described(state: State, people: dict[bytes, str], proposal: Proposal, account: Account) -> Waiting:
    """One proposal for one person."""
    body, type_ = proposal.form.body, proposal.form.type
    missing = tuple(missing_signers(state, proposal))
    hindrance = hindrance_of(state, proposal.form) or _stuck(body, act_of(type_).signers, missing)
    own = account.signing_key
    return Waiting(
        id=proposal.id,
        type=type_,
        body=body,
        act=act_of(type_),
        told=tell_proposed(state, body),
        contest=contest_of(body),
        signed=tuple(_signer(state, people, body, key) for key in _authors_first(proposal)),
        missing=missing,
        can_sign=bool(own) and hindrance is None and may_sign(state, proposal, own),
        can_withdraw=own in state.officials,
        hindrance=hindrance,
    )


def _stuck(body: Body, signers: Signers, missing: tuple[Said, ...]) -> Hindrance | None:
    """Whether it has all signatures and waits nevertheless; what the sequencer is working on may do so."""
    if missing or signers not in _BY_OFFICIALS or isinstance(body, SessionCreated | ContestClosed):
        return None
    return STUCK


def may_sign(state: State, proposal: Proposal, key: bytes) -> bool:
    """Whether the signature of an official's key is one that the entry still needs.

    A third official must not sign what two sign: the entry would carry a signature too many and be refused for ever.
    """
    body = proposal.form.body
    if key in proposal.signatures:
        return False
    if isinstance(body, OfficialAdmitted) and key == body.official:
        return True
    if isinstance(body, SessionCreated):
        # It is countersigned where the draft is beside it.
        return False
    if key not in state.officials or act_of(proposal.form.type).signers not in _BY_OFFICIALS:
        return False
    return _officials(state, proposal) < 2


def missing_signers(state: State, proposal: Proposal) -> Iterator[Said]:
    """Whose signatures a proposal still needs."""
    body, signatures = proposal.form.body, proposal.signatures
    if isinstance(body, SessionCreated):
        left = sum(key not in signatures for key in body.officials)
        if left:
            yield Said(f"{left} 名工作人员", f"{left} more official(s)")
        return
    signers = act_of(proposal.form.type).signers
    if signers in _BY_OFFICIALS and (left := 2 - _officials(state, proposal)) > 0:
        yield Said(f"{left} 名工作人员会签", f"{left} more official(s)")
    match body:
        case OfficialAdmitted() if body.official not in signatures:
            yield Said("新工作人员本人签名", "the new official's own signature")
        case TrusteeJoined() if body.signing_key not in signatures:
            yield Said("监票人本人签名", "the scrutineer's own signature")
        case KioskRegistered() if body.kiosk not in signatures:
            yield Said("终端签名", "the kiosk's signature")
        case _:
            pass
    needed = _trustees_needed(state, body, signers)
    left = needed - sum(state.trustee_index(key) is not None for key in signatures)
    if left > 0:
        yield Said(f"{left} 名监票人在各自工作站签名", f"{left} more scrutineer(s), at their own stations")


def contest_of(body: Body) -> str:
    """The contest that a body is about; empty where it is about none."""
    if isinstance(body, ContestDefined):
        return str(body.contest.get("id", ""))
    return str(getattr(body, "contest", ""))


def _trustees_needed(state: State, body: Body, signers: Signers) -> int:
    if state.session is None:
        return 0
    waived = isinstance(body, ContestDefined) and body.contest.get("waiver") is True
    if waived or signers in (Signers.OFFICIALS_AND_QUORUM, Signers.QUORUM):
        return state.quorum
    return 2 if signers is Signers.TRUSTEES else 0


def _officials(state: State, proposal: Proposal) -> int:
    return sum(key in state.officials for key in proposal.signatures)


def _authors_first(proposal: Proposal) -> list[bytes]:
    return sorted(proposal.signatures, key=lambda key: (key != proposal.draft.author, key))


def _signer(state: State, people: dict[bytes, str], body: Body, key: bytes) -> Said:
    """Whose signature it is; who enters with this very entry is called by the name in it."""
    match body:
        case TrusteeJoined() if key == body.signing_key:
            return Said(body.name, body.name)
        case KioskRegistered() if key == body.kiosk:
            return Said(f"终端 {body.name}", f"kiosk {body.name}")
        case _:
            return named(state, people, key)


def _proposals(service: Service) -> Iterator[Proposal]:
    for stored in service.reader.proposals():
        try:
            yield read_proposal(stored.entry)
        except PlenumError:
            continue
