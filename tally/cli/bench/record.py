"""Figures of whole records: bytes of a stored ballot, memory and time of verification, growth with the number of
ballots.

Records are made by `tally.simulate` in processes of their own, so that making them counts neither as memory nor as
time. The growth is one of processor time: what else the machine does meanwhile must not decide it.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tally.cli.bench.figure import Figure, at_most, info
from tally.cli.bench.sixty import ROWS, SEATS, random_marks, rows_of
from tally.cli.output import write_record_file
from tally.cli.system import SystemRng, unix_time
from tally.plan.contests import rules_ref
from tally.rules.loader import load_rule_set
from tally.simulate.inputs import Contested, Simulation
from tally.simulate.run import simulate
from tally.verify import verify_record
from voting_core.fast import fastest

RULES = "election_local_2020"
STORED_BYTES = 22_000
MEMORY_BALLOTS = 1000
MEMORY_MB = 300
FEW, MANY = 500, 2000
GROWTH = 4.4
LARGE = 5000


def make_record(ballots: int, target: Path, rows: int = ROWS, seats: int = SEATS, contests: int = 1) -> int:
    """Simulate an election of 60 rows, or several of others, with so many ballots each, and write the record; gives the
    size of the largest ballot entry.
    """
    rules = load_rule_set(RULES)
    elections = [rows_of(rows, seats, rules_ref(rules).hash, slot) for slot in range(contests)]
    marks = [tuple(random_marks(rows, seats) for _ in range(ballots)) for _ in elections]
    plan = Simulation(
        kind="congress",
        title="benchmark",
        date="2026-01-01",
        place="benchmark",
        scrutineers=("一", "二", "三"),
        threshold=2,
        rules={RULES: rules},
        contests=tuple(
            Contested.by_all(contest, ballots, ballots, given) for contest, given in zip(elections, marks, strict=True)
        ),
    )
    done = simulate(plan, SystemRng(), unix_time, lambda _step, _done, _total: None, fastest())
    write_record_file(target, done.entries, done.checkpoints, done.service_key)
    return max(len(entry) for entry in done.entries if b'"type":"ballot.cast"' in entry)


def verify(path: Path) -> tuple[float, float]:
    """Verify a record in this process: (seconds of processor time, peak memory in MB)."""
    start = time.process_time()
    with path.open("rb") as source:
        verify_record(source).require_clean()
    seconds = time.process_time() - start
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _apart(code: str) -> subprocess.Popen[str]:
    """Start code of this module in a process of its own."""
    program = f"from pathlib import Path; from tally.cli.bench.record import make_record, verify; {code}"
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)


def _finished(process: subprocess.Popen[str]) -> str:
    """What a process of this module printed."""
    printed, _ = process.communicate()
    if process.returncode:
        raise RuntimeError("a process of the measurement failed; its message is above")
    return printed


def _path(folder: str, ballots: int) -> str:
    return f"{folder}/{ballots}.zip"


def _make(folder: str, *sizes: int) -> None:
    """Make records of these numbers of ballots, at the same time."""
    for process in [_apart(f"make_record({size}, Path({_path(folder, size)!r}))") for size in sizes]:
        _finished(process)


def _verified(folder: str, ballots: int) -> tuple[float, float]:
    seconds, megabytes = _finished(_apart(f"print(*verify(Path({_path(folder, ballots)!r})))")).split()
    return float(seconds), float(megabytes)


def stored_bytes() -> list[Figure]:
    """The largest ballot of a record of 10, as its entry is stored in the log."""
    with tempfile.TemporaryDirectory() as folder:
        largest = make_record(10, Path(folder) / "ten.zip")
    return [at_most("ballot_stored_60_rows", largest, "bytes", STORED_BYTES)]


def records() -> list[Figure]:
    """Verifying 500, 1,000 and 2,000 ballots: peak memory of 1,000, time of 2,000 as a multiple of that of 500."""
    with tempfile.TemporaryDirectory() as folder:
        _make(folder, MANY, MEMORY_BALLOTS, FEW)
        before, _ = _verified(folder, FEW)
        many, _ = _verified(folder, MANY)
        after, _ = _verified(folder, FEW)
        _, megabytes = _verified(folder, MEMORY_BALLOTS)
    few = (before + after) / 2
    note = f"{MANY} ballots in {many:.1f} s of processor time, {FEW} in {few:.1f} s"
    return [
        at_most("verify_memory_1000_ballots", megabytes, "MB", MEMORY_MB),
        at_most("verify_time_2000_against_500", many / few, "times", GROWTH, note),
    ]


def large() -> list[Figure]:
    """Verifying 5,000 ballots in one process."""
    with tempfile.TemporaryDirectory() as folder:
        _make(folder, LARGE)
        seconds, megabytes = _verified(folder, LARGE)
    return [
        info("verify_5000_ballots", seconds, "s", "processor time"),
        info("verify_memory_5000_ballots", megabytes, "MB"),
    ]
