"""`plenum rehearse` with real programs: everything comes up, tells where it is, and stops when it is told to."""

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import httpx2

from kiosk.demo.processes import PLENUM, free_port

PATIENCE = 60


def test_server_and_stations_come_up_and_stop(tmp_path: Path) -> None:
    port = free_port()
    arguments = ["rehearse", "--dir", str(tmp_path / "r"), "--port", str(port), "--scrutineers", "2"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen([*PLENUM, *arguments], stdout=subprocess.PIPE, text=True, env=environment)
    said = ""
    try:
        assert process.stdout is not None
        deadline = time.monotonic() + PATIENCE
        while (
            len(re.findall(r"open\?token=|: http://127.0.0.1:\d+$", said, re.MULTILINE)) < 3
            and time.monotonic() < deadline
        ):
            said += process.stdout.readline()
        answer = httpx2.get(f"http://127.0.0.1:{port}/sign-in", trust_env=False)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
    assert "演练" in answer.text
    assert "official-1" in said
    assert process.returncode == 0
