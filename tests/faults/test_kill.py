"""kill -9 under load: no acknowledged ballot is lost, none counts twice, and the log goes on.

With PostgreSQL it is the database server that goes first, as in a loss of power, and the service after it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.api.world import CARDS
from tests.faults.conftest import Survived
from tests.faults.election import Election, chance
from tests.faults.samples import POWER, SEED, SERVER
from tests.faults.server_process import ServerNursery, ServerProcess
from tests.support.postgres import Cluster

KILLS = {"sqlite": SERVER, "postgresql": POWER}
A_SESSION = 10
"""Kills in one session: each finds four ballots that nobody has sent before."""

NEW = CARDS // A_SESSION


@dataclass
class Machine:
    """The service, and its database server if it has one."""

    server: ServerProcess
    cluster: Cluster | None

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
def machine(
    both_databases: str, request: pytest.FixtureRequest, tmp_path: Path, server_nursery: ServerNursery
) -> Iterator[Machine]:
    if both_databases == "postgresql":
        cluster = request.getfixturevalue("postgres_cluster")
        url = request.getfixturevalue("postgres_url")("")
        server = ServerProcess(tmp_path / "data", "--database", url, nursery=server_nursery)
    else:
        cluster, server = None, ServerProcess(tmp_path / "data", nursery=server_nursery)
    server.start()
    yield Machine(server, cluster)
    server.close()


@pytest.mark.parametrize(
    ("both_databases", "first"),
    [(name, first) for name, study in KILLS.items() for first in range(0, study.size, A_SESSION)],
    indirect=["both_databases"],
)
def test_no_acknowledged_ballot_is_lost(machine: Machine, both_databases: str, first: int, survived: Survived) -> None:
    election = Election(machine.server.url)
    moments = chance(f"{SEED} {both_databases} {first}")
    kills = min(KILLS[both_databases].size - first, A_SESSION)
    for _ in range(kills):
        with election.voted(NEW) as done:
            election.await_moment(moments, NEW, done)
            machine.power_failure()
        machine.power_on()
        election.check_promises()
    print(f"{kills} kills, {len(election.promised)} ballots promised before one of them")
    election.judge()
    # The beginning, and each start after a kill, says what was found.
    assert machine.server.log.read_text().count(" entries, as its last checkpoint says; ") == kills + 1
    survived(KILLS[both_databases], kills)
