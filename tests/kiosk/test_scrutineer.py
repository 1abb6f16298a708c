"""A whole session with real stations: from the first scrutineer to the sealed record."""

import io
from pathlib import Path

import pytest

from tally.entries.contests import ContestAbandoned
from tally.entries.outcome import ResultPublished
from tally.entries.session import SessionSealed
from tally.record.read import RecordReader
from tally.replay import initial, replay_batch
from tests.kiosk.hall import kiosk_hall
from tests.kiosk.voted import closed_hall
from voting_core.log.checkpoint import parse_signed_checkpoint


@pytest.mark.usefixtures("quick_key_files")
def test_a_session_from_the_ceremony_to_the_sealed_record(tmp_path: Path) -> None:
    with kiosk_hall(tmp_path) as hall:
        hall.create(trustees=3, threshold=2)
        for index in (1, 2):
            hall.add_scrutineer(index)
        hall.add_scrutineer(3, decrypts=False)
        hall.make_key()
        hall.open_kiosks(2)
        contest = hall.server.world.contest()
        hall.open_contest(contest)
        for card in range(10):
            hall.booths[card % 2].round(hall.line(card, mark="approve" if card % 3 else "disapprove"))
        hall.booths[0].round(hall.line(10, challenge=True), hall.line(10))
        hall.close("report")
        for booth in hall.booths:
            booth.round()
        hall.watch(3)
        for watch in hall.scrutineers:
            (compared,) = watch.events.of("compare")
            assert (compared["cast"], compared["challenged"], compared["issued"]) == (11, 1, 12)
        for watch in hall.scrutineers:
            watch.clock.now += 10
        hall.watch(2)
        assert sorted(hall.state.contest("report").shares) == [1, 2]
        hall.officials.first.count("report")
        assert hall.state.contest("report").totals == ((7, 4, 0),)
        hall.officials.declare("report")
        hall.watch(1)
        hall.officials.decree(ResultPublished("report", "all"))
        for number in range(3):
            hall.request(number, {"type": "key.destroyed"})
        hall.watch(1)
        assert hall.state.destroyed_keys == {1, 2, 3}
        hall.officials.decree(SessionSealed())
        for watch in hall.scrutineers:
            assert not watch.station.one_round()
            assert not (watch.directory / "trustee.key.json").exists()
        for booth in hall.booths:
            booth.round()
            assert booth.station.state.sealed
        record = hall.server.client.get("/v1/record").content
        reader = RecordReader(io.BytesIO(record))
        state = replay_batch(initial(), reader.entries())
        assert state.sealed
        note = parse_signed_checkpoint(hall.server.client.get("/v1/log/checkpoint").content)
        assert [item.index for item in note.cosignatures] == [1, 2, 3]


@pytest.mark.usefixtures("quick_key_files")
def test_shares_of_a_contest_that_was_broken_off_leave_the_disk(tmp_path: Path) -> None:
    """Between commitment and share a station keeps the share; when the contest ends without a result, it goes."""
    with closed_hall(tmp_path) as hall:
        while not hall.state.contest("report").commitments:
            hall.watch(1)
        assert not hall.state.contest("report").shares
        keeping = [watch for watch in hall.scrutineers if watch.desk.memory.shares]
        assert keeping
        signers = [watch.desk.secrets.signing for watch in hall.scrutineers]
        hall.officials.decree(ContestAbandoned("report", "emergency"), *signers)
        hall.watch(1)
        for watch in keeping:
            loaded = watch.desk.files.load()
            assert loaded is not None
            assert loaded.memory == watch.desk.memory
            assert not loaded.memory.shares
            assert set(loaded.memory.signed_roots) == {"report"}
