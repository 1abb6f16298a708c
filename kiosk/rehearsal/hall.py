"""Starting and watching the programs of a rehearsal.

Everything lies in one folder, so that a rehearsal that was stopped goes on where it was. The kiosk starts when the
scrutineers have made the key: in the hall its fingerprint is read aloud and typed in; here it is taken over.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx2

from ballots.screen.words import Said
from kiosk.demo.processes import Processes
from kiosk.local_page.door import read_link
from kiosk.rehearsal.example import upload
from kiosk.rehearsal.people import PARTS, PASSWORD
from kiosk.station_page.station import LINK_FILE
from voting_core.errors import FatalError, InputError

STATION_PORTS: Final = 11
"""The page of scrutineer i listens on the server's port + 10 + i."""

KIOSK_PORT: Final = 30
"""The kiosk's page listens on the server's port + 30."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page of this machine: whose it is, and the link that opens it next, empty while there is none."""

    said: Said
    link: str


@dataclass
class RehearsalHall:
    """The programs of one rehearsal. `run` is how a command of `plenum` is run to its end."""

    folder: Path
    port: int
    names: tuple[str, ...]
    files: Mapping[str, bytes]
    processes: Processes
    run: Callable[[list[str]], None]
    is_prepared: bool = False
    """Whether the server answers and the set-up has a session."""
    _kiosk_started: bool = field(default=False)

    @property
    def server(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def data(self) -> Path:
        """The data directory of the server."""
        return self.folder / "server"

    @property
    def is_up(self) -> bool:
        """Whether everything that starts at once stands ready; the kiosk comes later."""
        return self.is_prepared and all(place.link for place in self.stations())

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
        self.processes.start("server", ["serve", "--data", str(self.data), *options])
        self._kiosk_link.unlink(missing_ok=True)
        for index, name in enumerate(self.names, 1):
            folder = self.folder / f"scrutineer-{index}"
            # A link that an earlier run left behind opens nothing.
            (folder / LINK_FILE).unlink(missing_ok=True)
            seat = ["--server", self.server, "--name", name, "--index", str(index)]
            page = ["--port", str(self.port + STATION_PORTS - 1 + index), "--no-browser"]
            self.processes.start(f"scrutineer-{index}", ["scrutineer", "--dir", str(folder), *seat, *page])

    def look(self) -> None:
        """Look once at all programs; prepares the session, and starts the kiosk, when their time has come.

        Raises:
            FatalError: a program failed; the message has the end of its log.
        """
        self.processes.check()
        if not self.is_prepared and self._answers():
            with httpx2.Client(base_url=self.server, trust_env=False, follow_redirects=True) as http:
                if self.files:
                    upload(http, self.files)
            self.is_prepared = True
        if not self._kiosk_started and (fingerprint := self._fingerprint()):
            self._kiosk_started = True
            keys, receipts = self.folder / "kiosk" / "1.json", self.folder / "receipts"
            options = ["--server", self.server, "--fingerprint", fingerprint, "--keys", str(keys)]
            page = ["--page", "--page-port", str(self.port + KIOSK_PORT), "--landscape", "--receipts", str(receipts)]
            self.processes.start("kiosk", ["kiosk", *options, *page])

    def stations(self) -> tuple[Place, ...]:
        """The scrutineers' pages."""
        return tuple(
            Place(
                Said(f"监票人 {index}，{name}", f"scrutineer {index}"),
                _link(self.folder / f"scrutineer-{index}" / LINK_FILE),
            )
            for index, name in enumerate(self.names, 1)
        )

    def kiosk(self) -> Place:
        """The kiosk's page."""
        return Place(Said("表决终端", "kiosk"), _link(self._kiosk_link))

    @property
    def _kiosk_link(self) -> Path:
        return self.folder / "kiosk" / "1.link"

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"{self.server}/readyz", trust_env=False).status_code == httpx2.codes.OK
        except httpx2.TransportError:
            return False

    def _fingerprint(self) -> str:
        if not self.is_prepared:
            return ""
        try:
            answer = httpx2.get(f"{self.server}/v1/status", trust_env=False)
            return str(answer.json()["fingerprint"]) if answer.status_code == httpx2.codes.OK else ""
        except httpx2.TransportError:
            return ""
        except (json.JSONDecodeError, KeyError) as error:
            raise FatalError(f"what answers at {self.server} is not the server; give another --port") from error


def _link(file: Path) -> str:
    try:
        return read_link(file)
    except InputError:
        return ""
