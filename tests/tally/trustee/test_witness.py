import pytest

from tally.trustee.witness import cosign
from tests.support.session import SessionBuilder
from tests.tally.trustee.hall import TIME, Hall, hall, other_log
from voting_core.errors import FatalError, StateError, VerificationError
from voting_core.log.checkpoint import add_cosignatures, verify_checkpoint, verify_cosignature


def test_a_cosignature_verifies_and_is_remembered() -> None:
    here = hall("open")
    note = here.note()
    line, memory = cosign(here.secrets[2], here.memories[2], here.state, note, TIME)
    signed = verify_checkpoint(add_cosignatures(note, [line]), here.state.session_id, here.log_key.public)
    verify_cosignature(signed, 2, here.secrets[2].witness.public)
    assert (memory.witnessed_size, memory.witnessed_root) == (here.state.size, here.state.root)


def test_witnessed_trees_only_grow() -> None:
    here = hall("voted")
    _, memory = cosign(here.secrets[1], here.memories[1], here.state, here.note(), TIME)
    cosign(here.secrets[1], memory, here.state, here.note(), TIME)
    with pytest.raises(StateError, match="a smaller one is not"):
        cosign(here.secrets[1], memory, here.state, here.note(here.state.size - 1), TIME)
    later = hall("closed")
    cosign(here.secrets[1], memory, later.state, later.note(), TIME)


def test_another_log_is_never_cosigned() -> None:
    here, fork = hall("voted"), other_log("closed")
    _, memory = cosign(here.secrets[1], here.memories[1], here.state, here.note(), TIME)
    with pytest.raises(FatalError, match="does not continue"):
        cosign(here.secrets[1], memory, fork.state, fork.note(), TIME)
    # A checkpoint of the other log beside the entries of this one.
    longer = hall("closed")
    with pytest.raises(FatalError, match="not of the log that was replayed"):
        cosign(here.secrets[1], memory, longer.state, fork.note(longer.state.size - 1), TIME)


def test_a_checkpoint_beyond_the_replayed_log() -> None:
    here, later = hall("open"), hall("voted")
    with pytest.raises(StateError, match="fetch the rest first"):
        cosign(here.secrets[1], here.memories[1], here.state, later.note(), TIME)


def test_checkpoints_of_other_keys_and_sessions() -> None:
    here: Hall = hall("open")
    other = SessionBuilder("another session").run("created")
    elsewhere = Hall.note(other)  # type: ignore[arg-type]
    for note in (elsewhere, here.note().replace(b"\n\n", b"\nextra\n\n"), b"", here.note()[:-2]):
        with pytest.raises(VerificationError, match=r"V3\.B"):
            cosign(here.secrets[1], here.memories[1], here.state, note, TIME)
