"""The hashes by which the ceremony binds its messages to each other (SPEC §6.1, §6.2, §6.4, §6.5, §6.7).

Trustees' stations and replay compute them here, from the same state.
"""

from __future__ import annotations

from collections.abc import Iterable

from tally.entries.ceremony import TrusteeJoined
from tally.state import Ceremony, State
from voting_core.codec import canonical
from voting_core.errors import StateError
from voting_core.framing import digest, frames, u64
from voting_core.params import Tag


def roster_hash(session_id: bytes, trustees: Iterable[TrusteeJoined]) -> bytes:
    """Give the hash of all trustees with names and keys (SPEC §6.1)."""
    ordered = sorted(trustees, key=lambda trustee: trustee.index)
    return digest(Tag.ROSTER, session_id, canonical([trustee.to_json() for trustee in ordered]))


def deal_commitment(state: State, dealer: int, commitments: bytes, proof: bytes) -> bytes:
    """Give the commitment of a dealer to the C_{i,*} (one run) and the proof of the running attempt (SPEC §6.2)."""
    attempt = u64(state.ceremony.attempt)
    return digest(Tag.DEAL_COMMITMENT, state.session_id, attempt, state.roster_hash, u64(dealer), commitments, proof)


def share_info(state: State, dealer: int, receiver: int) -> bytes:
    """Give the HPKE `info` of the share that `dealer` seals to `receiver` in the running attempt (SPEC §6.4)."""
    attempt = u64(state.ceremony.attempt)
    return frames(Tag.DEAL_SHARE.raw, state.session_id, attempt, state.roster_hash, u64(dealer), u64(receiver))


def ceremony_transcript(state: State) -> bytes:
    """Give what `dkg.confirmed` is over (SPEC §6.5).

    Raises:
        StateError: not all trustees have revealed.
    """
    ceremony: Ceremony = state.ceremony
    if len(ceremony.revealed) != state.facts.trustees:
        raise StateError(f"{len(ceremony.revealed)} of {state.facts.trustees} trustees have revealed in this attempt")
    committed = [ceremony.committed[index].leaf for index in sorted(ceremony.committed)]
    revealed = [ceremony.revealed[index].leaf for index in sorted(ceremony.revealed)]
    return digest(Tag.CEREMONY, state.session_id, state.roster_hash, u64(ceremony.attempt), *committed, *revealed)


def fingerprint(session_id: bytes, size: int, root: bytes) -> bytes:
    """Give the session fingerprint from size and root of the log through the last confirmation (SPEC §6.7)."""
    return digest(Tag.FINGERPRINT, session_id, u64(size), root)
