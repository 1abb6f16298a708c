"""A service that goes back to an earlier log, after a restore or on purpose (SPEC §8.6, §8.8).

Ballots that were promised are gone, and another log grows in their place. A witness that keeps nothing cosigns both.
One that keeps its last tree refuses, and the checkpoints that others have cosigned are proof of what was there.
"""

import pytest

from ballots.receipt import sign_promise
from tally.replay import expected
from tally.state import State
from tally.trustee.memory import new_memory
from tally.trustee.witness import cosign
from tests.attacks.support.sessions import at
from tests.attacks.support.two_logs import key_file
from tests.support.session import SessionBuilder
from voting_core.errors import FatalError, StateError, VerificationError
from voting_core.log.checkpoint import (
    Checkpoint,
    add_cosignatures,
    parse_signed_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
    verify_cosignature,
)
from voting_core.log.merkle import consistency_proof, leaf_hash, verify_consistency

TIME = 1_790_000_500


def note_of(session: SessionBuilder) -> bytes:
    state = session.state
    return sign_checkpoint(Checkpoint(state.session_id, state.size, state.root), session.log_key)


def histories() -> tuple[SessionBuilder, SessionBuilder]:
    """A log with six ballots; and what the service offers after its restore: five of them and then something else."""
    before = at("open")
    for number in range(5):
        before.append(before.cast((0,), number))
    after = before.fork()
    before.append(before.cast((1,), 5))
    before.void(before.cards.drawn, "test")
    after.void(after.cards.drawn, "test")
    after.add(expected.close_body(after.state, "motion"), *after.officials)
    assert after.state.size == before.state.size
    return before, after


def weak_cosign(session: SessionBuilder, state: State, note: bytes) -> bytes:
    """A witness without a memory: each checkpoint looks like the first."""
    secrets = key_file(session, 1)
    return cosign(secrets, new_memory(secrets), state, note, TIME)[0]


def test_a_witness_without_a_memory_cosigns_both_histories() -> None:
    before, after = histories()
    for session in (before, after):
        line = weak_cosign(session, session.state, note_of(session))
        signed = parse_signed_checkpoint(add_cosignatures(note_of(session), [line]))
        verify_cosignature(signed, 1, session.trustees[1].witness.public)


def test_a_witness_that_remembers_cosigns_one_history() -> None:
    before, after = histories()
    secrets = key_file(before, 1)
    _, memory = cosign(secrets, new_memory(secrets), before.state, note_of(before), TIME)
    with pytest.raises(FatalError, match="does not continue the one"):
        cosign(secrets, memory, after.state, note_of(after), TIME)
    # A log that is only shorter may be a slow service; it is not cosigned, and nobody cries wolf.
    shorter = at("open")
    with pytest.raises(StateError, match="fetch the rest first"):
        cosign(secrets, memory, shorter.state, note_of(shorter), TIME)
    with pytest.raises(StateError, match="a smaller one is not"):
        cosign(secrets, memory, before.state, note_of(shorter), TIME)


def test_a_witness_cosigns_no_root_that_it_has_not_replayed() -> None:
    """The checkpoint of one log beside the entries of the other."""
    before, after = histories()
    secrets = key_file(before, 1)
    with pytest.raises(FatalError, match="is not of the log that was replayed"):
        cosign(secrets, new_memory(secrets), before.state, note_of(after), TIME)


def test_two_cosigned_checkpoints_are_proof_of_the_rollback() -> None:
    """Whoever holds both notes shows that the log key signed two trees of one size, or trees that do not grow."""
    before, after = histories()
    notes = [
        add_cosignatures(note_of(session), [weak_cosign(session, session.state, note_of(session))])
        for session in (before, after)
    ]
    one, two = (
        verify_checkpoint(note, session.state.session_id, session.log_key.public).checkpoint
        for note, session in zip(notes, (before, after), strict=True)
    )
    assert (one.session, one.size) == (two.session, two.size)
    assert one.root != two.root
    leaves = [leaf_hash(raw) for raw in after.entries]
    common = at("open").state.size + 5
    for size in range(common + 1, one.size + 1):
        with pytest.raises(VerificationError, match=r"V3\.B"):
            verify_consistency(size, before.state.root_at(size), two.size, two.root, consistency_proof(leaves, size))


def test_no_entry_over_the_lost_log_fits_the_new_one() -> None:
    """Officials and trustees name what they last saw; acts of the lost log cannot be carried over."""
    before, after = histories()
    lost = before.entry(expected.close_body(before.state, "motion"), *before.officials)
    with pytest.raises(VerificationError, match=r"V3\.A"):
        after.append(lost)


def test_a_promise_names_a_tree_that_the_new_log_does_not_have() -> None:
    before, after = histories()
    promise = sign_promise(
        ballot=bytes(32),
        size=before.state.size,
        root=before.state.root,
        session=before.state.session_id,
        service_key=before.service_key,
    )
    promise.verify(after.state.facts.service_key)
    assert after.state.root_at(promise.size) != promise.root
