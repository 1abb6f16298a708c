"""Entries that wait for further signatures: how two people act from two machines.

Somebody drafts an entry, signs it and leaves it here; the others fetch it, look at it and add their signatures. When
replay finds it complete, it goes into the log like any other entry. Proposals are not part of the log and prove
nothing by themselves.

A proposal is canonical JSON: `{"draft": the entry without `signatures`, "signatures": [{"key", "signature"}…]}`, keys
ascending. Its id is the SHA-256 of the draft's canonical bytes, so sending it twice makes one proposal.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tally.entries.build import Draft
from tally.entries.ceremony import TrusteeJoined
from tally.entries.contests import ContestDefined, KioskRegistered
from tally.entries.credentials import CredentialVoided
from tally.entries.entry_type import EntryType
from tally.entries.envelope import Entry
from tally.entries.session import OfficialAdmitted, SessionCreated
from tally.entry_words import Signers, act_of
from tally.state import State
from voting_core.codec import Fields, JsonObject, b64encode, canonical, hex32, parse_canonical
from voting_core.errors import EncodingError, StateError
from voting_core.params import MAX_ENTRY_BYTES, Tag
from voting_core.signing import verify_signature

MAX_SIGNATURES: Final = 47
"""32 officials and 15 trustees."""

_BY_ONE: Final = frozenset(
    {
        EntryType.DKG_COMMITTED,
        EntryType.DKG_REVEALED,
        EntryType.DKG_CONFIRMED,
        EntryType.DKG_COMPLAINED,
        EntryType.KIOSK_REPORTED,
        EntryType.RECORD_VERIFIED,
        EntryType.TALLY_COMMITTED,
        EntryType.TALLY_SHARED,
        EntryType.TALLY_COUNTED,
        EntryType.REPORT_SIGNED,
        EntryType.KEY_DESTROYED,
    }
)

_NO_OFFICIAL: Final = frozenset({Signers.TRUSTEES, Signers.QUORUM})
_WITH_TRUSTEES: Final = frozenset({Signers.TRUSTEES, Signers.QUORUM, Signers.OFFICIALS_AND_QUORUM})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft with its signatures so far, by key. `form` is the draft read as an entry; nobody has signed that one."""

    draft: Draft
    signatures: dict[bytes, bytes]
    form: Entry

    @property
    def id(self) -> bytes:
        """What the proposal is called: the hash of what everybody signs."""
        return hashlib.sha256(self.draft.message).digest()

    def to_bytes(self) -> bytes:
        """Write the proposal."""
        return self.bytes_of(self.draft, self.signatures)

    @staticmethod
    def bytes_of(draft: Draft, signatures: Mapping[bytes, bytes]) -> bytes:
        """A proposal of these parts, as it is sent and stored."""
        rows = [{"key": hex32(key), "signature": b64encode(signatures[key])} for key in sorted(signatures)]
        return canonical({"draft": draft.value, "signatures": rows})

    def entry(self) -> bytes | None:
        """The entry with the signatures that there are; None while the author's is missing."""
        return self.draft.assemble(self.signatures) if self.draft.author in self.signatures else None

    def signed_by(self, key: bytes, signature: bytes) -> "Proposal":
        """The proposal with one more signature.

        Raises:
            VerificationError: V4.A, it does not verify.
            EncodingError: there are too many.
        """
        verify_signature(key, Tag.ENTRY, self.draft.message, signature)
        signatures = {**self.signatures, key: signature}
        if len(signatures) > MAX_SIGNATURES:
            raise EncodingError("signatures", f"are more than {MAX_SIGNATURES}")
        return Proposal(self.draft, signatures, self.form)

    def says_the_same(self, entry: Entry) -> bool:
        """Whether an entry brings about exactly what this would."""
        return (entry.type, entry.body.to_json()) == (self.form.type, self.form.body.to_json())

    def merged_with(self, stored: bytes | None) -> "Proposal":
        """The proposal with the signatures of this one and of the one that is stored."""
        if stored is None:
            return self
        return Proposal(self.draft, {**read_proposal(stored).signatures, **self.signatures}, self.form)


