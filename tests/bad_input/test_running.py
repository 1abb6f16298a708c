"""Full disks, taken ports, two servers on one directory, Ctrl-C, and clocks that jump back."""

import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.lock import DirectoryLock
from tally.cli.output import write_record_file
from tally.entries.contests import ContestPaused, ContestResumed
from tally.simulate.run import simulate
from tally.verify import verify_record
from tests.api.hall import running_hall
from tests.bad_input.items import says
from tests.bad_input.plenum import Plenum
from tests.faults.faulty_connection import sqlite_error
from tests.faults.server_process import ServerProcess
from tests.support.patience import PATIENCE
from tests.support.seeded_rng import SeededRng
from tests.support.simulation import small_simulation

COMMAND = (sys.executable, "-c", "from tally.cli import main; main()")
ON_A_FULL_DISK = (
    sys.executable,
    # Compiled modules are files too: half of one would stay behind, and break every later run.
    "-B",
    "-c",
    "import resource, tally.cli.app, api.command; resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); "
    "tally.cli.main()",
)
"""No file may become larger than 4 kB: no real disk needs to be filled."""


def on_a_full_disk(*arguments: object) -> str:
    """Run a command that must end with exit code 2; gives what it says."""
    command = [*ON_A_FULL_DISK, *map(str, arguments)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert ended.returncode == 2, ended.stderr
    assert "Traceback" not in ended.stderr
    return ended.stderr.strip()


def test_a_full_disk_under_the_results(plenum: Plenum) -> None:
    said = on_a_full_disk("simulate", plenum.session, "--votes", plenum.votes, "--out", plenum.out)
    says("full disk: results", said)
    assert list(plenum.out.iterdir()) == []


def test_a_full_disk_under_a_new_server(tmp_path: Path) -> None:
    says("full disk: a new server", on_a_full_disk("serve", "--data", tmp_path / "data", "--port", 0))


def test_a_full_disk_under_a_running_server(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        hall.vote()
        hall.faults.before["INSERT INTO pending_ballots"] = sqlite_error(sqlite3.SQLITE_FULL)
        raw = hall.world.cast(0, hall.contest)
        before = hall.service.sequencer.view
        answer = hall.client.post("/v1/ballots", content=raw)
        assert (answer.status_code, answer.json()["code"]) == (507, "storage")
        says("full disk: a running server", answer.json()["detail"])
        assert hall.service.sequencer.view is before
        hall.post(raw, "/v1/ballots")


def test_a_port_that_is_taken(plenum: Plenum, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = plenum("serve", "--data", tmp_path / "data", "--port", taken.getsockname()[1])
    ended.refused("server: a port that is taken")
    assert not (tmp_path / "data").exists()


def test_two_servers_on_one_directory(plenum: Plenum, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with DirectoryLock(tmp_path / "data" / "lock"):
        plenum("serve", "--data", tmp_path / "data", "--port", 0).refused("server: two on one directory")
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["lock"]


@pytest.mark.parametrize(
    ("item", "name", "content"),
    [
        ("server: a database that is none", "session.sqlite3", b"hello" * 500),
        ("server: keys that are none", "service_keys.json", b"{}"),
        ("server: a token that is none", "desk.token", b""),
    ],
)
def test_spoiled_files_of_a_server(plenum: Plenum, tmp_path: Path, item: str, name: str, content: bytes) -> None:
    with running_hall(tmp_path / "data"):
        pass
    (tmp_path / "data" / name).write_bytes(content)
    plenum("serve", "--data", tmp_path / "data", "--port", 0).refused(item)
    assert (tmp_path / "data" / name).read_bytes() == content


def test_several_processes_need_a_postgresql(plenum: Plenum, tmp_path: Path) -> None:
    options = ("serve", "--data", tmp_path / "data", "--port", 0, "--workers", 2)
    plenum(*options).refused("server: several processes on the embedded database")
    assert not (tmp_path / "data").exists()


def test_keys_that_are_lost_are_not_replaced(plenum: Plenum, tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        hall.vote()
    hall.settings.keys_file.unlink()
    plenum("serve", "--data", tmp_path / "data", "--port", 0).refused("server: lost keys")
    assert not hall.settings.keys_file.exists()


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Programs that are started take Ctrl-C, also where the tests run in the background and were told to ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_ends_a_server_and_a_station_without_a_traceback(tmp_path: Path) -> None:
    server = ServerProcess(tmp_path / "data")
    server.start()
    arguments = ["kiosk", "--server", server.url, "--fingerprint", "0" * 32, "--keys", tmp_path / "keys" / "1.json"]
    command = [*COMMAND, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as kiosk:
        while not (tmp_path / "keys" / "1.outbox.sqlite3").exists():
            assert kiosk.poll() is None
        try:
            kiosk.wait(0.5)
        except subprocess.TimeoutExpired:
            kiosk.send_signal(signal.SIGINT)
        try:
            out, err = kiosk.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            kiosk.kill()
            raise
    assert kiosk.returncode == 130
    assert "Traceback" not in out + err
    assert server._process is not None
    server._process.send_signal(signal.SIGINT)
    assert server._process.wait(PATIENCE) == 130
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
    server.start()
    server.close()


def test_a_clock_that_jumps_back_while_a_session_runs(tmp_path: Path) -> None:
    times = iter(range(2_000_000_000, 0, -1_000_000))
    done = simulate(small_simulation(), SeededRng("clock"), lambda: next(times), lambda _step, _done, _total: None)
    write_record_file(tmp_path / "record.zip", done.entries, done.checkpoints, done.service_key)
    with (tmp_path / "record.zip").open("rb") as source:
        verify_record(source).require_clean()


def test_a_contest_that_is_closed_too_early(tmp_path: Path) -> None:
    with running_hall(tmp_path / "data") as hall:
        hall.vote()
        hall.cast(0)
        says("closing: not paused", hall.refused(hall.closing())["detail"])
        hall.pause()
        hall.post(hall.world.decree(ContestResumed("report"), "contest.resumed"))
        hall.post(hall.world.decree(ContestPaused("report"), "contest.paused"))
        says("closing: a kiosk is silent", hall.refused(hall.closing())["detail"])
        hall.tell(waiting=2)
        says("closing: a kiosk holds ballots", hall.refused(hall.closing())["detail"])
        hall.tell()
        hall.end()
