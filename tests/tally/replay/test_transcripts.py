"""The hashes of the ceremony, against the words of SPEC §6."""

import hashlib

import pytest

from tally.entries.envelope import decode_entry
from tally.replay.transcripts import ceremony_transcript, deal_commitment, fingerprint, roster_hash, share_info
from tests.tally.replay.conftest import At
from voting_core.codec import canonical
from voting_core.errors import StateError
from voting_core.framing import frames, u64
from voting_core.log.merkle import leaf_hash


def test_the_roster_is_all_trustees_in_order_of_index(at: At) -> None:
    state = at("joined").state
    bodies = [state.trustees[index].to_json() for index in (1, 2, 3)]
    expected = digest_of("plenum-v1/roster", state.session_id, canonical(bodies))
    assert state.roster_hash == expected
    assert roster_hash(state.session_id, reversed(list(state.trustees.values()))) == expected


def digest_of(tag: str, *parts: bytes) -> bytes:
    """SPEC §3.2 with the tag written out."""
    return hashlib.sha256(frames(tag.encode(), *parts)).digest()


def test_a_deal_is_bound_to_session_attempt_roster_and_dealer(at: At) -> None:
    state = at("joined").state
    expected = digest_of(
        "plenum-v1/deal-commitment", state.session_id, u64(1), state.roster_hash, u64(2), b"commitments", b"proof"
    )
    assert deal_commitment(state, 2, b"commitments", b"proof") == expected


def test_a_sealed_share_is_bound_to_dealer_and_receiver(at: At) -> None:
    state = at("joined").state
    assert share_info(state, 2, 3) == frames(
        b"plenum-v1/deal-share", state.session_id, u64(1), state.roster_hash, u64(2), u64(3)
    )


def test_a_confirmation_is_over_the_leaves_of_the_attempt_in_order_of_index(at: At) -> None:
    session = at("revealed")
    leaves: dict[str, list[bytes]] = {"dkg.committed": [], "dkg.revealed": []}
    for raw in session.entries:
        type_ = decode_entry(raw).type.value
        if type_ in leaves:
            leaves[type_].append(leaf_hash(raw))
    state = session.state
    assert ceremony_transcript(state) == digest_of(
        "plenum-v1/ceremony",
        state.session_id,
        state.roster_hash,
        u64(1),
        *leaves["dkg.committed"],
        *leaves["dkg.revealed"],
    )


def test_there_is_no_transcript_before_all_have_revealed(at: At) -> None:
    with pytest.raises(StateError):
        ceremony_transcript(at("committed").state)


def test_the_fingerprint_is_that_of_the_log(at: At) -> None:
    session = at("keyed")
    size = len(session.entries)
    expected = digest_of("plenum-v1/fingerprint", session.state.session_id, u64(size), session.state.root_at(size))
    assert fingerprint(session.state.session_id, size, session.state.root) == expected
    assert at("sealed").state.fingerprint == expected
