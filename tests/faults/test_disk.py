"""A full disk and a slow one, under a real server on the embedded database.

The small disk is a real one in memory (tmpfs), where the tests may mount one (as root). Elsewhere, and for slowness,
the machine of the server only behaves so (:mod:`tests.faults.troubles`).
"""

import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.election import Election, client_at
from tests.faults.server_process import ServerNursery, ServerProcess
from tests.faults.troubles import Troubles
from tests.support.patience import PATIENCE, patiently

SIZE = "2m"
LOOKS = 20
FULL, STORED = 507, 200


class SmallDisk:
    """A disk of two megabytes for a server's data."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stuffing = path / "stuffing"
        path.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=700", "tmpfs", str(path)]
        self.is_real = subprocess.run(mount, capture_output=True, check=False).returncode == 0

    def fill(self, server: ServerProcess) -> None:
        """Leave no room on it."""
        if not self.is_real:
            server.trouble(Troubles(full=True))
            return
        with pytest.raises(OSError, match="No space left"):
            self._stuff()

    def _stuff(self) -> None:
        with self._stuffing.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4_096))

    def free(self, server: ServerProcess) -> None:
        """Make room."""
        server.trouble(Troubles())
        self._stuffing.unlink(missing_ok=True)

    def close(self) -> None:
        """Take it away."""
        if self.is_real:
            subprocess.run(["umount", "--lazy", str(self.path)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    disk = SmallDisk(tmp_path / "data")
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
