"""The guide to a session by hand is followed to the letter: every block of it runs, and the record is accepted."""

import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kiosk.demo.processes import free_port
from tests.architecture.tree import ROOT
from tests.support.patience import PATIENCE

GUIDE = ROOT / "docs/stations.md"
PORT = "8300"
STATION = re.compile(r"plenum (serve|scrutineer|kiosk) ")
BLOCK = re.compile(r"^```(python|sh)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass
class Desk:
    """The reader of the guide: terminals, and the Python that stays open."""

    folder: Path
    port: int
    names: dict[str, Any] = field(default_factory=dict)
    stations: list[subprocess.Popen[bytes]] = field(default_factory=list)
    code: str = ""

    def follow(self, language: str, text: str) -> None:
        """Do what one block says."""
        text = self._filled(text.replace(PORT, str(self.port)))
        if language == "python":
            with redirect_stdout(io.StringIO()):
                exec(compile(text, str(GUIDE), "exec"), self.names)  # noqa: S102 - the guide is ours
        elif STATION.match(text):
            self._start(text)
        else:
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", text],
                cwd=self.folder,
                env=environment(),
                check=False,
                capture_output=True,
            )
            assert done.returncode == 0, (done.stdout + done.stderr).decode()
            if shown := re.search(r"digits  ([0-9]+)", done.stdout.decode()):
                self.code = shown[1]

    def log(self, number: int) -> str:
        """What a station has said."""
        return (self.folder / f"terminal-{number}.log").read_text(encoding="utf-8")

    def until(self, number: int, pattern: str) -> str:
        """Wait for a station to say something."""
        deadline = time.monotonic() + PATIENCE
        while not (found := re.search(pattern, self.log(number))):
            assert time.monotonic() < deadline, self.log(number)
            assert not self.stations[number].poll(), self.log(number)
            time.sleep(0.1)
        return found[1]

    def _filled(self, text: str) -> str:
        """What the reader copies from a screen."""
        for number, key in enumerate(self.names.get("keys", ()), 1):
            text = text.replace(f"KEY{number}", key.public.hex())
        if "ROOTCODE" in text:
            codes = {self.until(number, r'"root_code": "([0-9A-Z-]+)"') for number in (1, 2)}
            assert len(codes) == 1
            text = text.replace("ROOTCODE", codes.pop())
        text = re.sub(r"\bCODE\b", self.code, text)
        return text.replace("FINGERPRINT", self.names.get("fingerprint", ""))

    def _start(self, text: str) -> None:
        number = len(self.stations)
        words = text.split()
        if "plenum serve" in text:
            words += ["--port", str(self.port)]
        if "plenum scrutineer" in text:
            # A test has no terminal to type at.
            passphrase = self.folder / "passphrase"
            passphrase.write_text("five words that nobody knows\n", encoding="utf-8")
            words += ["--passphrase-file", str(passphrase)]
        with (self.folder / f"terminal-{number}.log").open("wb") as log:
            process = subprocess.Popen(
                words,
                cwd=self.folder,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.stations.append(process)
        if "plenum serve" in text:
            self.until(number, rf"(:{self.port})")


def environment() -> dict[str, str]:
    """With the command `plenum` of this installation."""
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    reader = Desk(tmp_path, free_port())
    deadline = time.monotonic() + PATIENCE

    def look(_signal: int, _frame: object) -> None:
        """The loops of the guide wait as long as a person would; a person sees that a terminal has stopped."""
        for number, station in enumerate(reader.stations):
            assert not station.poll(), reader.log(number)
        assert time.monotonic() < deadline, "the guide waits for something that does not happen"

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
    yield reader
    signal.setitimer(signal.ITIMER_REAL, 0)
    reader.names["client"].http.close()
    for station in reader.stations:
        station.terminate()
    for station in reader.stations:
        station.wait(PATIENCE)


@pytest.mark.slow
def test_the_guide_leads_to_an_accepted_record(desk: Desk) -> None:
    blocks = BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
    for language, text in blocks:
        desk.follow(language, text)
    assert len(blocks) > 10
    assert [station.wait(PATIENCE) for station in desk.stations[1:]] == [0, 0, 0]
