"""A full disk under a real server and under a real PostgreSQL, and commits that are held back under a server.

A full disk is a small one (:mod:`tests.faults.small_disk`); commits are held back by the machine of the server
(:mod:`tests.faults.troubles`), and a disk that is really slow is in test_slow_disk.py.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.conftest import Survived
from tests.faults.election import Election, client_at
from tests.faults.samples import DATABASE_DISK
from tests.faults.server_process import ServerNursery, ServerProcess
from tests.faults.small_disk import SmallDisk
from tests.faults.troubles import Troubles
from tests.support.patience import PATIENCE, patiently
from tests.support.postgres import Cluster

LOOKS = 8
FULL, LATER, STORED = 507, 503, 200


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    disk = SmallDisk(tmp_path / "data", megabytes=2)
    yield disk
    disk.close()


def test_a_full_disk_takes_no_ballot_and_loses_none(disk: SmallDisk, server_nursery: ServerNursery) -> None:
    with closing(ServerProcess(disk.path, nursery=server_nursery)) as server:
        server.start()
        election = Election(server.url)
        election.cast(6)
        disk.fill(server)
        with election.voted(6) as done:
            for _ in patiently(0.01):
                if FULL in election.answers:
                    break
            assert not done.is_set()
            with client_at(server.url) as client:
                # Reading goes on, and whoever sends is told what is wrong and to come again.
                assert client.get("/v1/status").status_code == STORED
                unsent = next(raw for name, raw in election.raws.items() if name not in election.promised)
                refused = client.post("/v1/ballots", content=unsent)
                assert refused.status_code == FULL
                assert "disk is full; nothing was stored" in refused.json()["detail"]
                assert refused.headers["retry-after"] == "2"
                assert client.get("/readyz").status_code == STORED
            disk.free(server)
            # As soon as there is room, without starting the server again.
            assert done.wait(PATIENCE)
        assert election.answers <= {STORED, FULL}
        disk.fill(server)
        server.kill()
        disk.free(server)
        server.start()
        election.check_promises()
        election.judge()
        assert "the database failed: OperationalError" in server.log.read_text()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that PostgreSQL's own account can reach."""
    folder = Path(tempfile.mkdtemp(prefix="plenum-disk-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("time", range(1, DATABASE_DISK.size + 1))
def test_a_full_disk_of_postgresql_takes_no_ballot_and_loses_none(
    time: int, open_folder: Path, tmp_path: Path, server_nursery: ServerNursery, survived: Survived
) -> None:
    """It refuses rows, or ends itself where its own log has no room; the server tells, and goes on all the same."""
    with closing(SmallDisk(open_folder / "postgresql", megabytes=72)) as disk:
        if not disk.is_real:
            pytest.skip("only root may mount a disk for it")
        with closing(Cluster(disk.path, wal_megabytes=1)) as cluster:
            server = ServerProcess(tmp_path / "data", "--database", cluster.url("full"), nursery=server_nursery)
            with closing(server):
                server.start()
                election, before = Election(server.url), server.pid
                election.cast(6)
                disk.fill(server)
                with election.voted(30) as done:
                    for _ in patiently(0.01):
                        if election.answers & {FULL, LATER}:
                            break
                    assert not done.is_set()
                    disk.free(server)
                    if not cluster.runs:
                        cluster.start()
                    assert done.wait(PATIENCE)
                assert server.pid == before
                assert election.answers <= {STORED, FULL, LATER}
                print(f"{time}: a full disk of PostgreSQL was answered with {sorted(election.answers)}")
                election.check_promises()
                election.judge()
                survived(DATABASE_DISK, 1)


def test_a_slow_disk_delays_promises_and_nothing_else(tmp_path: Path, server_nursery: ServerNursery) -> None:
    with closing(ServerProcess(tmp_path / "data", nursery=server_nursery)) as server:
        server.start()
        election = Election(server.url)
        for ends_by in ("a commit at last", "kill -9"):
            server.trouble(Troubles(held=True))
            before = len(election.promised)
            with election.voted(12, senders=12) as done, client_at(server.url) as client:
                # Who reads does not wait for who writes, and nothing is promised that is not stored.
                for _ in range(LOOKS):
                    assert client.get("/v1/status").status_code == STORED
                    assert client.get("/readyz").status_code == STORED
                assert len(election.promised) == before
                if ends_by == "kill -9":
                    server.kill()
                server.trouble(Troubles())
                if ends_by == "kill -9":
                    server.start()
                assert done.wait(PATIENCE)
            election.check_promises()
        assert election.answers == {STORED}
        election.judge()
