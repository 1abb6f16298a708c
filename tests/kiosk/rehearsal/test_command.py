"""`plenum rehearse` with real programs: everything comes up, tells where it is, and stops when it is told to."""

import os
import re
import signal
import subprocess
from pathlib import Path
from typing import IO

import httpx2

from kiosk.demo.processes import PLENUM, free_port
from kiosk.rehearsal.guide import FILE
from kiosk.rehearsal.people import PASSWORD
from tests.support.patience import PATIENCE

LINK = re.compile(r"http://127\.0\.0\.1:\d+/open\?token=[\w-]+")


def test_everything_comes_up_with_a_session_and_stops(tmp_path: Path) -> None:
    port, folder = free_port(), tmp_path / "r"
    arguments = ["rehearse", "--dir", str(folder), "--port", str(port)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*PLENUM, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        first = _until_the_end(process.stdout)
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, follow_redirects=True) as browser:
            sign_in = {"account": "official-1", "password": PASSWORD, "next": "/setup"}
            page = browser.post("/sign-in", data=sign_in).text
        opened = httpx2.get(LINK.findall(first)[0], trust_env=False)
        process.stdin.write("\n")
        process.stdin.flush()
        again = _until_the_end(process.stdout)
        kept = (folder / FILE).read_text(encoding="utf-8")
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
    assert "演练" in page
    assert "青岚县党代会表决演练" in page
    assert opened.status_code == 303
    assert len(LINK.findall(first)) == 3
    # The link that was used has another in its place, the others are as they were.
    assert LINK.findall(again)[1:] == LINK.findall(first)[1:]
    assert LINK.findall(again)[0] != LINK.findall(first)[0]
    assert "official-1" in kept
    assert process.returncode == 0
    assert not (folder / FILE).exists()


def _until_the_end(output: IO[str]) -> str:
    """What is told until the last line of the guide; a program that ends early ends it too."""
    said = ""
    while "Ctrl-C" not in said and (line := output.readline()):
        said += line
    return said
