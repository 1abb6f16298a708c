"""A server in this process with its world: what most tests of the service start from."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from api.main import create_app
from api.service import Service
from api.settings import Settings
from api.store.database import database_at
from ballots.contest import Contest
from ballots.queue_statement import sign_queue
from tally.entries.contests import ContestPaused
from tally.replay.expected import close_body
from tally.state import Status
from tests.api.world import World, voting
from tests.faults.faulty_connection import Faults
from tests.support.seeded_rng import SeededRng

LOCAL = ("127.0.0.1", 40_000)
"""Where requests of tests come from: passwords are only taken from this machine or over TLS."""


class FakeClock:
    """A clock that a test moves, also backwards."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.day = 1_780_000_000

    def monotonic(self) -> float:
        return self.now

    def unix(self) -> int:
        return self.day


@dataclass
class Hall:
    """A running server, the world whose log it has, and an open contest once :meth:`vote` was called."""

    settings: Settings
    client: TestClient
    world: World
    clock: FakeClock
    faults: Faults
    contest: Contest
    accepted: list[bytes] = field(default_factory=list)

    @property
    def service(self) -> Service:
        service = self.client.app.state.service  # type: ignore[attr-defined]
        assert isinstance(service, Service)
        return service

    def post(self, raw: bytes, path: str = "/v1/entries") -> Any:
        """Post an entry that must be accepted."""
        answer = self.client.post(path, content=raw)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def refused(self, raw: bytes, path: str = "/v1/entries") -> Any:
        """Post something that must be refused, and change nothing; gives the problem."""
        before = self.service.sequencer.view
        answer = self.client.post(path, content=raw)
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        assert self.service.sequencer.view is before
        return answer.json()

    def vote(self) -> None:
        """Bring the session to the open contest."""
        voting(self.world, self.post, self.contest)

    def cast(self, card: int, marks: tuple[int, ...] = ()) -> bytes:
        """Cast a ballot; gives the entry."""
        raw = self.world.cast(card, self.contest, marks)
        self.post(raw, "/v1/ballots")
        self.accepted.append(raw)
        return raw

    def pause(self) -> None:
        """Pause the contest, and let the world's kiosk say that nothing waits there."""
        self.follow()
        self.post(self.world.entry(ContestPaused(self.contest.id), "contest.paused", *self.world.officials))
        self.follow()
        self.tell()

    def tell(self, waiting: int = 0) -> None:
        """What the world's kiosk says of its queue while the contest is paused."""
        state = self.world.state
        size = state.contest(self.contest.id).paused_size
        statement = sign_queue(
            contest=self.contest.id,
            root=state.root_at(size),
            session=state.session_id,
            size=size,
            waiting=waiting,
            kiosk_key=self.world.kiosk,
        )
        self.post(statement.to_bytes(), "/v1/queues")

    def closing(self) -> bytes:
        """A closing over the log as it is, not sent yet."""
        self.follow()
        body = close_body(self.world.state, self.contest.id)
        return self.world.entry(body, "contest.closed", *self.world.officials)

    def end(self) -> None:
        """Pause the contest where it is open, and close it."""
        self.follow()
        if self.world.state.contest(self.contest.id).status is Status.OPEN:
            self.pause()
        self.post(self.closing())
        self.follow()

    def settle(self) -> None:
        """Wait until the sequencer has done what follows the last answer, such as a batch."""
        self.client.post("/v1/entries", content=b"?")

    def follow(self) -> None:
        """Let the world replay what the log has more than it."""
        start = self.world.state.size
        for raw in self.client.get(f"/v1/log/entries?start={start}").content.splitlines():
            self.world.add(raw)

    @property
    def token(self) -> dict[str, str]:
        """The header of a desk."""
        return {"Authorization": f"Bearer {self.settings.desk_token_file.read_text()}"}


def url_of(directory: Path) -> str:
    """The database of the server in a directory: the embedded one, unless a fixture puts another function here."""
    del directory
    return ""


def tamper(hall: Hall, sql: str, *parameters: object) -> None:
    """Change the database of a stopped server behind its back."""
    connection = database_at(hall.settings.database, hall.settings.database_url).connect()
    on = " ON entries" if hall.settings.database_url else ""
    for trigger in ("entries_are_never_changed", "entries_are_never_removed"):
        connection.execute(f"DROP TRIGGER IF EXISTS {trigger}{on}")
    connection.execute(sql, parameters)
    connection.close()


@contextmanager
def running_hall(directory: Path, *, world: World | None = None, rows: int = 1, **options: Any) -> Iterator[Hall]:
    """Start a server on a directory; with `world` it is one whose log is known already (a restart)."""
    options.setdefault("database_url", url_of(directory))
    settings = Settings(directory=directory, **options)
    database = database_at(settings.database, settings.database_url)
    clock, faults = FakeClock(), Faults()
    with ExitStack() as stack:
        app = create_app(settings, clock=clock, rng=SeededRng(7), connect=lambda: faults.connect(database))
        client = stack.enter_context(TestClient(app, raise_server_exceptions=False, client=LOCAL))
        if world is None:
            status = client.get("/v1/status").json()
            world = World(bytes.fromhex(status["log_key"]), bytes.fromhex(status["service_key"]), settings.simulated)
        yield Hall(settings, client, world, clock, faults, world.contest(rows=rows))
