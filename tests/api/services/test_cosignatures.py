import pytest

from api.services.cosignatures import check_cosignature, full_note
from api.store.reader import StoredCheckpoint
from tests.api.world import voting_world
from tests.support.seeded_rng import SeededRng
from voting_core.errors import EncodingError, StateError, VerificationError
from voting_core.log.checkpoint import Checkpoint, cosign_checkpoint, parse_signed_checkpoint, sign_checkpoint
from voting_core.signing_key import SigningKey


def test_only_a_trustees_line_under_this_checkpoint_is_taken() -> None:
    world, _ = voting_world()
    checkpoint = Checkpoint(world.state.session_id, world.state.size, world.state.root)
    note = sign_checkpoint(checkpoint, SigningKey.generate(SeededRng("log")))
    stored = StoredCheckpoint(checkpoint.size, note, ())
    line = cosign_checkpoint(checkpoint, world.trustees[1].witness, 2, 5)
    assert check_cosignature(world.state, stored, line) == (2, line)
    with pytest.raises(VerificationError) as caught:
        check_cosignature(world.state, stored, cosign_checkpoint(checkpoint, world.trustees[1].witness, 1, 5))
    assert caught.value.code == "V3.C"
    with pytest.raises(StateError):
        check_cosignature(world.state, stored, cosign_checkpoint(checkpoint, world.kiosk, 9, 5))
    with pytest.raises(EncodingError):
        check_cosignature(world.state, stored, line + line)
    whole = full_note(StoredCheckpoint(checkpoint.size, note, ((2, line),)))
    assert [item.index for item in parse_signed_checkpoint(whole).cosignatures] == [2]
