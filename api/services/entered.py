"""Proposals that are in the log already, by themselves or because another one said the same.

A proposal leaves the waiting list in the moment it is complete, and its entry has other bytes than the proposal. So the
newest entries are looked through for the draft. Only the newest: a lost answer is asked for again within seconds.

Two people who ask for the same thing in the same moment make two proposals. When one of them enters the log, the other
has nothing left to bring about, and nobody could complete it: it counts as entered too.
"""

import hashlib
from typing import Final

from api.schemas.answers import ProposalStatus
from api.service import Service
from api.services.proposals import Proposal
from tally.entries.envelope import decode_entry
from voting_core.codec import canonical, parse_canonical
from voting_core.errors import FatalError
from voting_core.params import MAX_ENTRY_BYTES

NEWEST: Final = 128
"""Entries that are looked through; half of a contest's batches do not push an officials' entry out of sight."""

_BALLOT: Final = b'"type":"ballot.'
"""What every ballot ends with; ballots are never proposed, and they are most of the log."""


def entered(service: Service, proposal_id: bytes) -> ProposalStatus | None:
    """The status of a proposal whose entry is among the newest of the log, or None."""
    size = service.sequencer.view.log.size
    start = max(0, size - NEWEST)
    for index, raw in enumerate(service.reader.entries(start, size), start):
        if _BALLOT not in raw and _draft_id(raw) == proposal_id:
            return _accepted(proposal_id, raw, index)
    return None


def overtaken(service: Service, proposal: Proposal) -> ProposalStatus | None:
    """The status of a proposal whose words have entered the log since it was drafted, or None."""
    size = service.sequencer.view.log.size
    drafted = proposal.form.seen.size if proposal.form.seen is not None else 0
    start = max(drafted, size - NEWEST)
    for index, raw in enumerate(service.reader.entries(start, size), start):
        if _BALLOT not in raw and proposal.says_the_same(decode_entry(raw)):
            return _accepted(proposal.id, raw, index)
    return None


def _accepted(proposal_id: bytes, raw: bytes, index: int) -> ProposalStatus:
    entry = decode_entry(raw)
    return ProposalStatus(
        id=proposal_id.hex(),
        type=entry.type.value,
        signers=sorted(item.key.hex() for item in entry.signatures),
        status="accepted",
        index=index,
    )


def _draft_id(raw: bytes) -> bytes:
    """The id that the proposal of an entry of the log had."""
    value = parse_canonical(raw, "entry", MAX_ENTRY_BYTES)
    if not isinstance(value, dict):
        raise FatalError("the log holds an entry that is not an object")
    return hashlib.sha256(canonical({key: item for key, item in value.items() if key != "signatures"})).digest()
