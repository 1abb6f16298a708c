"""Starting and watching the programs of a rehearsal.

Everything lies in one folder, so that a rehearsal that was stopped goes on where it was. The kiosk starts when the
scrutineers have made the key: in the hall its fingerprint is read aloud and typed in; here it is taken over.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx2

from kiosk.demo.processes import Processes
from kiosk.rehearsal.people import PARTS, PASSWORD, SCRUTINEERS
from voting_core.errors import FatalError

STATION_PORTS: Final = 11
"""The page of scrutineer i listens on the server's port + 10 + i."""

KIOSK_PORT: Final = 30
"""The kiosk's page listens on the server's port + 30."""

_LINK: Final = re.compile(r"http://127\.0\.0\.1:\d+/open\?token=[\w-]+")


@dataclass(frozen=True, slots=True)
class Told:
    """Something that stands ready: who it is for, and where."""

    what: str
    address: str


@dataclass
class RehearsalHall:
    """The programs of one rehearsal. `run` is how a command of `plenum` is run to its end."""

    folder: Path
    port: int
    scrutineers: int
    processes: Processes
    run: Callable[[list[str]], None]
    _told: set[str] = field(default_factory=set)
    _logs: dict[str, int] = field(default_factory=dict)

    @property
    def server(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def data(self) -> Path:
        """The data directory of the server."""
        return self.folder / "server"

    def make_accounts(self) -> None:
        """Make the accounts of a new rehearsal."""
        if self.data.exists():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        password = self.folder / "password.txt"
        password.write_text(PASSWORD + "\n", encoding="utf-8")
        people = [f"{part.account}:{part.role}:{part.name}" for part in PARTS]
        options = ["--data", str(self.data), "--simulated", "--password-file", str(password)]
        self.run(["accounts", "add", *people, *options])

    def start(self) -> None:
        """Start the server and the stations."""
        options = ["--simulated", "--without-second-factor", "--port", str(self.port)]
        self._start("server", ["serve", "--data", str(self.data), *options])
        for index in range(1, self.scrutineers + 1):
            folder = self.folder / f"scrutineer-{index}"
            seat = ["--server", self.server, "--name", SCRUTINEERS[index - 1], "--index", str(index)]
            page = ["--port", str(self.port + STATION_PORTS - 1 + index), "--no-browser"]
            self._start(f"scrutineer-{index}", ["scrutineer", "--dir", str(folder), *seat, *page])

    def look(self) -> Iterator[Told]:
        """Look once at all programs: tells what has become ready, and starts the kiosk when its time has come.

        Raises:
            FatalError: a program failed; the message has the end of its log.
        """
        self.processes.check()
        if "server" not in self._told and self._answers():
            self._told.add("server")
            yield Told("会议网页 pages", self.server)
        for index in range(1, self.scrutineers + 1):
            yield from self._ready(f"scrutineer-{index}", f"监票人 scrutineer {index} {SCRUTINEERS[index - 1]}")
        if "kiosk" in self._logs:
            yield from self._ready("kiosk", "终端 kiosk")
        elif fingerprint := self._fingerprint():
            keys, receipts = self.folder / "kiosk" / "1.json", self.folder / "receipts"
            options = ["--server", self.server, "--fingerprint", fingerprint, "--keys", str(keys)]
            page = ["--page", "--page-port", str(self.port + KIOSK_PORT), "--landscape", "--receipts", str(receipts)]
            self._start("kiosk", ["kiosk", *options, *page])

    def _start(self, name: str, arguments: list[str]) -> None:
        # What an earlier run of the same rehearsal wrote is not told again.
        log = self.processes.log(name)
        self._logs[name] = log.stat().st_size if log.exists() else 0
        self.processes.start(name, arguments)

    def _ready(self, name: str, what: str) -> Iterator[Told]:
        if name in self._told:
            return
        with self.processes.log(name).open("rb") as log:
            log.seek(self._logs[name])
            found = _LINK.search(log.read().decode("utf-8", "replace"))
        if found is not None:
            self._told.add(name)
            yield Told(what, found[0])

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"{self.server}/readyz", trust_env=False).status_code == httpx2.codes.OK
        except httpx2.TransportError:
            return False

    def _fingerprint(self) -> str:
        if "server" not in self._told:
            return ""
        try:
            answer = httpx2.get(f"{self.server}/v1/status", trust_env=False)
            return str(answer.json()["fingerprint"]) if answer.status_code == httpx2.codes.OK else ""
        except httpx2.TransportError:
            return ""
        except (json.JSONDecodeError, KeyError) as error:
            raise FatalError(f"what answers at {self.server} is not the server; give another --port") from error
