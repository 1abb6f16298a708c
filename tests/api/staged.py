"""A server whose session stands at any step: its log was written by the parties of a whole small session, the two
officials of which are accounts. The server reads it back as after a power cut.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fastapi.testclient import TestClient

from api.accounts.official_key import open_key
from api.accounts.roles import Role
from api.main import app_around
from api.service import Service, running_service
from api.settings import Settings
from api.store.operations import LogGroup, NewEntry, append_group
from ballots.queue_statement import sign_queue
from tests.api import hall
from tests.api.hall import LOCAL, FakeClock
from tests.api.people import PASSWORD, Person, enrolled, signed_in
from tests.support.seeded_rng import SeededRng
from tests.support.session import SessionBuilder
from voting_core.log.checkpoint import Checkpoint, sign_checkpoint
from voting_core.log.merkle import leaf_hash
from voting_core.secret import Secret
from voting_core.signing_key import SigningKey

OFFICIALS = ("li-na", "wang-qiang")
NAMES = {"li-na": "李娜", "wang-qiang": "王强"}


@dataclass
class Staged:
    """A data directory with two officials, and the parties of its session."""

    directory: Path
    builder: SessionBuilder
    keys: dict[str, SigningKey]
    log_key: SigningKey
    options: dict[str, Any]
    written: int = 0
    starts: int = 0
    clock: FakeClock = field(default_factory=FakeClock)

    def copied(self, directory: Path, builder: SessionBuilder | None = None) -> "Staged":
        """The same at another place, to go its own way from here, or from where `builder` is."""
        assert not self.options["database_url"], "a copy of the folder is no copy of a PostgreSQL"
        shutil.copytree(self.directory, directory)
        own = (builder or self.builder).fork()
        starts = self.starts + 100
        return Staged(directory, own, self.keys, self.log_key, self.options, written=self.written, starts=starts)

    @contextmanager
    def service(self) -> Iterator[Service]:
        """Start a server on what is stored."""
        settings = Settings(directory=self.directory, simulated=True, **self.options)
        self.starts += 1
        with running_service(settings, clock=self.clock, rng=SeededRng(f"start {self.starts}")) as service:
            yield service

    @contextmanager
    def running(self, builder: SessionBuilder | None = None) -> Iterator["Running"]:
        """Write what `builder` has more than the log, and start a server."""
        if builder is not None:
            self.builder = builder
        with self.service() as service:
            self._write(service)
        with (
            self.service() as service,
            TestClient(app_around(service), raise_server_exceptions=False, client=LOCAL) as client,
        ):
            yield Running(self, service, client)

    def _write(self, service: Service) -> None:
        entries = self.builder.entries[self.written :]
        if entries:
            write_log(service, self.written, entries, self.builder)
        self.written += len(entries)


def write_log(service: Service, first: int, entries: Sequence[bytes], builder: SessionBuilder) -> None:
    """Put entries into the database, past the sequencer of a server that is about to stop."""
    state = builder.state
    note = sign_checkpoint(Checkpoint(state.session_id, state.size, state.root), service.keys.log)
    group = LogGroup(first, tuple(NewEntry(raw, leaf_hash(raw)) for raw in entries), note)
    service.writer.submit(append_group(group)).result()


@dataclass
class Running:
    """A running server at a step of its session."""

    staged: Staged
    service: Service
    client: TestClient

    @property
    def builder(self) -> SessionBuilder:
        return self.staged.builder

    def sign_in(self, account: str) -> Person:
        """A browser of one of the officials, or of anybody else that has an account."""
        return signed_in(self.service, self.client.app, account)

    def somebody(self, role: Role) -> Person:
        """A browser of somebody with a role."""
        name = f"{role.value.replace('_', '-')}-x"
        if self.service.accounts.find(name) is None:
            self.service.accounts.create(name, name, role)
        return self.sign_in(name)

    def both(self) -> tuple[Person, Person]:
        """The browsers of the two officials."""
        return self.sign_in(OFFICIALS[0]), self.sign_in(OFFICIALS[1])

    def tell_queues(self, waiting: int = 0, contest: str = "motion") -> None:
        """Let every kiosk say how many ballots of a paused contest wait there."""
        log = self.service.sequencer.view.log
        size = log.contest(contest).paused_size
        for kiosk in self.builder.kiosks:
            said = sign_queue(
                contest=contest,
                root=log.root_at(size),
                session=log.session_id,
                size=size,
                waiting=waiting,
                kiosk_key=kiosk,
            )
            answer = self.client.post("/v1/queues", content=said.to_bytes())
            assert answer.status_code == 200, answer.text

    def add(self, raw: bytes) -> None:
        """Send an entry of another party, which the server must take."""
        answer = self.client.post("/v1/entries", content=raw)
        assert answer.status_code == 200, answer.text


def stage(directory: Path, make: type[SessionBuilder] = SessionBuilder, **parts: Any) -> Staged:
    """A data directory with two enrolled officials, and a session that has not begun."""
    options = {"second_factor": False, "verify_threads": 1, "database_url": hall.url_of(directory)}
    settings = Settings(directory=directory, simulated=True, **options)
    with running_service(settings, clock=FakeClock(), rng=SeededRng(7)) as service:
        accounts = {id_: enrolled(service, id_, Role.OFFICIAL, NAMES[id_]) for id_ in OFFICIALS}
        keys = {id_: open_key(account.sealed_key, Secret(PASSWORD)) for id_, account in accounts.items()}
        builder = make(**parts)
        builder.officials = tuple(sorted(keys.values(), key=lambda key: key.public))  # type: ignore[assignment]
        builder.log_key, builder.service_key = (  # type: ignore[assignment]
            SimpleNamespace(public=service.keys.log.public),
            SimpleNamespace(public=service.keys.service.public),
        )
        return Staged(directory, builder, keys, service.keys.log, options)
