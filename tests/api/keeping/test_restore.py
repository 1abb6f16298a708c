"""A restored session is the one that was backed up, from either database into either."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.keeping import restore
from api.keeping.archive import DATABASE, KEYS, MANIFEST
from api.keeping.backup import make_backup
from api.keeping.restore import restore_backup
from api.settings import Settings
from tests.api.hall import running_hall
from tests.api.keeping.sessions import PASSPHRASE, check_same, running_session
from tests.support.seeded_rng import SeededRng
from voting_core.errors import InputError
from voting_core.secret import Secret


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a session."""
    folder = tmp_path_factory.mktemp("backed-up")
    with running_session(folder / "data") as hall:
        make_backup(hall.settings, folder / "b", PASSPHRASE, SeededRng(1))
    return folder / "b"


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_a_restored_session_goes_on(
    both_databases: str, into: str, tmp_path: Path, postgres_url: Callable[[str], str]
) -> None:
    with running_session(tmp_path / "data") as before:
        make_backup(before.settings, tmp_path / "b", PASSPHRASE, SeededRng(1))
    url = postgres_url("restored") if into == "postgresql" else ""
    settings = Settings(directory=tmp_path / "new", database_url=url)
    done = restore_backup(tmp_path / "b", settings, PASSPHRASE)
    assert (done.with_keys, done.manifest.size) == (True, before.service.sequencer.view.log.size)
    assert (settings.database.exists(), settings.database.with_name(".session.sqlite3.part").exists()) == (
        not url,
        False,
    )
    with running_hall(tmp_path / "new", world=before.world, database_url=url) as hall:
        check_same(hall, before)


def test_without_keys_there_is_a_log_and_no_server(tmp_path: Path, backed_up: Path) -> None:
    done = restore_backup(backed_up, Settings(directory=tmp_path / "new"), None)
    assert not done.with_keys
    with pytest.raises(InputError, match="missing beside the database"), running_hall(tmp_path / "new"):
        pass


def test_nothing_is_overwritten(tmp_path: Path, backed_up: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine").write_bytes(b"precious")
    with pytest.raises(InputError, match="is not empty"):
        restore_backup(backed_up, Settings(directory=tmp_path / "new"), PASSPHRASE)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["mine"]


def test_a_database_server_with_rows_is_left_alone(
    tmp_path: Path, backed_up: Path, postgres_url: Callable[[str], str]
) -> None:
    url = postgres_url("taken")
    with running_hall(tmp_path / "other", database_url=url) as other:
        other.vote()
    with pytest.raises(InputError, match="has rows already"):
        restore_backup(backed_up, Settings(directory=tmp_path / "new", database_url=url), PASSPHRASE)
    with running_hall(tmp_path / "other", database_url=url, world=other.world):
        pass
    assert list((tmp_path / "new").iterdir()) == []


def test_a_wrong_passphrase_restores_nothing(tmp_path: Path, backed_up: Path) -> None:
    with pytest.raises(InputError, match="does not open the keys"):
        restore_backup(backed_up, Settings(directory=tmp_path / "new"), Secret("something else"))
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize("function", ["described", "_revoke_sign_ins", "write_files"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_failure_leaves_an_empty_folder(
    tmp_path: Path, backed_up: Path, monkeypatch: pytest.MonkeyPatch, function: str, moment: str
) -> None:
    real = getattr(restore, function)

    def fails(*arguments: Any, **options: Any) -> Any:
        if moment == "after":
            real(*arguments, **options)
        raise OSError(28, "No space left on device")

    settings = Settings(directory=tmp_path / "new")
    monkeypatch.setattr(restore, function, fails)
    with pytest.raises(InputError, match="No space left"):
        restore_backup(backed_up, settings, PASSPHRASE)
    assert list((tmp_path / "new").iterdir()) == []
    monkeypatch.undo()
    restore_backup(backed_up, settings, PASSPHRASE)


def test_a_power_failure_never_leaves_keys_without_their_log(
    tmp_path: Path, backed_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With keys alone a server would begin another log under the same name."""
    seen: list[bool] = []
    settings = Settings(directory=tmp_path / "new")
    real = restore.write_files
    monkeypatch.setattr(restore, "write_files", lambda *rest: (seen.append(settings.database.exists()), real(*rest)))
    restore_backup(backed_up, settings, PASSPHRASE)
    assert seen == [True]


def rewritten(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return target


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda name, data: data.replace(b"SQLite", b"SQLiTe", 1) if name == DATABASE else data, "damaged"),
        (lambda name, data: data.replace(b'"size":', b'"size":1') if name == MANIFEST else data, "not the one"),
        (lambda name, data: b"{}" if name == MANIFEST else data, "not a backup"),
        (lambda name, data: None if name == DATABASE else data, "not a backup"),
        (lambda name, data: b"{}" if name == KEYS else data, "keys are not those of a server"),
        (lambda name, data: data + b" " * 20_000 if name == MANIFEST else data, "not a backup"),
    ],
)
def test_a_changed_backup_is_refused(
    tmp_path: Path, backed_up: Path, change: Callable[[str, bytes], bytes | None], message: str
) -> None:
    changed = rewritten(backed_up, tmp_path / "changed", change)
    with pytest.raises(InputError, match=message):
        restore_backup(changed, Settings(directory=tmp_path / "new"), PASSPHRASE)
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"this is no archive" * 100])
def test_another_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b").write_bytes(content)
    with pytest.raises(InputError, match="not a backup"):
        restore_backup(tmp_path / "b", Settings(directory=tmp_path / "new"), None)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        restore_backup(tmp_path / "b", Settings(directory=tmp_path / "new"), None)
