"""A trustee as witness of the log: it cosigns a checkpoint only of a log that it has replayed (SPEC §8.6)."""

from __future__ import annotations

from dataclasses import replace

from tally.state import State
from tally.trustee.keys import TrusteeSecrets
from tally.trustee.memory import TrusteeMemory, check_memory
from voting_core.errors import FatalError, StateError
from voting_core.log.checkpoint import cosign_checkpoint, verify_checkpoint


def cosign(
    secrets: TrusteeSecrets, memory: TrusteeMemory, state: State, note: bytes, time: int
) -> tuple[bytes, TrusteeMemory]:
    """Cosign a checkpoint; gives the signature line and the memory that must be stored before it is sent.

    Raises:
        VerificationError: V3.B, not a checkpoint of this session signed by its log key.
        StateError: it is larger than the replayed log, or smaller than the last one cosigned.
        FatalError: its root is not that of the replayed log: the service shows two logs.
    """
    check_memory(memory, secrets, state)
    checkpoint = verify_checkpoint(note, state.session_id, state.facts.log_key).checkpoint
    if checkpoint.size > state.size:
        raise StateError(
            f"the checkpoint has {checkpoint.size} entries, {state.size} are replayed; fetch the rest first"
        )
    if state.root_at(checkpoint.size) != checkpoint.root:
        raise FatalError(f"the checkpoint of size {checkpoint.size} is not of the log that was replayed")
    if checkpoint.size < memory.witnessed_size:
        raise StateError(f"a checkpoint of size {memory.witnessed_size} was cosigned, a smaller one is not")
    line = cosign_checkpoint(checkpoint, secrets.witness, secrets.index, time)
    return line, replace(memory, witnessed_size=checkpoint.size, witnessed_root=checkpoint.root)
