"""Figures of whole records: bytes of a stored ballot, memory and time of verification, growth with the number of
ballots.

Records are made by `tally.simulate` in a process of their own, so that making them counts neither as memory nor as
time.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tally.cli.bench.figure import Figure, at_most
from tally.cli.bench.sixty import random_marks, sixty_rows
from tally.cli.output import write_record_file
from tally.cli.system import SystemRng, unix_time
from tally.plan.contests import rules_ref
from tally.rules.loader import load_rule_set
from tally.simulate.inputs import Contested, Simulation
from tally.simulate.run import simulate
from tally.verify import verify_record

RULES = "election_local_2020"
STORED_BYTES = 22_000
MEMORY_BALLOTS = 1000
MEMORY_MB = 300
FEW, MANY = 500, 2000
GROWTH = 4.4


def make_record(ballots: int, target: Path) -> int:
    """Simulate the 60-row election with so many ballots and write its record; gives the size of the largest ballot
    entry.
    """
    rules = load_rule_set(RULES)
    contest = sixty_rows(rules_ref(rules).hash)
    given = tuple(random_marks() for _ in range(ballots))
    plan = Simulation(
        kind="congress",
        title="benchmark",
        date="2026-01-01",
        place="benchmark",
        scrutineers=("一", "二", "三"),
        threshold=2,
        rules={RULES: rules},
        contests=(Contested(contest, ballots, ballots, given),),
    )
    done = simulate(plan, SystemRng(), unix_time, lambda _step, _done, _total: None)
    write_record_file(target, done.entries, done.checkpoints, done.service_key)
    return max(len(entry) for entry in done.entries if b'"type":"ballot.cast"' in entry)


def verify(path: Path) -> tuple[float, float]:
    """Verify a record in this process: (seconds, peak memory in MB)."""
    start = time.perf_counter()
    with path.open("rb") as source:
        verify_record(source).require_clean()
    seconds = time.perf_counter() - start
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _apart(code: str) -> str:
    """Run code of this module in a process of its own and give what it prints."""
    program = f"from pathlib import Path; from tally.cli.bench.record import make_record, verify; {code}"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout


def _made(folder: str, ballots: int) -> str:
    path = f"{folder}/{ballots}.zip"
    _apart(f"make_record({ballots}, Path({path!r}))")
    return path


def _verified(path: str) -> tuple[float, float]:
    seconds, megabytes = _apart(f"print(*verify(Path({path!r})))").split()
    return float(seconds), float(megabytes)


def stored_bytes() -> list[Figure]:
    """The largest ballot of a record of 10, as its entry is stored in the log."""
    with tempfile.TemporaryDirectory() as folder:
        largest = make_record(10, Path(folder) / "ten.zip")
    return [at_most("ballot_stored_60_rows", largest, "bytes", STORED_BYTES)]


def memory() -> list[Figure]:
    """The peak memory of a process that verifies 1,000 ballots."""
    with tempfile.TemporaryDirectory() as folder:
        _, megabytes = _verified(_made(folder, MEMORY_BALLOTS))
    return [at_most("verify_memory_1000_ballots", megabytes, "MB", MEMORY_MB)]


def scaling() -> list[Figure]:
    """The time to verify 2,000 ballots as a multiple of the time for 500."""
    with tempfile.TemporaryDirectory() as folder:
        few, _ = _verified(_made(folder, FEW))
        many, _ = _verified(_made(folder, MANY))
    note = f"{MANY} ballots in {many:.1f} s, {FEW} in {few:.1f} s"
    return [at_most("verify_time_2000_against_500", many / few, "times", GROWTH, note)]
