"""A station as witness of the log, and as one of several signers."""

import hashlib
from typing import Final

from kiosk.client import Refused, WaitingProposal
from kiosk.drafts import draft, sign
from kiosk.inbox import Request
from kiosk.trustee_desk import TrusteeDesk
from tally.entries.entry_type import EntryType
from tally.entries.reading import Body
from tally.replay import refusal_whoever_signs
from tally.state import State
from tally.trustee.decrypt import destroy
from tally.trustee.witness import cosign
from voting_core.codec import MAX_INTEGER, Fields, canonical
from voting_core.errors import EncodingError, StateError, VerificationError
from voting_core.log.checkpoint import parse_signed_checkpoint

SIGNED_WITH_OTHERS: Final = frozenset(
    {
        EntryType.CONTEST_DEFINED,
        EntryType.CREDENTIALS_ISSUED,
        EntryType.RESERVE_SEALED,
        EntryType.ATTENDANCE_DECLARED,
        EntryType.KIOSK_LOST,
        EntryType.CONTEST_ABANDONED,
        EntryType.COUNT_ENTERED,
        EntryType.PAPER_COMPARED,
    }
)
"""What a scrutineer signs together with others (SPEC §8.4); a contest only where its smallest cell is waived."""

GONE: Final = "missing"
"""The server's word for a proposal that waits no more: another one that says the same has entered the log."""


def witness(desk: TrusteeDesk) -> bool:
    """Cosign the latest checkpoint, if it is of the log that was replayed; tells whether the whole log is cosigned.

    Raises:
        FatalError: the server shows another log than the one that was replayed.
    """
    note = desk.client.checkpoint()
    try:
        signed = parse_signed_checkpoint(note)
    except EncodingError as error:
        raise VerificationError("V3.B", str(error)) from error
    size = signed.checkpoint.size
    if size > desk.state.size:
        return False
    if desk.secrets.index not in {item.index for item in signed.cosignatures}:
        line, memory = cosign(desk.secrets, desk.memory, desk.state, note, desk.machine.clock())
        desk.keep_memory(memory)
        desk.client.cosign(size, line)
    return size == desk.state.size


def approve(desk: TrusteeDesk) -> None:
    """Sign the proposals of others that say what this scrutineer asked for, and those of the types that the station
    may sign by itself.
    """
    if not desk.setup.approve and not desk.asked:
        return
    proposals, mine = desk.client.proposals(), desk.secrets.signing.public
    # What this scrutineer asked for and waits no more has been done; nothing is signed for it ever after.
    desk.asked &= {_matter(proposal) for proposal in proposals if mine in proposal.signatures}
    asked = frozenset(desk.asked)
    for proposal in proposals:
        wanted = _matter(proposal)
        if (proposal.type not in desk.setup.approve and wanted not in asked) or not _is_to_sign(desk, proposal):
            continue
        desk.asked.discard(wanted)
        try:
            _sign(desk, proposal)
        except Refused as refusal:
            if refusal.code != GONE:
                desk.machine.emit("refused", type=proposal.type.value, problem=str(refusal))


def _matter(proposal: WaitingProposal) -> tuple[EntryType, bytes]:
    """Type and canonical body: what it is about, whoever drafted it."""
    return proposal.type, canonical(proposal.draft.value["body"])


def shown_digest(proposal: WaitingProposal) -> bytes:
    """A hash of what signers of a proposal sign, by which a page says which proposal a person has read."""
    return hashlib.sha256(proposal.draft.message).digest()


def sign_shown(desk: TrusteeDesk, proposal_id: str, seen: bytes) -> None:
    """Sign one proposal of others that the scrutineer has read; `seen` is :func:`shown_digest` of what was
    shown.

    Raises:
        StateError: it does not wait any more, says something else, or is no matter of trustees. Nothing is signed.
    """
    for proposal in desk.client.proposals():
        if proposal.id == proposal_id and proposal.type in SIGNED_WITH_OTHERS and _is_to_sign(desk, proposal):
            if shown_digest(proposal) != seen:
                raise StateError("the proposal is not the one that was shown; read it again")
            _sign(desk, proposal)
            return
    raise StateError("this proposal does not wait for your signature any more; look at the log")


def _sign(desk: TrusteeDesk, proposal: WaitingProposal) -> None:
    signing = desk.secrets.signing
    answer = desk.client.sign_proposal(proposal.id, signing.public, sign(proposal.draft, signing))
    desk.machine.emit("approved", type=proposal.type.value, status=answer.get("status"))


def do_request(desk: TrusteeDesk, request: Request) -> None:
    """Sign what another scrutineer has proposed with the same body, or draft it and leave it for the others; or agree
    with officials; or destroy the key.

    Raises:
        Refused, StateError, VerificationError: it cannot be done now.
    """
    if request.body is None:
        entry, secrets = destroy(desk.secrets, desk.state, desk.machine.clock())
        # The share is gone from the disk before anybody is told so. The witness key stays until the log is sealed.
        desk.keep_secrets(secrets)
        desk.send(entry, EntryType.KEY_DESTROYED)
        return
    same = [item for item in desk.client.proposals() if _says(item, request.type, request.body)]
    proposed = [item for item in same if _is_to_sign(desk, item)]
    if request.type is EntryType.CONTEST_ABANDONED and not proposed:
        raise StateError("the officials have not proposed this, or you have signed it; ask them first, then again")
    if proposed:
        _sign_same(desk, proposed)
        return
    if any(_has_asked(desk, item) for item in same):
        # The others have not signed yet: a second draft would only wait beside the first.
        desk.machine.emit("proposed", type=request.type.value, status="waiting")
        return
    # Two scrutineers who ask at the same moment draft one entry each; then each signs the other's, and one suffices.
    desk.asked.add((request.type, canonical(request.body.to_json())))
    signing = desk.secrets.signing
    drafted = draft(desk.state, request.body, signing.public, desk.machine.clock())
    answer = desk.client.propose(drafted, {signing.public: sign(drafted, signing)})
    desk.machine.emit("proposed", type=request.type.value, status=answer.get("status"))


def _sign_same(desk: TrusteeDesk, proposals: list[WaitingProposal]) -> None:
    """Sign proposals that say the same: once one of them has entered the log, the others are gone.

    Raises:
        Refused: none could be signed.
    """
    gone: Refused | None = None
    signed = False
    for proposal in proposals:
        try:
            _sign(desk, proposal)
            signed = True
        except Refused as refusal:
            if refusal.code != GONE:
                raise
            gone = refusal
    if gone is not None and not signed:
        raise gone


def _has_asked(desk: TrusteeDesk, proposal: WaitingProposal) -> bool:
    """Whether this scrutineer has signed a proposal that others can still complete."""
    mine = desk.secrets.signing.public in proposal.signatures
    return mine and refusal_whoever_signs(desk.state, proposal.draft.as_entry()) is None


def _says(proposal: WaitingProposal, type_: EntryType, body: Body) -> bool:
    """Whether a proposal has exactly this body."""
    return proposal.type is type_ and proposal.draft.value["body"] == body.to_json()


def _is_to_sign(desk: TrusteeDesk, proposal: WaitingProposal) -> bool:
    return desk.secrets.signing.public not in proposal.signatures and _is_over(desk.state, proposal)


def _is_over(state: State, proposal: WaitingProposal) -> bool:
    """Whether a draft is of this session and over this log."""
    fields = Fields(proposal.draft.value, "draft")
    seen = fields.fields("seen")
    root = state.roots.get(seen.integer("size", 0, MAX_INTEGER))
    return root == seen.hex("root", 32) and fields.hex("session", 32) == state.id
