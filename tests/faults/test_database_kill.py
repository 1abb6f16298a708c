"""PostgreSQL goes away under a server that stays: nothing is lost, and nobody has to start the server again.

Three ways in turn: SIGKILL to its first process, SIGKILL to the process that serves the writer (after which PostgreSQL
ends all connections and recovers by itself), and an ordinary restart.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import pytest

from tests.api.world import CARDS
from tests.faults.conftest import Survived
from tests.faults.election import Election, chance, client_at
from tests.faults.samples import DATABASE, SEED
from tests.faults.server_process import ServerNursery, ServerProcess
from tests.support.patience import PATIENCE
from tests.support.postgres import Cluster

A_SESSION = 10
ASKED = ("/v1/status", "/v1/log/entries", "/v1/log/checkpoint", "/v1/proposals", "/v1/record", "/healthz", "/lookup")
OK, LATER = 200, 503
NEW = CARDS // A_SESSION


@pytest.fixture
def server(
    postgres_cluster: Cluster, postgres_url: Callable[[str], str], tmp_path: Path, server_nursery: ServerNursery
) -> Iterator[ServerProcess]:
    server = ServerProcess(tmp_path / "data", "--database", postgres_url(""), nursery=server_nursery)
    server.start()
    yield server
    server.close()


def kill_all(cluster: Cluster) -> None:
    cluster.kill()
    cluster.start()


def kill_writer(cluster: Cluster) -> None:
    for process in cluster.writers():
        os.kill(process, signal.SIGKILL)


def restart(cluster: Cluster) -> None:
    cluster.stop()
    cluster.start()


@contextmanager
def asked(url: str) -> Iterator[set[int]]:
    """Have somebody read, of the memory and of the database, until the context ends; gives the answers' statuses."""
    answers: set[int] = set()
    stop = threading.Event()

    def ask() -> None:
        with client_at(url) as client:
            while not stop.is_set():
                answers.update(client.get(path).status_code for path in ASKED)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield answers
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("first", range(0, DATABASE.size, A_SESSION))
def test_a_database_that_goes_away_loses_nothing_and_needs_nobody(
    server: ServerProcess, postgres_cluster: Cluster, first: int, survived: Survived
) -> None:
    election = Election(server.url)
    moments = chance(f"{SEED} database {first}")
    ways = cycle((kill_all, kill_writer, restart))
    kills, before = min(DATABASE.size - first, A_SESSION), server.pid
    for _, way in zip(range(kills), ways, strict=False):
        with asked(server.url) as answers, election.voted(NEW) as done:
            election.await_moment(moments, NEW, done)
            way(postgres_cluster)
            # Without starting the server again.
            assert done.wait(PATIENCE)
        # Never an answer that a station would take for a refusal.
        assert answers <= {OK, LATER}
        election.check_promises()
    print(f"{kills} kills of the database; senders were answered {sorted(election.answers)}")
    election.judge()
    assert server.pid == before
    with client_at(server.url) as client:
        assert client.get("/readyz").status_code == OK
    said = server.log.read_text()
    assert "the database failed: " in said
    assert "connected to the database again" in said
    assert "Traceback" not in said
    survived(DATABASE, kills)
