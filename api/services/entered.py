"""Proposals that are in the log already: what a station asks for again because the answer was lost.

A proposal leaves the waiting list in the moment it is complete, and its entry has other bytes than the proposal. So the
newest entries are looked through for the draft. Only the newest: a lost answer is asked for again within seconds.
"""

import hashlib
from typing import Final

from api.schemas.answers import ProposalStatus
from api.service import Service
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
            entry = decode_entry(raw)
            return ProposalStatus(
                id=proposal_id.hex(),
                type=entry.type.value,
                signers=sorted(item.key.hex() for item in entry.signatures),
                status="accepted",
                index=index,
            )
    return None


def _draft_id(raw: bytes) -> bytes:
    """The id that the proposal of an entry of the log had."""
    value = parse_canonical(raw, "entry", MAX_ENTRY_BYTES)
    if not isinstance(value, dict):
        raise FatalError("the log holds an entry that is not an object")
    return hashlib.sha256(canonical({key: item for key, item in value.items() if key != "signatures"})).digest()
