"""kill -9 under load: no acknowledged ballot is lost, none counts twice, and the log goes on.

With PostgreSQL it is the database server that goes first, as in a loss of power, and the service after it.
"""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from ballots.sealed_ballot import ballot_id, parse_ballot
from tally.entries.contests import ContestPaused
from tests.api.world import CARDS, World, voting
from tests.faults.server_process import ServerProcess
from tests.support.postgres import Cluster
from tests.support.seeded_rng import SeededRng

KILLS = {"sqlite": 3, "postgresql": 1}
SENDERS = 4


class Machine:
    """The service, and its database server if it has one."""

    def __init__(self, server: ServerProcess, cluster: Cluster | None) -> None:
        self.server = server
        self.cluster = cluster

    def power_failure(self) -> None:
        """Everything ends at once."""
        if self.cluster is not None:
            self.cluster.stop()
        self.server.kill()

    def power_on(self) -> None:
        """Everything starts."""
        if self.cluster is not None:
            self.cluster.start()
        self.server.start()


@pytest.fixture
def machine(both_databases: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Machine]:
    if both_databases == "postgresql":
        cluster = request.getfixturevalue("postgres_cluster")
        url = request.getfixturevalue("postgres_url")("")
        server = ServerProcess(tmp_path / "data", "--database", url)
    else:
        cluster, server = None, ServerProcess(tmp_path / "data")
    server.start()
    yield Machine(server, cluster)
    server.close()


def ballot_of(raw: bytes) -> str:
    return ballot_id(parse_ballot(json.loads(raw)["body"]["ballot"])).hex()


def send_until_killed(url: str, raws: list[bytes], acknowledged: set[str], killed: threading.Event) -> None:
    """Send ballots one after the other; note each whose promise came. The server may go at any moment."""
    with httpx2.Client(base_url=url, trust_env=False) as client:
        for raw in raws:
            if killed.is_set():
                return
            try:
                answer = client.post("/v1/ballots", content=raw)
            except httpx2.TransportError:
                return
            if answer.status_code == 200:
                acknowledged.add(answer.json()["ballot"])


def test_no_acknowledged_ballot_is_lost(machine: Machine, both_databases: str) -> None:
    server, kills = machine.server, KILLS[both_databases]
    with httpx2.Client(base_url=server.url, trust_env=False) as client:
        status = client.get("/v1/status").json()
        world = World(bytes.fromhex(status["log_key"]), bytes.fromhex(status["service_key"]))
        contest = world.contest()
        voting(world, lambda raw: client.post("/v1/entries", content=raw).raise_for_status(), contest)
    raws = {ballot_of(raw): raw for raw in (world.cast(card, contest) for card in range(CARDS))}
    acknowledged: set[str] = set()
    moments = SeededRng(2026)
    for _ in range(kills):
        left = [raw for identifier, raw in raws.items() if identifier not in acknowledged]
        killed = threading.Event()
        threads = [
            threading.Thread(target=send_until_killed, args=(server.url, left[n::SENDERS], acknowledged, killed))
            for n in range(SENDERS)
        ]
        before = len(acknowledged)
        for thread in threads:
            thread.start()
        # Killed after a few ballots more, at a moment that is different each time, always with some on their way.
        while len(acknowledged) < before + 4 and any(thread.is_alive() for thread in threads):
            time.sleep(0.001)
        time.sleep(moments.bytes(1)[0] / 10_000)
        machine.power_failure()
        killed.set()
        for thread in threads:
            thread.join()
        machine.power_on()
        with httpx2.Client(base_url=server.url, trust_env=False) as client:
            for identifier in acknowledged:
                assert client.get(f"/v1/ballots/{identifier}").json()["status"] in ("pending", "log")
    with httpx2.Client(base_url=server.url, trust_env=False) as client:
        # Everybody sends again, as a kiosk does; whatever was accepted before counts once.
        for raw in raws.values():
            assert client.post("/v1/ballots", content=raw).status_code == 200
        # The pause brings in what is too little for a batch.
        pause = world.entry(ContestPaused("report"), "contest.paused", *world.officials)
        assert client.post("/v1/entries", content=pause).status_code == 200
        lines = client.get(f"/v1/log/entries?start={world.state.size}").content.splitlines()
    for raw in lines:
        world.add(raw)
    assert world.state.contest("report").cast == len(lines) - 1 == CARDS
    assert kills <= len(acknowledged) <= CARDS
