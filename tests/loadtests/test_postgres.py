"""A PostgreSQL that is there for one run."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from loadtests import postgres
from loadtests.postgres import programs, running_postgres, version
from voting_core.errors import FatalError, InputError


@pytest.fixture
def out() -> Iterator[Path]:
    """A folder that PostgreSQL's own account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="plenum-load-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_it_runs_for_as_long_as_it_is_wanted_and_leaves_nothing(out: Path) -> None:
    with running_postgres(out) as url:
        with psycopg.connect(url) as connection:
            durable = connection.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
            assert durable.fetchone() == ("on", "on")
            said = connection.execute("SHOW server_version").fetchone()
        assert said is not None
        assert str(said[0]).startswith(version())
    assert list(out.iterdir()) == []
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_folder_that_its_account_cannot_reach_is_named(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres.os, "geteuid", lambda: 0)
    monkeypatch.setattr(postgres.os, "chown", lambda *_: None)
    out.chmod(0o700)
    with pytest.raises(InputError, match="may not pass through this folder") as refused, running_postgres(out):
        pass
    assert str(out) in str(refused.value)
    assert list(out.iterdir()) == []


def test_what_its_programs_say_is_told(out: Path) -> None:
    with pytest.raises(FatalError, match=r"initdb ended with code 1:[^$]*no-such-option"):
        postgres._run(out / "log", "initdb", "--no-such-option")


def test_a_machine_without_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (programs() / "initdb").exists()
    monkeypatch.setattr(postgres.shutil, "which", lambda _: None)
    monkeypatch.setattr(postgres.Path, "glob", lambda *_: iter(()))
    with pytest.raises(InputError, match="install the package postgresql"):
        programs()
