"""What a server uses while it is under load, second by second, as the kernel counts it."""

import csv
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Final, Self

SECOND: Final = 1.0
_MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Sample:
    """One look: processor time since the start, memory now, open files; of the process and those that it started.

    `started_seconds` is the processor time of the latter alone.
    """

    cpu_seconds: float
    memory: int
    files: int
    started_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a run used: processor time, the most memory, and memory at the beginning and the end of the load.

    `started_seconds` of the processor time are those of the processes that the server has started.
    """

    cpu_seconds: float
    started_seconds: float
    peak_mb: float
    first_mb: float
    last_mb: float
    most_files: int

    def to_json(self) -> dict[str, float]:
        """The usage for programs."""
        return {
            "cpu_seconds": round(self.cpu_seconds, 1),
            "started_seconds": round(self.started_seconds, 1),
            "peak_mb": round(self.peak_mb),
            "first_mb": round(self.first_mb),
            "last_mb": round(self.last_mb),
            "most_files": self.most_files,
        }


class ServerWatch:
    """Looks at a process once a second, and writes what it sees to a CSV file."""

    def __init__(self, pid: int, path: Path) -> None:
        self._pid = pid
        self._path = path
        self._samples: list[Sample] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="server watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def usage(self) -> Usage | None:
        """What was used; None when nothing was seen."""
        samples = self._samples
        if not samples:
            return None
        return Usage(
            cpu_seconds=samples[-1].cpu_seconds - samples[0].cpu_seconds,
            started_seconds=samples[-1].started_seconds - samples[0].started_seconds,
            peak_mb=max(one.memory for one in samples) / _MEGABYTE,
            first_mb=samples[0].memory / _MEGABYTE,
            last_mb=samples[-1].memory / _MEGABYTE,
            most_files=max(one.files for one in samples),
        )

    def _run(self) -> None:
        with self._path.open("w", encoding="ascii", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("second", "cpu_seconds", "memory_bytes", "open_files"))
            second, stopping = 0, False
            while True:
                if (sample := look_at(self._pid)) is not None:
                    self._samples.append(sample)
                    rows.writerow((second, f"{sample.cpu_seconds:.2f}", sample.memory, sample.files))
                if stopping:
                    return
                # The last look is at the end, however short the run.
                stopping = self._stop.wait(SECOND)
                second += 1


def look_at(pid: int) -> Sample | None:
    """A process and what it has started, now; None when it is gone."""
    try:
        group = [pid, *children_of(pid)]
        tick = os.sysconf("SC_CLK_TCK")
        own = cpu = memory = files = 0
        for member in group:
            fields = Path(f"/proc/{member}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            cpu += int(fields[11]) + int(fields[12])
            own = cpu if member == pid else own
            memory += int(fields[21]) * os.sysconf("SC_PAGESIZE")
            files += len(os.listdir(f"/proc/{member}/fd"))
        return Sample(cpu / tick, memory, files, (cpu - own) / tick)
    except (OSError, IndexError, ValueError):
        return None


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    found: list[int] = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        found += [int(child) for child in (thread / "children").read_text(encoding="ascii").split()]
    return found
