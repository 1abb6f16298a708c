"""Adding signatures to what waits for them, until it is complete and goes into the log."""

import asyncio
from typing import Literal

from api.schemas.answers import ProposalStatus
from api.service import Service
from api.services.entered import entered, overtaken
from api.services.proposals import Proposal, check_not_too_many, check_signers, read_proposal
from api.store.operations import Draft, put_proposal, remove_proposals
from tally.replay import prepare
from voting_core.errors import PlenumError


async def add_proposal(service: Service, proposal: Proposal) -> ProposalStatus:
    """Store a proposal or its new signatures; a complete one goes into the log and waits no more.

    A signature may arrive while another one completes the entry: then it brings back to the waiting list what has just
    left it. That is noticed here, for nobody could ever complete it again. Neither could anybody complete another one
    that says the same: it leaves the list together with the first.

    Raises:
        StateError: somebody signed who has no part in it, a signature is one too many, or too many proposals wait.
        StorageError: nothing was stored.
    """
    known = check_signers(service.sequencer.view.log, proposal)

    def merge(stored: bytes | None) -> Draft:
        merged = proposal.merged_with(stored)
        check_not_too_many(service.sequencer.view.log, merged)
        return Draft(merged.to_bytes(), known, frozenset(merged.signatures))

    stored = await asyncio.wrap_future(service.writer.submit(put_proposal(proposal.id, merge)))
    status = await _completed(service, read_proposal(stored.entry))
    if status.status == "waiting":
        done = await asyncio.to_thread(_entered, service, proposal)
        status = status if done is None else done
    if status.status == "accepted":
        spent = await asyncio.to_thread(_spent, service, proposal)
        await asyncio.wrap_future(service.writer.submit(remove_proposals(spent)))
    return status


def _entered(service: Service, proposal: Proposal) -> ProposalStatus | None:
    return entered(service, proposal.id) or overtaken(service, proposal)


def _spent(service: Service, proposal: Proposal) -> tuple[bytes, ...]:
    """The ids of a proposal that has entered, and of those that say the same and were drafted before it did."""
    found = [proposal.id]
    for row in service.reader.proposals():
        try:
            other = read_proposal(row.entry)
        except PlenumError:
            continue
        if proposal.says_the_same(other.form) and overtaken(service, other) is not None:
            found.append(other.id)
    return tuple(found)


async def _completed(service: Service, merged: Proposal) -> ProposalStatus:
    """Put a proposal into the log if it is complete."""
    raw = merged.entry()
    if raw is None:
        return _status(merged, "waiting", missing="the author has not signed")
    try:
        # Whether it is complete is replay's to say; what it misses is told and stays a proposal.
        await asyncio.to_thread(prepare, service.sequencer.view.log, raw)
        position = await asyncio.wrap_future(service.sequencer.submit_entry(raw))
    except PlenumError as error:
        return _status(merged, "waiting", missing=str(error))
    return _status(merged, "accepted", index=position.index)


def _status(
    proposal: Proposal, status: Literal["waiting", "accepted"], *, missing: str = "", index: int | None = None
) -> ProposalStatus:
    return ProposalStatus(
        id=proposal.id.hex(),
        type=proposal.form.type.value,
        signers=[key.hex() for key in sorted(proposal.signatures)],
        status=status,
        missing=missing,
        index=index,
    )
