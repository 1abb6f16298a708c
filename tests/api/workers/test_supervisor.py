"""Starting readers again, or not; with small programs in their place."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from api.public_service import PublicKeys
from api.settings import Settings
from api.workers import supervisor
from api.workers.handed import Handed
from api.workers.serving import MISFIT
from api.workers.supervisor import Readers
from tests.support.processes import has_ended

WAITS = "import sys; sys.stdin.read()"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "AGAIN_SECONDS", 0.01)


def readers(tmp_path: Path, program: str, number: int = 1) -> Readers:
    handed = Handed(Settings(directory=tmp_path), PublicKeys(bytes(32), bytes(32)), sys.stderr.fileno(), None)
    return Readers(handed, number, (sys.executable, "-c", program))


def running(made: Readers, number: int) -> dict[int, int]:
    while len(made.pids) < number:
        time.sleep(0.01)
    return made.pids


def test_one_that_dies_is_started_again_and_all_end_when_told(tmp_path: Path) -> None:
    made = readers(tmp_path, f"open({str(tmp_path / 'starts')!r}, 'a').write('x'); {WAITS}", 2)
    made.start()
    first = running(made, 2)
    while len((tmp_path / "starts").read_text() if (tmp_path / "starts").exists() else "") < 2:
        time.sleep(0.01)
    os.kill(first[1], signal.SIGKILL)
    while made.pids.get(1, first[1]) == first[1]:
        time.sleep(0.01)
    second = running(made, 2)
    assert second[2] == first[2]
    made.stop()
    assert all(has_ended(pid) for pid in (*first.values(), *second.values()))
    assert made.pids == {}


def test_one_that_found_the_log_changed_is_not_started_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    made = readers(tmp_path, f"raise SystemExit({MISFIT})")
    made.start()
    while not any("not started again" in record.message for record in caplog.records):
        time.sleep(0.01)
    assert made.pids == {}
    made.stop()


def test_one_that_does_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "SHUTDOWN_SECONDS", -1.9)
    ready = tmp_path / "ready"
    stubborn = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); open({str(ready)!r}, 'w'); {WAITS}"
    made = readers(tmp_path, stubborn)
    made.start()
    (pid,) = running(made, 1).values()
    while not ready.exists():
        time.sleep(0.01)
    made.stop()
    assert has_ended(pid)


TELLS = """
import os, socket, sys
from api.watching.processes import ProcessFigures
from api.watching.requests import RequestFigures
requests = RequestFigures()
requests.note("status", 200, 0.1)
print("a line by mistake", flush=True)
socket.socket(fileno=os.dup(1)).send(ProcessFigures.here(requests, 2).told())
"""


def test_what_readers_tell_is_added_up_and_stays_when_one_dies(tmp_path: Path) -> None:
    made = readers(tmp_path, TELLS + WAITS, 2)
    made.start()

    def counted() -> int:
        return sum(one.number for one in made.figures().requests.values())

    while counted() < 2:
        time.sleep(0.01)
    figures = made.figures()
    assert sorted(figures.running) == [1, 2]
    assert figures.running[1].streams == 2
    os.kill(made.pids[1], signal.SIGKILL)
    while counted() < 3:
        # The one that died is told of for ever, and what began in its place counts from the start.
        assert counted() >= 2
        time.sleep(0.01)
    made.stop()
    assert counted() == 3
    assert made.figures().running == {}
