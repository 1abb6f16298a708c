"""Figures of a whole record of many small ballots: processor time on one core, and how much faster two cores are.

The record is made by `tally.simulate` in a process of its own, and each verification runs in one. "Faster" is told
twice: by the clock, which is worth reading on an idle machine, and by processor time, as the share that no second core
can take over.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tally.cli.backend import Backend, choose
from tally.cli.bench.figure import Figure, at_least, at_most, info, skipped
from tally.cli.cores import Cores, available_cores
from tally.verify import verify_record
from voting_core.fast import fast_group

BALLOTS = 5_000
ROWS = 10
SEATS = 5
LIMIT_SECONDS = 7.0
LIMIT_TIMES = 1.6
BUSY = 0.5
"""With a load above this the clock tells of the machine, not of the program."""

_RUNS = 2

HUGE_CONTESTS = 5
HUGE_BALLOTS = 20_000
"""As many as a session has credentials; so 100,000 ballots take five contests."""


def verify_with(path: Path, jobs: int) -> tuple[float, float, float]:
    """Verify with so many processes: (seconds by the clock, processor time of this process, that of the others)."""
    group = choose(Backend.AUTO)
    clock, own = time.perf_counter(), time.process_time()
    with path.open("rb") as source:
        if jobs == 1:
            verify_record(source, group=group).require_clean()
        else:
            with Cores(jobs, Backend.AUTO) as runs:
                verify_record(source, group=group, runs=runs).require_clean()
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = time.perf_counter() - clock
    return spent, time.process_time() - own, others.ru_utime + others.ru_stime


def huge() -> list[Figure]:
    """Verifying 100,000 ballots of 10 rows on all cores, and the memory of the process that judges."""
    number = HUGE_CONTESTS * HUGE_BALLOTS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.zip"
        _apart(f"make_record({HUGE_BALLOTS}, Path({str(path)!r}), {ROWS}, {SEATS}, {HUGE_CONTESTS})")
        megabytes = path.stat().st_size / 1_000_000
        printed = _apart(
            f"import resource; print(*verify_with(Path({str(path)!r}), {available_cores()}), "
            "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
        )
    clock, own, others, memory = (float(word) for word in printed.split())
    note = f"{available_cores()} cores, {clock:.0f} s by the clock; a record of {megabytes:.0f} MB"
    return [
        info(f"verify_{number}_ballots_10_rows", own + others, "s", f"processor time of all processes; {note}"),
        info(f"verify_memory_{number}_ballots", memory, "MB", "of the process that judges"),
    ]


def _apart(code: str) -> str:
    program = (
        "from pathlib import Path; from tally.cli.bench.record import make_record; "
        f"from tally.cli.bench.cores import verify_with; {code}"
    )
    return subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=True, text=True).stdout


def _best(path: Path, jobs: int) -> tuple[float, float, float]:
    runs = []
    for _ in range(_RUNS):
        clock, own, others = _apart(f"print(*verify_with(Path({str(path)!r}), {jobs}))").split()
        runs.append((float(clock), float(own), float(others)))
    return min(runs)


def cores() -> list[Figure]:
    """Verifying 5,000 ballots of 10 rows: signatures, JSON and tree included."""
    seconds_name, times_name = "verify_5000_ballots_10_rows", "two_cores_against_one"
    if fast_group() is None:
        why = "plenum[fast] is not installed"
        return [skipped(seconds_name, "s", why), skipped(times_name, "times", why)]
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.zip"
        _apart(f"make_record({BALLOTS}, Path({str(path)!r}), {ROWS}, {SEATS})")
        one_clock, one, _ = _best(path, 1)
        two_clock, own, others = _best(path, 2)
    figures = [at_most(seconds_name, one, "s", LIMIT_SECONDS, f"processor time; {one_clock:.1f} s by the clock")]
    # Two cores cannot be done before the process that judges, nor before half of all work.
    share = one / max(own, (own + others) / 2)
    note = f"by the clock, {one_clock:.1f} s and {two_clock:.1f} s; by processor time at most {share:.2f}"
    times = one_clock / two_clock
    if available_cores() < 2:
        figures.append(skipped(times_name, "times", "one core alone"))
    elif load > BUSY:
        figures.append(info(times_name, times, "times", f"not judged, the machine was busy (load {load:.1f}); {note}"))
    else:
        figures.append(at_least(times_name, times, "times", LIMIT_TIMES, note))
    return figures
