"""A reader of `plenum serve --workers` is killed under load: whoever is left answers, and it is started again."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.api.world import CARDS
from tests.faults.conftest import Survived
from tests.faults.election import Election, chance
from tests.faults.samples import READER, SEED
from tests.faults.server_process import ServerNursery, ServerProcess
from tests.support.patience import PATIENCE, patiently
from tests.support.processes import command_of, processes_under

A_SESSION = 10
NEW = CARDS // A_SESSION


@pytest.fixture
def server(
    postgres_url: Callable[[str], str], tmp_path: Path, server_nursery: ServerNursery
) -> Iterator[ServerProcess]:
    options = ("--database", postgres_url(""), "--workers", "2")
    server = ServerProcess(tmp_path / "data", *options, nursery=server_nursery)
    server.start()
    yield server
    server.close()


def reader_of(server: ServerProcess, but: int) -> int:
    """The reader that runs, another one than `but`; waits until there is one."""
    for _ in patiently(0.02):
        for process in processes_under(server.pid):
            # Verifiers are children, too.
            if process != but and b"api.workers" in command_of(process):
                return process
    raise AssertionError("there is no reader")


@pytest.mark.parametrize("first", range(0, READER.size, A_SESSION))
def test_a_reader_that_is_killed_takes_nothing_with_it(server: ServerProcess, first: int, survived: Survived) -> None:
    election = Election(server.url)
    moments = chance(f"{SEED} reader {first}")
    kills, killed = min(READER.size - first, A_SESSION), 0
    for _ in range(kills):
        killed = reader_of(server, killed)
        with election.voted(NEW) as done:
            election.await_moment(moments, NEW, done)
            os.kill(killed, signal.SIGKILL)
            assert done.wait(PATIENCE)
        election.check_promises()
    reader_of(server, killed)
    election.judge()
    print(f"{kills} kills of a reader")
    assert server.log.read_text().count("reader 1 ended with -9 and is started again") == kills
    survived(READER, kills)
