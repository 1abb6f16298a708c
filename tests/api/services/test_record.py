import io
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.services import record
from api.services.record import chunks
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
    reader = RecordReader(io.BytesIO(b"".join(chunks(hall.service.records.open()))))
    assert list(reader.entries())[: state.size] == hall.world.entries
    assert [size for size, _ in reader.checkpoints()] == [state.size, state.size + 8]


def test_one_file_serves_everybody_until_log_or_cosignatures_grow(hall: Hall) -> None:
    shelf, state = hall.service.records, hall.world.state
    first = b"".join(chunks(shelf.open()))
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: b"".join(chunks(shelf.open())), range(24)))
    assert answers == {first}
    assert shelf.times_made == 1
    line = cosign_checkpoint(Checkpoint(state.session_id, state.size, state.root), hall.world.trustees[0].witness, 1, 1)
    hall.client.post(f"/v1/log/cosignatures?size={state.size}", content=line)
    assert b"".join(chunks(shelf.open())) != first
    for card in range(8):
        hall.cast(card)
    hall.settle()
    reader = RecordReader(io.BytesIO(b"".join(chunks(shelf.open()))))
    assert len(list(reader.entries())) == state.size + 8
    assert shelf.times_made == 3


def test_a_record_that_cannot_be_made_leaves_nothing_behind(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(hall.settings.directory.iterdir())

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(record, "write_record", full)
        with pytest.raises(OSError, match="No space"):
            hall.service.records.open()
    assert set(hall.settings.directory.iterdir()) == before
    assert b"".join(chunks(hall.service.records.open())).startswith(b"PK")


def test_there_is_nothing_to_record_without_a_session(empty_hall: Hall) -> None:
    with pytest.raises(StateError):
        empty_hall.service.records.open()