def read_proposal(data: bytes) -> Proposal:
    """Read a proposal and verify its signatures.

    Raises:
        EncodingError: it is not of this form.
        VerificationError: V2.B, the draft is not an entry of its type; V4.A, a signature does not verify.
        StateError: entries of this type are sent as a whole.
    """
    fields = Fields(parse_canonical(data, "proposal", MAX_ENTRY_BYTES), "proposal")
    value = fields.object("draft")
    rows = fields.rows("signatures", max=MAX_SIGNATURES)
    fields.done()
    if "signatures" in value:
        raise EncodingError("proposal.draft", "has signatures of its own; leave that field out")
    form = _form(value)
    if form.type.is_ballot or form.type in _BY_ONE:
        raise StateError(f"an entry of the type {form.type} is signed at one place and sent to the log directly")
    proposal = Proposal(Draft(form.author, value), {}, form)
    for row in rows:
        key, signature = row.hex("key", 32), row.b64("signature", 64)
        row.done()
        if key in proposal.signatures:
            raise EncodingError("proposal.signatures", "hold a key twice")
        proposal = proposal.signed_by(key, signature)
    return proposal


def described(proposal_id: bytes, stored: bytes) -> JsonObject:
    """A stored proposal with its id, as it is listed."""
    fields = Fields(parse_canonical(stored, "proposal", MAX_ENTRY_BYTES), "proposal")
    return {"draft": fields.object("draft"), "id": hex32(proposal_id), "signatures": fields.array("signatures")}


def check_signers(state: State, proposal: Proposal) -> bool:
    """Check that only people sign who may sign an entry of this type; tells whether one of them is known to the log.

    Raises:
        StateError: nobody has signed, or somebody who has no part in it.
    """
    officials, trustees = _signing_keys(state, proposal.form)
    allowed = officials | trustees | _own_keys(proposal.form)
    if not proposal.signatures:
        raise StateError("a proposal carries at least the signature of who makes it")
    for key in proposal.signatures:
        if key not in allowed:
            raise StateError(f"the key {key.hex()[:16]} has no part in an entry of the type {proposal.form.type}")
    return any(key in officials | trustees for key in proposal.signatures)


def check_not_too_many(state: State, proposal: Proposal) -> None:
    """Refuse the signature that is one too many: the entry would carry it, and be refused for ever.

    Raises:
        StateError: there is one.
    """
    signers = act_of(proposal.form.type).signers
    officials, trustees = _signing_keys(state, proposal.form)
    most = 1 if signers is Signers.OFFICIAL_AND_CARD else 2
    if len(officials & proposal.signatures.keys()) > most:
        raise StateError(f"it has the signatures of {most} official(s) already, and needs no more of them")
    if signers is Signers.TRUSTEES and len(trustees & proposal.signatures.keys()) > 2:
        raise StateError("it has the signatures of two trustees already, and needs no more of them")


def _signing_keys(state: State, form: Entry) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """The keys of officials and of trustees, of each those who sign an entry of this type."""
    signers = act_of(form.type).signers
    waived = isinstance(form.body, ContestDefined) and form.body.contest.get("waiver") is True
    officials = frozenset() if signers in _NO_OFFICIAL else frozenset(state.officials)
    trustees = frozenset(trustee.signing_key for trustee in state.trustees.values())
    return officials, trustees if waived or signers in _WITH_TRUSTEES else frozenset()


def _own_keys(form: Entry) -> frozenset[bytes]:
    """The keys that sign because the entry brings them into the log."""
    match form.body:
        case TrusteeJoined():
            return frozenset({form.body.signing_key})
        case KioskRegistered():
            return frozenset({form.body.kiosk})
        case OfficialAdmitted():
            return frozenset({form.body.official})
        case SessionCreated():
            return frozenset(form.body.officials)
        case CredentialVoided():
            return frozenset({form.body.credential})
        case _:
            return frozenset()


def _form(value: JsonObject) -> Entry:
    """Read the draft as an entry."""
    author = Fields({"author": value.get("author", "")}, "proposal.draft").hex("author", 32)
    return Draft(author, value).as_entry()
