import io
from pathlib import Path

import pytest

from api.services.record import chunks, make_record
from tally.record.read import RecordReader
from tests.api.hall import Hall
from voting_core.errors import StateError
from voting_core.log.checkpoint import Checkpoint, cosign_checkpoint


def test_a_record_has_the_log_and_the_cosigned_checkpoints(hall: Hall) -> None:
    state = hall.world.state
    line = cosign_checkpoint(Checkpoint(state.session_id, state.size, state.root), hall.world.trustees[0].witness, 1, 1)
    hall.client.post(f"/v1/log/cosignatures?size={state.size}", content=line)
    for card in range(8):
        hall.cast(card)
    hall.settle()
    reader = RecordReader(io.BytesIO(b"".join(chunks(make_record(hall.service)))))
    assert list(reader.entries())[: state.size] == hall.world.entries
    assert [size for size, _ in reader.checkpoints()] == [state.size, state.size + 8]


def test_no_file_is_left_behind(hall: Hall) -> None:
    before = set(hall.settings.directory.iterdir())
    b"".join(chunks(make_record(hall.service)))
    assert set(hall.settings.directory.iterdir()) == before


def test_there_is_nothing_to_record_without_a_session(empty_hall: Hall, tmp_path: Path) -> None:
    with pytest.raises(StateError):
        make_record(empty_hall.service)
