"""The command `plenum` as a process."""

import subprocess
import sys
from dataclasses import dataclass

from tests.support.patience import PATIENCE

COMMAND = (sys.executable, "-c", "from tally.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command has ended, and what it said."""

    code: int
    out: str
    err: str


def run_plenum(*arguments: object) -> Ended:
    """Run a command to its end."""
    done = subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, check=False, timeout=PATIENCE)
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
