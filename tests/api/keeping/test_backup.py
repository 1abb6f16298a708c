"""A backup is made while the server runs, is checked, never overwrites, and appears whole or not at all."""

import os
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from api.keeping import backup
from api.keeping.archive import open_archive
from api.keeping.backup import make_backup
from api.settings import Settings
from tests.api.hall import tamper
from tests.api.keeping.sessions import PASSPHRASE, running_session
from tests.support.seeded_rng import SeededRng
from voting_core.errors import FatalError, InputError


def left_behind(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"data"}


def test_a_running_session_is_backed_up(both_databases: str, tmp_path: Path) -> None:
    with running_session(tmp_path / "data") as hall:
        manifest = make_backup(hall.settings, tmp_path / "b", PASSPHRASE, SeededRng(1))
        log = hall.service.sequencer.view.log
        assert (manifest.session, manifest.size, manifest.root) == (log.session_id.hex(), log.size, log.root.hex())
    assert left_behind(tmp_path) == {"b"}
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o600
    with open_archive(tmp_path / "b") as found:
        found.unpack(None)
        assert found.manifest == manifest
        assert found.keys is not None


def test_backups_during_voting_are_each_of_one_moment(both_databases: str, tmp_path: Path) -> None:
    """Ballots arrive all the while; every backup replays to a signed checkpoint."""
    with running_session(tmp_path / "data") as hall:
        stop = threading.Event()

        def vote() -> None:
            for card in range(11, 35):
                if not stop.is_set():
                    hall.cast(card)

        thread = threading.Thread(target=vote)
        thread.start()
        sizes = [make_backup(hall.settings, tmp_path / f"b{n}", None, SeededRng(n)).size for n in range(3)]
        stop.set()
        thread.join()
        assert sizes == sorted(sizes)
        assert hall.service.writer.fatal is None


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"precious")
    with (
        running_session(tmp_path / "data") as hall,
        pytest.raises(InputError, match="no backup is ever overwritten"),
    ):
        make_backup(hall.settings, tmp_path / "b", None, SeededRng(1))
    assert (tmp_path / "b").read_bytes() == b"precious"


@pytest.mark.parametrize("function", ["take_snapshot", "write_archive", "open_archive"])
def test_no_file_has_the_name_before_the_backup_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str
) -> None:
    """So that a kill leaves nothing that looks like a backup; and what comes to stand there meanwhile stays."""
    real = getattr(backup, function)

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        assert not (tmp_path / "b").exists()
        done = real(*arguments, **options)
        (tmp_path / "b").write_bytes(b"precious")
        return done

    with running_session(tmp_path / "data") as hall:
        monkeypatch.setattr(backup, function, meanwhile)
        with pytest.raises(InputError, match="no backup is ever overwritten"):
            make_backup(hall.settings, tmp_path / "b", None, SeededRng(1))
    assert left_behind(tmp_path) == {"b"}
    assert (tmp_path / "b").read_bytes() == b"precious"


@pytest.mark.parametrize("function", ["take_snapshot", "write_archive", "open_archive", "sync_folder"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_failure_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, moment: str) -> None:
    """Before and after each step that writes: there is a backup, or nothing that looks like one."""
    real = getattr(backup, function)

    def fails(*arguments: Any, **options: Any) -> Any:
        if moment == "after":
            real(*arguments, **options)
        raise OSError(28, "No space left on device")

    with running_session(tmp_path / "data") as hall:
        monkeypatch.setattr(backup, function, fails)
        with pytest.raises(InputError, match="No space left"):
            make_backup(hall.settings, tmp_path / "b", None, SeededRng(1))
        monkeypatch.undo()
        assert left_behind(tmp_path) == set()
        make_backup(hall.settings, tmp_path / "b", None, SeededRng(1))


def test_a_disk_that_gives_back_something_else_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def spoil(handle: int) -> None:
        real(handle)
        for part in tmp_path.glob(".plenum-backup-*/backup.part"):
            data = bytearray(part.read_bytes())
            data[len(data) // 2] ^= 1
            part.write_bytes(data)

    with running_session(tmp_path / "data") as hall:
        monkeypatch.setattr(backup.os, "fsync", spoil)
        with pytest.raises(InputError, match="damaged"):
            make_backup(hall.settings, tmp_path / "b", None, SeededRng(1))
    assert left_behind(tmp_path) == set()


def test_a_log_that_was_changed_is_not_backed_up(tmp_path: Path) -> None:
    with running_session(tmp_path / "data") as hall:
        pass
    tamper(hall, "UPDATE entries SET raw = ? WHERE idx = ?", b"{}", 3)
    with pytest.raises(FatalError, match="entry 3"):
        make_backup(hall.settings, tmp_path / "b", None, SeededRng(1))
    assert left_behind(tmp_path) == set()


def test_a_folder_without_a_session_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no session\.sqlite3"):
        make_backup(Settings(directory=tmp_path), tmp_path / "b", None, SeededRng(1))
    assert left_behind(tmp_path) == set()


def test_no_secret_is_in_a_backup_in_the_clear(tmp_path: Path) -> None:
    with running_session(tmp_path / "data") as hall:
        make_backup(hall.settings, tmp_path / "b", PASSPHRASE, SeededRng(1))
        secrets = [hall.service.keys.log.seed().reveal(), hall.service.keys.service.seed().reveal()]
        token = hall.service.desk_token.reveal().encode()
    with open_archive(tmp_path / "b") as found, (tmp_path / "db").open("wb") as target:
        found.unpack(target)
        everything = (tmp_path / "db").read_bytes() + (found.keys or b"") + found.manifest.encode()
    for secret in secrets:
        assert secret not in everything
        assert secret.hex().encode() not in everything
    assert token not in everything
