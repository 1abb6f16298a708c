"""Destruction needs the entry of two officials and the end of the retention time, and leaves the record."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from api.keeping import destroy, erasure_note
from api.keeping.destroy import CERTIFICATE, CERTIFICATE_TEXT, destroy_session
from api.keeping.retention import kept_until
from api.store.database import database_at
from api.store.reader import Reader
from api.tables.registry import metadata
from tally.cli.verify_command import verify_file_with_state
from tally.destruction import check_certificate
from tally.entries.contests import RulesAdopted
from tally.entries.session import KeyDestroyed, SessionDestroyed, SessionSealed
from tally.rules.loader import load_rule_set
from tests.api.hall import Hall, running_hall
from voting_core.errors import InputError

RULES = load_rule_set("election_grassroots_2020")
TITLE = "第一次会议"
NAME = "名册上的人"


def ended(folder: Path, *, destroyed: bool = True) -> Hall:
    """A session without votes, with a roll and a proposal, that is sealed."""
    with running_hall(folder) as hall:
        world = hall.world
        world.create()
        world.ceremony()
        world.decree(RulesAdopted(RULES.id, RULES.to_json()), "rules.adopted")
        world.write(KeyDestroyed(1), "key.destroyed", world.trustees[0].signing)
        world.decree(SessionSealed(), "session.sealed")
        hall.clock.day = int(datetime.combine(kept_until(world.state), time.min, UTC).timestamp())
        if destroyed:
            world.decree(SessionDestroyed(), "session.destroyed")
        people = [{"id": "1", "name": NAME, "delegation": "", "should_attend": True}]
        assert hall.client.put("/v1/roll", json={"people": people}, headers=hall.token).status_code == 200
        for raw in world.entries:
            hall.post(raw)
    return hall


def last_day(hall: Hall) -> date:
    return kept_until(hall.world.state)


def rows(hall: Hall) -> int:
    database = database_at(hall.settings.database, hall.settings.database_url)
    count = Reader(database).attendance().should_attend
    database.close()
    return count


def test_everything_private_goes_and_the_record_stays(both_databases: str, tmp_path: Path) -> None:
    hall = ended(tmp_path / "data")
    own = hall.settings.directory / "board" / "0123" / "person" / "yu-qing"
    own.mkdir(parents=True)
    (own / "index.html").write_text("称职", encoding="utf-8")
    done = destroy_session(hall.settings, tmp_path / "out", TITLE, last_day(hall))
    assert not own.parents[2].exists()
    assert done.rows["people"] == 1
    assert set(done.rows) == set(metadata().tables) - destroy.PUBLIC_TABLES
    assert done.files == (
        "accounts.key",
        "board",
        "desk.token",
        "first-administrator.txt",
        "operator.token",
        "service_keys.json",
    )
    assert not any(path.exists() for path in hall.settings.private_files)
    assert rows(hall) == 0
    report, state = verify_file_with_state(tmp_path / "out" / "record.zip", None, None, Console(file=io.StringIO()))
    assert state.destroyed
    # No scrutineer cosigned the log of this session.
    assert {finding.code for finding in report.findings} == {"V3.D"}
    found = check_certificate((tmp_path / "out" / CERTIFICATE).read_bytes(), state, hall.world.entries[-1])
    assert found.officials == tuple(sorted(key.public for key in hall.world.officials))
    assert (found.rows, found.files) == (done.rows, done.files)
    text = (tmp_path / "out" / CERTIFICATE_TEXT).read_text(encoding="utf-8")
    assert "people: 1 行" in text
    assert NAME not in text


def test_no_name_is_left_in_the_files_of_the_embedded_database(tmp_path: Path) -> None:
    hall = ended(tmp_path / "data")
    files = sorted((tmp_path / "data").glob("session.sqlite3*"))
    assert any(NAME.encode() in path.read_bytes() for path in files)
    destroy_session(hall.settings, tmp_path / "out", TITLE, last_day(hall))
    for path in (tmp_path / "data").iterdir():
        assert NAME.encode() not in path.read_bytes(), path.name


def refusal(hall: Hall, out: Path, title: str, today: date, message: str) -> None:
    with pytest.raises(InputError, match=message):
        destroy_session(hall.settings, out, title, today)
    assert rows(hall) == 1
    assert all(path.exists() for path in hall.settings.private_files)
    assert not out.exists()


def test_it_waits_for_two_officials(tmp_path: Path) -> None:
    hall = ended(tmp_path / "data", destroyed=False)
    refusal(hall, tmp_path / "out", TITLE, last_day(hall), "two officials have not written session.destroyed")


def test_it_waits_for_the_retention_time_and_the_right_title(tmp_path: Path) -> None:
    hall = ended(tmp_path / "data")
    refusal(hall, tmp_path / "out", TITLE, last_day(hall) - timedelta(days=1), "is kept until")
    refusal(hall, tmp_path / "out", "另一次会议", last_day(hall), "not the title of the session")


def test_a_running_server_is_left_alone(tmp_path: Path) -> None:
    hall = ended(tmp_path / "data")
    with (
        running_hall(tmp_path / "data", world=hall.world),
        pytest.raises(InputError, match="another server is already running"),
    ):
        destroy_session(hall.settings, tmp_path / "out", TITLE, last_day(hall))


@pytest.mark.parametrize(
    "function", ["write_record_of", "note_before", "_erase_tables", "_erase_files", "write_file", "_erase"]
)
@pytest.mark.parametrize("moment", ["before", "after"])
def test_an_interrupted_destruction_is_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, moment: str
) -> None:
    """Whatever was done, a second run ends with everything erased, the record whole and a certificate."""
    hall = ended(tmp_path / "data")
    real: Callable[..., Any] = getattr(destroy, function)

    def fails(*arguments: Any) -> None:
        if moment == "after":
            real(*arguments)
        raise OSError("the power is gone")

    monkeypatch.setattr(destroy, function, fails)
    with pytest.raises(OSError, match="power"):
        destroy_session(hall.settings, tmp_path / "out", TITLE, last_day(hall))
    monkeypatch.undo()
    if rows(hall) == 0:
        assert (tmp_path / "out" / "record.zip").exists()
    done = destroy_session(hall.settings, tmp_path / "out", TITLE, last_day(hall))
    assert rows(hall) == 0
    assert not any(path.exists() for path in hall.settings.private_files)
    found = check_certificate((tmp_path / "out" / CERTIFICATE).read_bytes(), hall.world.state, hall.world.entries[-1])
    assert found.rows["people"] == 1
    assert {path.name for path in hall.settings.secret_files} <= set(found.files)
    assert (found.rows, found.files) == (done.rows, done.files)
    assert not (tmp_path / "data" / erasure_note.FILE).exists()


def test_a_destroyed_session_has_one_certificate(tmp_path: Path) -> None:
    hall = ended(tmp_path / "data")
    keys = hall.settings.keys_file
    first = destroy_session(hall.settings, tmp_path / "out", TITLE, last_day(hall))
    # The power went between overwriting the keys and removing them.
    keys.write_bytes(bytes(100))
    assert destroy_session(hall.settings, tmp_path / "out", TITLE, last_day(hall)) == first
    assert not keys.exists()
    (tmp_path / "out" / CERTIFICATE).unlink()
    with pytest.raises(InputError, match="destroyed already"):
        destroy_session(hall.settings, tmp_path / "out", TITLE, last_day(hall))


def test_a_record_of_another_session_is_not_taken_for_this_one(tmp_path: Path) -> None:
    hall = ended(tmp_path / "data")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "record.zip").write_bytes(b"something else")
    with pytest.raises(InputError, match="cannot be read back"):
        destroy_session(hall.settings, tmp_path / "out", TITLE, last_day(hall))
    assert rows(hall) == 1


def test_the_server_takes_no_destruction_before_its_time(tmp_path: Path) -> None:
    hall = ended(tmp_path / "data", destroyed=False)
    with running_hall(tmp_path / "data", world=hall.world) as again:
        world = again.world
        raw = world.entry(SessionDestroyed(), "session.destroyed", *world.officials)
        assert "kept until 2027-01-20" in again.refused(raw)["detail"]
        again.clock.day = int(datetime(2027, 1, 20, tzinfo=UTC).timestamp())
        again.post(raw)
        assert again.service.sequencer.view.log.destroyed
