"""What a process uses, as the kernel counts it; what it has started counts too."""

import os
import subprocess
import sys
from pathlib import Path

from loadtests.server_watch import ServerWatch, children_of, look_at


def test_this_process_is_seen_with_what_it_started() -> None:
    alone = look_at(os.getpid())
    program = "print('here', flush=True); input()"
    child = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        # Before that it may be no program yet, which has no memory.
        assert child.stdout is not None
        assert child.stdout.readline() == b"here\n"
        assert child.pid in children_of(os.getpid())
        both = look_at(os.getpid())
        assert alone is not None
        assert both is not None
        assert both.memory > alone.memory > 1_000_000
        assert both.cpu_seconds >= alone.cpu_seconds > 0
        assert both.cpu_seconds > both.started_seconds >= 0
        assert both.files > 0
    finally:
        child.communicate(b"\n")


def test_a_process_that_is_gone_is_none() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    assert look_at(child.pid) is None


def test_a_watch_leaves_a_file_and_the_usage(tmp_path: Path) -> None:
    with ServerWatch(os.getpid(), tmp_path / "server.csv") as watch:
        pass
    usage = watch.usage
    assert usage is not None
    assert usage.peak_mb >= usage.first_mb > 0
    assert set(usage.to_json()) == {"cpu_seconds", "started_seconds", "peak_mb", "first_mb", "last_mb", "most_files"}
    head, *rows = (tmp_path / "server.csv").read_text().splitlines()
    assert head == "second,cpu_seconds,memory_bytes,open_files"
    assert rows


def test_a_watch_of_nothing_has_no_usage(tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    with ServerWatch(child.pid, tmp_path / "server.csv") as watch:
        pass
    assert watch.usage is None
