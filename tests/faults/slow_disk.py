"""A disk that is slow under a real process: every time it asks for its data to be on the disk, the answer comes late.

`strace` does it from outside, to a process that runs, and for as long as a test wants; the process itself is not
changed. It needs the right to trace, which root has, and where nothing forbids it (`ptrace_scope`) everybody over what
he started.
"""

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.patience import patiently

MISSING = (
    "This test slows a disk down with strace, which is not on this machine. `make test` installs it on Debian as root; "
    "elsewhere install the package strace and run again."
)
FORBIDDEN = "this machine lets nobody trace a process, and only so a disk can be made slow from outside"
SYNCS = "fsync,fdatasync"


def may_trace(program: str) -> bool:
    """Whether `strace` may follow a process here at all; in some containers nobody may."""
    done = subprocess.run([program, "-o", "/dev/null", "true"], capture_output=True, text=True, check=False)
    if done.returncode and "Operation not permitted" not in done.stderr:
        pytest.fail(done.stderr)
    return not done.returncode


@contextlib.contextmanager
def slow_disk(process: int, seconds: float) -> Iterator[None]:
    """Have every sync of a process take so much longer, until the context ends; what waits then waits no more."""
    program = shutil.which("strace")
    assert program, MISSING
    if not may_trace(program):
        pytest.skip(FORBIDDEN)
    delay = f"inject={SYNCS}:delay_exit={round(seconds * 1_000_000)}"
    command = [program, "-f", "-p", str(process), "-e", f"trace={SYNCS}", "-e", delay, "-o", "/dev/null"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as tracer:
        try:
            for _ in patiently(0.01):
                assert tracer.poll() is None, f"strace: {tracer.stderr.read().decode() if tracer.stderr else ''}"
                if _is_traced(process):
                    break
            yield
        finally:
            tracer.terminate()


def _is_traced(process: int) -> bool:
    """Whether all threads of a process are in the hands of a tracer."""
    for thread in Path(f"/proc/{process}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):
            if "TracerPid:\t0\n" in (thread / "status").read_text():
                return False
    return True
