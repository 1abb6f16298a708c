"""A server of two processes on PostgreSQL, and clients whose connection is with the one or with the other.

Both listen on one socket, so whoever is stopped for a moment (SIGSTOP) leaves new connections to the other.
"""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from api.accounts.idle import SIGN_IN_SECONDS
from api.accounts.roles import Role
from api.accounts.tokens import hash_token
from api.cookies import sign_in_cookie
from api.pki.authority import make_authority
from api.pki.server import make_server_certificate
from api.pki_files import store_server
from api.store.accounts import Account, add_account, add_sign_in
from api.store.database import database_at
from api.store.writer import Work
from tally.cli.system import unix_time
from tests.api.world import World
from tests.faults.server_process import ServerProcess
from tests.support.postgres import Cluster
from tests.support.processes import command_of, processes_under, state_of
from tests.support.seeded_rng import SeededRng

PATIENCE = 300.0
"""Seconds that an answer may take: never waited for, only not to hang."""


class Site:
    """The server, the world whose log it has, and its contest."""

    def __init__(self, data: Path, url: str) -> None:
        self.url = url
        now, rng = unix_time(), SeededRng("site")
        made = make_server_certificate(make_authority("县", (), now=now, rng=rng), ("127.0.0.1",), now=now, rng=rng)
        data.mkdir()
        store_server(data, made, replace=False)
        self.server = ServerProcess(data, "--database", url, "--workers", "2", tls=True)
        self.server.start()
        with self.client() as client:
            status = client.get("/v1/status").json()
        self.cookie = sign_in_cookie(bytes.fromhex(status["log_key"]), encrypted=True)
        self.world = World(bytes.fromhex(status["log_key"]), bytes.fromhex(status["service_key"]))
        self.contest = self.world.contest()

    @property
    def sequencer(self) -> int:
        """The process that writes."""
        assert self.server._process is not None
        return self.server._process.pid

    def reader(self, *, but: int = 0) -> int:
        """The process that only reads; waits until there is one, another one than `but`."""
        while True:
            for process in processes_under(self.sequencer):
                # Verifiers are children, too.
                if process != but and b"api.workers" in command_of(process):
                    return process
            time.sleep(0.02)

    def client(self, address: str = "127.0.0.1") -> httpx2.Client:
        """A client from an address of this machine, with a connection of its own."""
        transport = httpx2.HTTPTransport(local_address=address, trust_env=False, verify=False)
        return httpx2.Client(base_url=self.server.url, transport=transport, timeout=PATIENCE)

    @contextmanager
    def through(self, name: str, address: str = "127.0.0.1") -> Iterator[httpx2.Client]:
        """A client whose connection is with `reader` or with `sequencer`."""
        # There must be a reader before the sequencer is stopped, which could not start one then.
        reader = self.reader()
        other = self.sequencer if name == "reader" else reader
        with self.client(address) as client:
            with stopped(other):
                assert client.get("/v1/status").status_code == 200
            yield client

    def write(self, *work: Work[Any]) -> None:
        """Put rows into the database that no log is about."""
        database = database_at(Path(), self.url)
        # A reader's connection, because a writer's would wait for the lock that the server holds.
        with database.reading() as one:
            one.execute("SET default_transaction_read_only = off")
            for job in work:
                job(one)
            one.execute("SET default_transaction_read_only = on")
        database.close()

    def sign_in(self, account: str, role: Role) -> dict[str, str]:
        """The cookie of somebody who is signed in."""
        token, now = account.encode().hex().ljust(64, "0"), unix_time()
        self.write(
            add_account(Account(id=account, name=account, role=role, password="x")),
            add_sign_in(account, hash_token(token), now + SIGN_IN_SECONDS, now),
        )
        return {"Cookie": f"{self.cookie}={token}"}


@contextmanager
def running_site(data: Path, cluster: Cluster, schema: str) -> Iterator[Site]:
    """A site that is killed at the end."""
    site = Site(data, cluster.url(schema))
    try:
        yield site
    finally:
        site.server.close()


@contextmanager
def stopped(process: int) -> Iterator[None]:
    """Let a process do nothing for a while."""
    os.kill(process, signal.SIGSTOP)
    try:
        while state_of(process) not in ("T", ""):
            time.sleep(0.001)
        yield
    finally:
        os.kill(process, signal.SIGCONT)
