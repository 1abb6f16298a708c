import sqlite3
from pathlib import Path

import pytest

from kiosk.outbox import Delivery, Kind, Outbox, OwnBallot
from voting_core.errors import FatalError, InputError


def ballot(number: int, contest: str = "a") -> OwnBallot:
    return OwnBallot(bytes([number]) * 32, contest, Kind.CAST, Delivery.WAITING, b"{}")


def test_ballots_survive_until_they_are_forgotten(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    for number in (3, 1, 2):
        outbox.put(ballot(number, "b" if number == 2 else "a"))
    outbox.mark(bytes([1]) * 32, Delivery.PROMISED)
    outbox.close()
    outbox = Outbox(tmp_path / "outbox")
    assert [own.id[0] for own in outbox.waiting()] == [2, 3]
    assert [(own.id[0], own.delivery) for own in outbox.of_contest("a")] == [
        (1, Delivery.PROMISED),
        (3, Delivery.WAITING),
    ]
    outbox.forget("a")
    assert outbox.of_contest("a") == ()
    assert len(outbox.of_contest("b")) == 1
    outbox.close()


class FailingCommit:
    """A connection whose COMMIT fails and does nothing, as that of SQLite does on a full disk."""

    def __init__(self, real: sqlite3.Connection) -> None:
        self.real = real

    def execute(self, statement: str, *parameters: object) -> sqlite3.Cursor:
        if statement == "COMMIT":
            raise sqlite3.OperationalError("database or disk is full")
        return self.real.execute(statement, *parameters)

    def __getattr__(self, name: str) -> object:
        return getattr(self.real, name)


def test_what_is_not_on_the_disk_is_never_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server would count it, and this kiosk's report would not."""
    outbox = Outbox(tmp_path / "outbox")
    outbox.put(ballot(1))
    with monkeypatch.context() as moment:
        moment.setattr(outbox, "_connection", FailingCommit(outbox._connection))
        with pytest.raises(FatalError, match="free space"):
            outbox.put(ballot(2))
        assert [own.id[0] for own in outbox.waiting()] == [1]
    outbox.put(ballot(3))
    assert [own.id[0] for own in outbox.waiting()] == [1, 3]
    outbox.close()


def test_a_ballot_is_put_once(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    outbox.put(ballot(1))
    with pytest.raises(sqlite3.IntegrityError):
        outbox.put(ballot(1))
    outbox.put(ballot(2))
    assert len(outbox.waiting()) == 2
    outbox.close()


def test_the_outbox_does_not_tell_who_voted_when(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    outbox.close()
    connection = sqlite3.connect(tmp_path / "outbox")
    columns = [row[1] for row in connection.execute("PRAGMA table_info(ballots)")]
    assert columns == ["id", "contest", "kind", "delivery", "raw"]
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("SELECT rowid FROM ballots")
    connection.close()
    assert (tmp_path / "outbox").stat().st_mode & 0o777 == 0o600


def test_a_full_disk_stops_the_kiosk_before_anything_is_sent(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    pages = outbox._connection.execute("PRAGMA page_count").fetchone()[0]
    outbox._connection.execute(f"PRAGMA max_page_count = {pages}")
    large = OwnBallot(bytes(32), "a", Kind.CAST, Delivery.WAITING, bytes(100_000))
    with pytest.raises(FatalError, match="free space"):
        outbox.put(large)
    outbox.close()
    outbox = Outbox(tmp_path / "outbox")
    assert outbox.waiting() == ()
    outbox.close()


def test_a_file_that_is_no_outbox_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_bytes(b"hello" * 500)
    with pytest.raises(InputError, match="not the kiosk's file of ballots"):
        Outbox(tmp_path / "outbox")
    assert (tmp_path / "outbox").read_bytes() == b"hello" * 500
    (tmp_path / "directory").mkdir()
    with pytest.raises(InputError, match="cannot be kept there"):
        Outbox(tmp_path / "directory")


def test_a_ballot_and_its_note_are_kept_together_or_not_at_all(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    note = OwnBallot(bytes(16), "a", Kind.ASSISTED, Delivery.WAITING, b"{}")
    outbox.put(ballot(1), note)
    assert {own.kind for own in outbox.of_contest("a")} == {Kind.CAST, Kind.ASSISTED}
    with pytest.raises(sqlite3.IntegrityError):
        outbox.put(ballot(2), note)
    assert len(outbox.of_contest("a")) == 2
    outbox.close()
