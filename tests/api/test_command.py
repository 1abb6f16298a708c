"""The command itself, as a process."""

import contextlib
import gc
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from api.__main__ import main
from api.command import listen
from api.interpreter import SWITCH_SECONDS
from tests.support.patience import PATIENCE, patiently
from voting_core.errors import InputError


def start(data: Path, *options: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "api", "serve", "--data", str(data), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str) -> httpx2.Response:
    for _ in patiently():
        with contextlib.suppress(httpx2.TransportError):
            return httpx2.get(url, trust_env=False)
    raise AssertionError("the server did not start")


def test_a_server_starts_serves_and_stops(tmp_path: Path) -> None:
    port = free_port()
    process = start(tmp_path / "data", "--port", str(port), "--simulated")
    try:
        answer = wait_for(f"http://127.0.0.1:{port}/v1/status")
        assert answer.json()["simulated"] is True
        assert "server" not in answer.headers
        second = start(tmp_path / "data", "--port", str(free_port()))
        output, _ = second.communicate(timeout=PATIENCE)
        assert second.returncode == 2
        assert b"another server is already running" in output
        assert b"Traceback" not in output
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=PATIENCE)
        assert b"/v1/status" not in output
        assert process.returncode == 0
        assert b"stopped in order" in output
        assert (tmp_path / "data" / "session.sqlite3").stat().st_mode & 0o077 == 0
    finally:
        process.kill()
        process.wait()


def test_a_server_sets_its_interpreter_for_serving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[float, int]] = []
    before, mask = len(gc.callbacks), os.umask(0o022)
    monkeypatch.setattr(
        "api.command.OrderlyServer.run", lambda *_, **__: seen.append((sys.getswitchinterval(), len(gc.callbacks)))
    )
    monkeypatch.setattr(
        sys, "argv", ["plenum", "serve", "--data", str(tmp_path / "data"), "--port", "0", "--simulated"]
    )
    try:
        with pytest.raises(SystemExit):
            main()
    finally:
        os.umask(mask)
    assert seen == [(pytest.approx(SWITCH_SECONDS), before + 1)]
    assert len(gc.callbacks) == before


def test_a_port_that_is_taken_is_one_sentence() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(InputError, match="cannot listen there"):
        listen("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("arguments", [["--official", "xyz"], ["--official", "00" * 32]])
def test_keys_of_officials_are_checked(tmp_path: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["plenum", "serve", "--data", str(tmp_path), *arguments])
    mask = os.umask(0o022)
    try:
        with pytest.raises(SystemExit) as caught:
            main()
    finally:
        os.umask(mask)
    assert caught.value.code == 2
