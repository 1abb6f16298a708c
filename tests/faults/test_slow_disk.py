"""A slow disk under a real server, and one that hangs: promises come late, none too early, and the server tells."""

import asyncio
import re
import threading
from contextlib import ExitStack, closing
from pathlib import Path

import httpx2
import pytest

from tests.api.world import CARDS
from tests.faults.conftest import Survived
from tests.faults.election import Election, chance, client_at
from tests.faults.samples import SEED, SLOW_DISK
from tests.faults.server_process import ServerNursery, ServerProcess
from tests.faults.slow_disk import slow_disk
from tests.support.coroutines import run
from tests.support.patience import PATIENCE, patiently

STORED, BUSY = 200, 503
SLOW_SECONDS, HANGING_SECONDS = 0.3, 3_600
FAST = "0.25"
"""The longest bucket of latencies that no promise of the slow disk can be in."""

LIMIT = 100
FLOOD = 400
"""Copies of ballots that are sent at once: more than the server lets wait while one commit hangs."""

A_SESSION = 10
NEW = CARDS // A_SESSION


def slow_promises(server: ServerProcess) -> int:
    """How many requests with ballots took longer than `FAST`, as the server's figures tell it."""
    token = (server.data / "operator.token").read_text().strip()
    with client_at(server.url) as client:
        told = client.get("/metrics", headers={"Authorization": f"Bearer {token}"}).text
    lines = [line for line in told.splitlines() if 'kind="ballots"' in line and 'answer="2xx"' in line]
    buckets = {le: int(count) for line in lines for le, count in re.findall(r'le="([^"]+)"\} (\d+)', line)}
    return buckets.get("+Inf", 0) - buckets.get(FAST, 0)


def check_it_answers(server: ServerProcess) -> None:
    """Who reads does not wait for the disk; the server lives, and takes ballots."""
    with client_at(server.url) as client:
        for path in ("/healthz", "/readyz", "/v1/status", "/v1/log/entries"):
            assert client.get(path).status_code == STORED, path


class Flood:
    """Copies of ballots, all at once; `answers` has what came back so far, with its Retry-After."""

    def __init__(self, url: str, raws: list[bytes]) -> None:
        self.answers: set[tuple[int, str]] = set()
        self._thread = threading.Thread(target=lambda: run(self._send_all(url, raws)))
        self._thread.start()

    def join(self) -> None:
        """Wait for all answers."""
        self._thread.join()

    async def _send_all(self, url: str, raws: list[bytes]) -> None:
        limits = httpx2.Limits(max_connections=None)
        async with httpx2.AsyncClient(base_url=url, limits=limits, timeout=PATIENCE, trust_env=False) as client:
            await asyncio.gather(*(self._send(client, raws[number % len(raws)]) for number in range(FLOOD)))

    async def _send(self, client: httpx2.AsyncClient, raw: bytes) -> None:
        answer = await client.post("/v1/ballots", content=raw)
        self.answers.add((answer.status_code, answer.headers.get("retry-after", "")))


def test_a_slow_disk_loses_nothing_and_the_server_says_what_it_does(
    tmp_path: Path, server_nursery: ServerNursery
) -> None:
    settings = tmp_path / "plenum.toml"
    settings.write_text(f"queue_limit = {LIMIT}\n")
    server = ServerProcess(tmp_path / "data", "--config", str(settings), nursery=server_nursery)
    with closing(server):
        server.start()
        election = Election(server.url)
        election.cast(8)
        before = slow_promises(server)
        with slow_disk(server.pid, SLOW_SECONDS):
            election.cast(8)
            check_it_answers(server)
        # Ballots are told in eights, so up to seven of them are not told yet.
        assert slow_promises(server) > before
        # It hangs: what is sent waits, and who comes when too many wait is told when to come again.
        promised, sent = len(election.promised), list(election.raws.values())[16:24]
        with ExitStack() as hanging:
            hanging.enter_context(slow_disk(server.pid, HANGING_SECONDS))
            with election.voted(8) as done:
                flood = Flood(server.url, sent)
                for _ in patiently(0.01):
                    if flood.answers:
                        break
                check_it_answers(server)
                assert len(election.promised) == promised
                assert flood.answers == {(BUSY, "2")}
                hanging.close()
                assert done.wait(PATIENCE)
            flood.join()
        assert {status for status, _ in flood.answers} <= {STORED, BUSY}
        election.check_promises()
        election.judge()
        assert "Traceback" not in server.log.read_text()


@pytest.mark.parametrize("first", range(0, SLOW_DISK.size, A_SESSION))
def test_a_server_that_is_killed_while_its_disk_is_slow_loses_nothing(
    tmp_path: Path, server_nursery: ServerNursery, first: int, survived: Survived
) -> None:
    server = ServerProcess(tmp_path / "data", nursery=server_nursery)
    moments, kills = chance(f"{SEED} slow disk {first}"), min(SLOW_DISK.size - first, A_SESSION)
    with closing(server):
        server.start()
        election = Election(server.url)
        for _ in range(kills):
            with slow_disk(server.pid, SLOW_SECONDS), election.voted(NEW) as done:
                election.await_moment(moments, NEW, done)
                server.kill()
            server.start()
            election.check_promises()
        election.judge()
    survived(SLOW_DISK, kills)
