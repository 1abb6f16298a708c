"""Records verified by several processes: the same report to the byte, also when processes die."""

import io
import json
import os
import signal
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tally.cli import cores as module
from tally.cli.backend import Backend, choose
from tally.cli.cores import Cores, available_cores
from tally.replay import Known
from tally.verify import entries, verify_record
from tally.verify.runs import Pending
from tests.golden.golden_session import golden
from tests.support.session import SessionBuilder
from tests.support.session_parts import Cards
from tests.tally.replay.test_ahead import forged
from tests.tally.verify.records import checkpoint, pack


def records() -> dict[str, bytes]:
    """An honest record, and one with forged arguments, a broken entry, a false signature and a ballot twice."""
    good, bad = golden(), SessionBuilder("cores", cards=Cards(drawn=9)).run("open")
    casts = [forged(bad, number) if number in (1, 6) else bad.cast((0,), number) for number in range(8)]
    casts[2] = casts[2].replace(b'"argument":"', b'"argument":"AAAA', 1)
    casts[4] = casts[4][:-1] + b" }"
    raws = [*bad.entries, *casts, casts[0]]
    return {
        "good": pack(good.entries, good.notes, good.service_key),
        "bad": pack(raws, [checkpoint(bad, raws)], bad.service_key),
    }


RECORDS = records()


@pytest.fixture(autouse=True)
def small_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "RUN_ENTRIES", 3)


def report(name: str, backend: Backend, jobs: int) -> str:
    """The report as JSON, without the one line that names the backend."""
    group = choose(backend)
    source = io.BytesIO(RECORDS[name])
    if jobs == 1:
        found = verify_record(source, group=group)
    else:
        with Cores(jobs, backend) as runs:
            found = verify_record(source, group=group, runs=runs)
    assert found.backend == group.name
    return json.dumps({**found.to_json(), "backend": ""})


@pytest.mark.parametrize("name", RECORDS)
def test_the_report_is_the_same_with_any_number_of_processes_and_either_backend(name: str) -> None:
    expected = report(name, Backend.SODIUM, 1)
    assert report(name, Backend.FAST, 1) == expected
    assert report(name, Backend.FAST, 2) == expected
    assert report(name, Backend.SODIUM, 2) == expected
    codes = [finding["check"] for finding in json.loads(expected)["findings"]]
    assert codes == ([] if name == "good" else ["V8.H", "V4.A", "V2.A", "V8.H", "V8.B", "V3.D"])


class Killing(Cores):
    """Kills its processes when so many runs are submitted."""

    def __init__(self, jobs: int, after: int) -> None:
        super().__init__(jobs, Backend.FAST)
        self.left = after

    def submit(self, run: Sequence[bytes], known: Known | None) -> Pending:
        if self.left == 0:
            for process in list(self._pool._processes):
                os.kill(process, signal.SIGKILL)
        self.left -= 1
        return super().submit(run, known)


@pytest.mark.parametrize("after", [0, 2])
def test_processes_that_die_cost_time_and_nothing_else(after: int) -> None:
    with Killing(2, after) as runs:
        found = verify_record(io.BytesIO(RECORDS["bad"]), group=choose(Backend.FAST), runs=runs)
    assert json.dumps({**found.to_json(), "backend": ""}) == report("bad", Backend.FAST, 1)


def test_with_several_threads_processes_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of a process with several threads can wait for ever for a lock that one of them held."""
    asked: list[str] = []
    real = module.multiprocessing.get_context
    monkeypatch.setattr(module.multiprocessing, "get_context", lambda name: (asked.append(name), real(name))[1])
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        Cores(2, Backend.SODIUM).__exit__(None, None, None)
    finally:
        stop.set()
        thread.join()
    assert asked == ["spawn"]


def test_what_a_process_does_first(monkeypatch: pytest.MonkeyPatch) -> None:
    handled: list[Any] = []
    monkeypatch.setattr(module.signal, "signal", lambda *given: handled.append(given))
    monkeypatch.setattr(module, "_group", None)
    module._begin(Backend.SODIUM)
    assert handled == [(signal.SIGINT, signal.SIG_IGN)]
    (ahead,) = module._look((b"",), None)
    assert str(ahead.entry).startswith("V2.A")
    module._nothing()


def test_cores_are_counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert available_cores() >= 1
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert available_cores() == 1
