"""A restart: the same state as before, or a clear refusal to start."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.main import create_app
from api.sequencer import recovery
from api.sequencer.ballot_facts import pending_ballot
from api.store.database import database_at
from api.store.reader import Reader
from tally.entries.envelope import decode_entry
from tests.api.hall import Hall, running_hall
from tests.api.hall import tamper as change
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError, InputError, StateError
from voting_core.log.checkpoint import Checkpoint, cosign_checkpoint

pytestmark = pytest.mark.usefixtures("both_databases")


def voted(directory: Path, ballots: int) -> Hall:
    """A server that was stopped with some ballots in the log and some waiting."""
    with running_hall(directory) as hall:
        hall.vote()
        for card in range(ballots):
            hall.cast(card)
        hall.settle()
        return hall


def test_a_restart_gives_the_same_state(tmp_path: Path) -> None:
    before = voted(tmp_path, 11)
    old = before.service.sequencer.view
    assert (old.log.contest("report").cast, len(old.pending)) == (8, 3)
    with running_hall(tmp_path, world=before.world) as hall:
        new = hall.service.sequencer.view
        assert (new.log.size, new.log.root) == (old.log.size, old.log.root)
        assert new.pending == old.pending
        assert set(new.intake.cast_credentials) == set(old.intake.cast_credentials)
        for raw in before.accepted:
            hall.post(raw, "/v1/ballots")
        assert hall.refused(hall.world.cast(10, hall.contest, (1,)), "/v1/ballots")["code"] == "V8.B"
        for card in range(11, 16):
            hall.cast(card)
        hall.settle()
        hall.follow()
        assert hall.world.state.contest("report").cast == 16


def test_an_empty_server_starts_again(tmp_path: Path) -> None:
    with running_hall(tmp_path) as first:
        status = first.client.get("/v1/status").json()
    with running_hall(tmp_path) as second:
        assert second.client.get("/v1/status").json() == status


def test_cosignatures_and_proofs_survive(tmp_path: Path) -> None:
    before = voted(tmp_path, 0)
    with running_hall(tmp_path, world=before.world) as hall:
        state = hall.world.state
        checkpoint = Checkpoint(state.session_id, state.size, state.root)
        line = cosign_checkpoint(checkpoint, hall.world.trustees[0].witness, 1, 1)
        assert hall.client.post(f"/v1/log/cosignatures?size={state.size}", content=line).status_code == 200
    with running_hall(tmp_path, world=before.world) as hall:
        assert hall.service.cosigned.latest == (state.size, state.root)
        assert hall.client.get(f"/v1/log/inclusion/3?size={state.size}").status_code == 200


def test_a_batch_that_was_due_enters_the_log_after_a_restart(tmp_path: Path) -> None:
    before = voted(tmp_path, 7)
    extra = before.world.cast(7, before.contest)
    row = pending_ballot(before.world.state, decode_entry(extra))
    change(
        before, "INSERT INTO pending_ballots (ballot_id, contest, raw) VALUES (?, ?, ?)", row.ballot_id, "report", extra
    )
    with running_hall(tmp_path, world=before.world) as hall:
        hall.settle()
        assert hall.service.sequencer.view.log.contest("report").cast == 8
        assert hall.service.reader.pending() == ()


def rewrite_an_entry(hall: Hall) -> None:
    """Change one character of the entry that defines the contest."""
    change(hall, "UPDATE entries SET raw = ? WHERE idx = ?", *changed_entry(hall))


def changed_entry(hall: Hall) -> tuple[bytes, int]:
    database = database_at(hall.settings.database, hall.settings.database_url)
    for index, raw in enumerate(Reader(database).entries(0, hall.world.state.size)):
        if "第".encode() in raw:
            database.close()
            return raw.replace("第".encode(), "弟".encode()), index
    raise AssertionError("no entry has the character")


TAMPERING: list[tuple[Callable[[Hall], None], str]] = [
    (lambda hall: change(hall, "DELETE FROM entries WHERE idx = 20"), "entries were lost"),
    (lambda hall: change(hall, "DELETE FROM entries WHERE idx = 3"), "is not valid"),
    (rewrite_an_entry, "is not valid"),
    (lambda hall: change(hall, "DELETE FROM checkpoints"), "no checkpoint"),
    (lambda hall: change(hall, "UPDATE checkpoints SET note = ?", b"\0"), "checkpoint of the database is not valid"),
    (lambda hall: change(hall, "UPDATE pending_ballots SET raw = ?", b"{}"), "waiting ballot"),
]


@pytest.mark.parametrize(("tamper", "message"), TAMPERING)
def test_a_changed_database_is_not_served(tmp_path: Path, tamper: Callable[[Hall], None], message: str) -> None:
    hall = voted(tmp_path, 9)
    tamper(hall)
    with pytest.raises(FatalError, match=message), running_hall(tmp_path, world=hall.world):
        pass


def test_a_ballot_forged_in_the_database_is_found(tmp_path: Path) -> None:
    """The argument of every ballot is verified again: the disk is not believed."""
    before = voted(tmp_path, 1)
    forged = before.world.forged(5, before.contest)
    change(before, "UPDATE pending_ballots SET raw = ?", forged)
    with pytest.raises(FatalError, match=r"waiting ballot .* V8\.H"), running_hall(tmp_path, world=before.world):
        pass


def test_a_ballot_forged_in_the_log_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where ballots before it and behind it are looked at in other runs."""
    monkeypatch.setattr(recovery, "BATCH", 3)
    before = voted(tmp_path, 8)
    place = before.service.sequencer.view.log.size - 4
    forged = before.world.forged(12, before.contest)
    change(before, "UPDATE entries SET raw = ? WHERE idx = ?", forged, place)
    with (
        pytest.raises(FatalError, match=rf"entry {place} of the database is not valid: V8\.H"),
        running_hall(tmp_path, world=before.world),
    ):
        pass


def test_the_mode_of_the_server_must_fit_its_session(tmp_path: Path) -> None:
    before = voted(tmp_path, 0)
    with pytest.raises(StateError, match="--simulated"), running_hall(tmp_path, world=before.world, simulated=True):
        pass


def test_lost_keys_are_noticed_and_not_replaced(tmp_path: Path) -> None:
    before = voted(tmp_path, 0)
    before.settings.keys_file.unlink()
    app = create_app(before.settings, clock=before.clock, rng=SeededRng("other"))
    with pytest.raises(InputError, match="missing beside the database"), TestClient(app):
        pass
    assert not before.settings.keys_file.exists()


def test_keys_of_another_server_are_noticed(tmp_path: Path) -> None:
    before, other = voted(tmp_path / "a", 0), voted(tmp_path / "b", 0)
    keys = other.settings.keys_file.read_bytes()
    before.settings.keys_file.write_bytes(keys.replace(keys[60:70], b"0123456789"))
    app = create_app(before.settings, clock=before.clock, rng=SeededRng("other"))
    with pytest.raises(StateError, match="another server"), TestClient(app):
        pass


def test_a_foreign_file_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "session.sqlite3").write_bytes(b"this is no database" * 100)
    with pytest.raises(InputError, match="not a database"), running_hall(tmp_path, database_url=""):
        pass
