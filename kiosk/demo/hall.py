"""The hall of a demonstration: a server, scrutineers' stations and kiosks as processes, two officials at one table."""

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from ballots.crockford import fingerprint_text
from kiosk.client import ServerClient, connect
from kiosk.demo.processes import Processes, free_port
from kiosk.follower import Follower
from kiosk.official import Official, Officials
from tally.cli.system import SystemRng, unix_time
from tally.entries.bodies import TYPES
from tally.entries.entry_type import EntryType
from tally.entries.reading import Body
from tally.entries.session import SessionCreated
from tally.plan import SessionPlan
from tally.state import State
from voting_core.codec import canonical
from voting_core.errors import FatalError
from voting_core.signing_key import SigningKey

POLL = 0.2
PATIENCE_SECONDS = 240.0
"""How long one step may take on a slow machine before the demonstration gives up and says which step it was."""

APPROVED_TYPES = (
    EntryType.CREDENTIALS_ISSUED,
    EntryType.RESERVE_SEALED,
    EntryType.ATTENDANCE_DECLARED,
    EntryType.COUNT_ENTERED,
    EntryType.CONTEST_DEFINED,
)
"""What the scrutineers' stations sign by themselves here; in the hall a person looks at each."""

NONCE_BYTES = 32


@dataclass(slots=True)
class Hall:
    """Everybody and everything. `folder` holds keys, logs and requests of all stations."""

    plan: SessionPlan
    folder: Path
    processes: Processes
    url: str
    officials: Officials
    kiosks: list[str] = field(default_factory=list)

    @classmethod
    def open(cls, plan: SessionPlan, folder: Path, processes: Processes) -> "Hall":
        """Start the server and seat the officials."""
        port = free_port()
        processes.start("server", ["serve", "--data", str(folder / "server"), "--port", str(port), "--simulated"])
        client = connect(f"http://127.0.0.1:{port}")
        _await_server(client, processes)
        rng = SystemRng()
        follower = Follower(client, verify=False)
        first, second = sorted((SigningKey.generate(rng) for _ in range(2)), key=lambda key: key.public)
        pair = Officials(*(Official(key, client, follower, unix_time) for key in (first, second)))
        return cls(plan, folder, processes, f"http://127.0.0.1:{port}", pair)

    def close(self) -> None:
        """Hang up; the processes end with their group."""
        self.client.http.close()

    @property
    def client(self) -> ServerClient:
        """The officials' connection to the server."""
        return self.officials.first.client

    @property
    def state(self) -> State:
        """The log as the officials have replayed it."""
        return self.officials.state

    def create_session(self) -> None:
        """Write `session.created` with the keys that the server shows."""
        info, status = self.plan.info, self.client.status()
        body = SessionCreated(
            title=info.title,
            place=info.place,
            date=info.date,
            kind=info.kind,
            simulated=True,
            threshold=self.plan.scrutineers.threshold,
            trustees=len(self.plan.scrutineers.names),
            officials=(self.officials.first.key.public, self.officials.second.key.public),
            log_key=bytes.fromhex(status["log_key"]),
            service_key=bytes.fromhex(status["service_key"]),
            nonce=SystemRng().bytes(NONCE_BYTES),
        )
        self.officials.create(body)

    def seat_scrutineer(self, index: int, *, decrypts: bool) -> None:
        """Start a scrutineer's station with a passphrase of its own."""
        directory = self.scrutineer_folder(index)
        directory.mkdir(parents=True, exist_ok=True)
        passphrase = directory / "passphrase"
        passphrase.touch(mode=0o600)
        passphrase.write_text(secrets.token_urlsafe(24), encoding="utf-8")
        name = self.plan.scrutineers.names[index - 1]
        arguments = ["scrutineer", "--headless", "--server", self.url, "--dir", str(directory)]
        arguments += ["--name", name, "--index", str(index)]
        # Nobody sits at these stations who could compare aloud.
        arguments += ["--passphrase-file", str(passphrase), "--poll", str(POLL), "--gather", "1"]
        arguments += ["--sign-without-comparing"]
        arguments += [part for type_ in APPROVED_TYPES for part in ("--approve", type_.value)]
        self.processes.start(scrutineer(index), arguments if decrypts else [*arguments, "--verify-only"])

    def place_kiosk(self, name: str, turns: Path, receipts: Path) -> None:
        """Start a kiosk that takes its turns from a file."""
        fingerprint = self.fingerprint
        arguments = ["kiosk", "--server", self.url, "--fingerprint", fingerprint, "--name", name]
        arguments += ["--keys", str(self.folder / "kiosks" / f"{name}.json"), "--ballots", str(turns)]
        arguments += ["--receipts", str(receipts), "--wait", "--poll", str(POLL)]
        self.processes.start(f"kiosk-{name}", arguments)
        self.kiosks.append(name)

    @property
    def fingerprint(self) -> str:
        """The session fingerprint as it is read aloud."""
        found = self.state.fingerprint
        if found is None:
            raise FatalError("the scrutineers have not made a key yet")
        return fingerprint_text(found)

    def scrutineer_folder(self, index: int) -> Path:
        """Where a scrutineer keeps key file, memory, log and requests."""
        return self.folder / scrutineer(index)

    def ask(self, index: int, type_: EntryType, body: Body | None = None) -> None:
        """Put a request on the desk of a scrutineer; the station takes it from there."""
        value = {"type": type_.value, **({} if body is None else {"body": body.to_json()})}
        inbox = self.scrutineer_folder(index) / "inbox"
        inbox.mkdir(parents=True, exist_ok=True)
        hidden = inbox / f"{secrets.token_hex(8)}.part"
        hidden.write_bytes(canonical(value))
        hidden.rename(hidden.with_suffix(".json"))

    def ask_pair(self, body: Body) -> None:
        """Ask the first scrutineer for an entry that a second one signs too."""
        self.ask(1, TYPES[type(body)], body)

    def wait(self, what: str, done: Callable[[State], bool]) -> State:
        """Follow the log, letting in who asks to be let in, until `done` holds.

        Raises:
            FatalError: a process failed, or it took too long; the message says what was awaited.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not done(self.officials.sync()):
            self.processes.check()
            self.officials.approve(EntryType.TRUSTEE_JOINED, EntryType.KIOSK_REGISTERED, EntryType.CONTEST_DEFINED)
            if time.monotonic() > deadline:
                raise FatalError(f"nothing more happens while waiting for: {what}; the logs are in {self.folder}")
            time.sleep(POLL)
        return self.state

    def delivered(self, contest: str) -> int:
        """How many ballots of a contest the kiosks have delivered, cast or challenged."""
        return sum(
            event.get("contest") == contest and event["event"] in ("cast", "challenged")
            for name in self.kiosks
            for event in self._events(f"kiosk-{name}")
        )

    def refusals(self) -> list[str]:
        """What the kiosks refused or lost, in their own words."""
        told = [event for name in self.kiosks for event in self._events(f"kiosk-{name}")]
        return [str(event.get("problem")) for event in told if event["event"] in ("refused", "lost")]

    def _events(self, process: str) -> list[dict[str, object]]:
        lines = self.processes.log(process).read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]


def scrutineer(index: int) -> str:
    """The name of a scrutineer's process and folder."""
    return f"scrutineer-{index}"


def _await_server(client: ServerClient, processes: Processes) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        processes.check()
        try:
            if client.http.get("/healthz").status_code == httpx2.codes.OK:
                return
        except httpx2.TransportError:
            time.sleep(POLL)
    raise FatalError("the server did not start")
