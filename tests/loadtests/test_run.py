"""The whole load test with real processes: server, Locust, record."""

import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

from kiosk.client import connect
from kiosk.demo.processes import Processes
from loadtests import run
from loadtests.acknowledgements import AcknowledgementWriter
from loadtests.load import LoadFiles
from loadtests.pool import read_pool
from loadtests.profiles import SMOKE, Profile
from loadtests.run import Setup, run_profile, said_in
from tally.verify import verify_record
from tests.loadtests.small_run import quiet


@pytest.mark.slow
def test_smoke_with_a_dozen_delegates_ends_in_a_verified_record(tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = run_profile(SMOKE.with_delegates(12), out, quiet)
    assert result.problems == ()
    assert result.passed
    assert result.figures is not None
    assert result.figures.requests > result.ballots == 26
    assert result.figures.failures == 0
    assert 0 < result.figures.median_ms <= result.figures.p95_ms <= result.figures.p99_ms
    assert result.record == out / "record.zip"
    with result.record.open("rb") as source:
        verify_record(source).require_clean()
    assert zipfile.is_zipfile(result.record)
    page = LoadFiles(out).report.read_text(encoding="utf-8")
    assert "<script src=" not in page, "the report needs a network"
    assert not list(out.glob("server-*")), "the server's keys were left behind"
    assert "locust" not in sys.modules


class Remembered(Processes):
    """The processes of the run that is going on, for a test that stops one of them."""

    running: "ClassVar[Remembered]"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        Remembered.running = self


@pytest.mark.slow
def test_a_server_that_dies_fails_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def kill_the_server(profile: Profile, url: str, files: LoadFiles) -> None:
        Remembered.running._running["server"].kill()

    monkeypatch.setattr(run, "Processes", Remembered)
    monkeypatch.setattr(run, "run_load", kill_the_server)
    result = run_profile(SMOKE.with_delegates(10), tmp_path, quiet)
    assert not result.passed
    assert result.record is None
    assert [problem.split(":")[0] for problem in result.problems] == [
        "the session could not be ended",
        "the record could not be fetched",
        "there are no figures",
    ]


@pytest.mark.slow
def test_a_lost_ballot_fails_the_run_and_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = 3

    def send_all_but_one(profile: Profile, url: str, files: LoadFiles) -> None:
        with connect(url).http as http, files.acknowledgements.open("w", encoding="utf-8") as stream:
            writer = AcknowledgementWriter(stream)
            for number, ballot in enumerate(read_pool(files.pool)):
                if number == lost:
                    writer.note(ballot.id, ballot.kiosk, "{}")
                    continue
                writer.note(ballot.id, ballot.kiosk, http.post("/v1/ballots", content=ballot.entry).text)

    monkeypatch.setattr(run, "run_load", send_all_but_one)
    result = run_profile(SMOKE.with_delegates(10), tmp_path, quiet)
    identity = read_pool(LoadFiles(tmp_path).pool)[lost].id[:16]
    assert not result.passed
    assert any("V9.B" in problem for problem in result.problems)
    assert any(f"ballot {identity}" in text and "is not in the log" in text for text in result.problems)
    assert any("the record is not that of a sealed session" in text for text in result.problems)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that PostgreSQL's own account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="plenum-load-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.slow
def test_a_run_on_postgresql_with_two_processes_ends_in_a_verified_record(open_folder: Path) -> None:
    result = run_profile(
        replace(SMOKE.with_delegates(10), desks=1), open_folder, quiet, Setup(postgresql=True, workers=2)
    )
    assert result.problems == ()
    assert result.database.startswith("PostgreSQL 1")
    assert result.workers == 2
    assert result.backend.startswith(("numba", "libsodium"))
    assert result.verified is not None
    assert result.verified.entries > result.ballots
    assert not list(open_folder.glob("postgresql-*")), "the database was left behind"


def test_what_verifies_ballots_is_read_in_the_log() -> None:
    assert said_in("x ballots are verified by libsodium\ny ballots are verified by numba 0.68\n") == "numba 0.68"
    assert said_in("nothing") == "unknown"
