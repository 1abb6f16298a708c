"""A Dask cluster of two processes on this machine, one of which is killed in the middle."""

import io
import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from tally.cli.backend import Backend, choose
from tally.cli.cluster import Cluster, look
from tally.replay import Known
from tally.verify import entries, verify_record
from tally.verify.runs import Pending
from tests.tally.cli.test_cores import RECORDS, report
from voting_core.errors import InputError


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers, each a process with one thread."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", silence_logs=50
    ) as found:
        yield found


@pytest.fixture(autouse=True)
def small_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "RUN_ENTRIES", 2)


class Killing(Cluster):
    """Kills one of the workers when the third run is submitted."""

    victim = 0
    submitted = 0

    def submit(self, run: Sequence[bytes], known: Known | None) -> Pending:
        self.submitted += 1
        if self.submitted == 3:
            os.kill(self.victim, signal.SIGKILL)
        return super().submit(run, known)


def test_a_worker_that_is_killed_changes_nothing(cluster: Any) -> None:
    for name in RECORDS:
        with Killing(cluster.scheduler_address, Backend.FAST) as runs:
            assert runs.waiting >= 2
            runs.victim = next(iter(cluster.workers.values())).pid
            found = verify_record(io.BytesIO(RECORDS[name]), group=choose(Backend.FAST), runs=runs)
            assert runs.submitted >= 3
        assert json.dumps({**found.to_json(), "backend": ""}) == report(name, Backend.SODIUM, 1)


def test_what_the_cluster_loses_is_done_here() -> None:
    class Lost:
        def result(self) -> None:
            raise OSError("gone")

        def release(self) -> None:
            pass

    from tally.cli.cluster import _Answer
    from tally.verify.runs import Later

    answer = _Answer(Lost(), Later((b"",), None, choose(Backend.SODIUM)), (OSError,))
    assert str(answer.result()[0].entry).startswith("V2.A")


def test_a_machine_of_the_cluster_looks_at_runs() -> None:
    assert str(look((b"",), None, Backend.FAST)[0].entry).startswith("V2.A")


def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tally.cli.cluster._TIMEOUT_SECONDS", 1)
    with pytest.raises(InputError, match="no cluster answers"):
        Cluster("tcp://127.0.0.1:9", Backend.SODIUM)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"plenum\[dask\]"):
        Cluster("tcp://127.0.0.1:9", Backend.SODIUM)
