"""What one process of a server tells of itself, so that the full server can tell it for all of them."""

import json
import os
import resource
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from api.watching.figures import SECONDS, Labels, Observed, Told
from api.watching.requests import RequestFigures

_STATM: Final = Path("/proc/self/statm")
_FILES: Final = Path("/proc/self/fd")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessFigures:
    """Processor time, memory, open files and how many there may be, open streams, and durations of requests."""

    cpu_seconds: float
    memory: int
    files: int
    most_files: int
    streams: int
    requests: Told

    @classmethod
    def here(cls, requests: RequestFigures, streams: int) -> Self:
        """Of this process, now."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        pages = int(_STATM.read_text(encoding="ascii").split()[1]) if _STATM.exists() else 0
        most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        return cls(
            cpu_seconds=round(used.ru_utime + used.ru_stime, 2),
            memory=pages * resource.getpagesize(),
            files=len(os.listdir(_FILES)) if _FILES.exists() else 0,
            most_files=most,
            streams=streams,
            requests=requests.told,
        )

    def told(self) -> bytes:
        """The figures as a process tells them to another one of the same program."""
        rows = [[labels, one.counts, one.number, one.total] for labels, one in self.requests.items()]
        numbers = [self.cpu_seconds, self.memory, self.files, self.most_files, self.streams]
        return json.dumps([numbers, rows]).encode("ascii")

    @classmethod
    def read(cls, told: bytes) -> Self:
        """The figures that another process told.

        Raises:
            ValueError: it is something else, such as a line that somebody printed.
        """
        try:
            (cpu, memory, files, most, streams), rows = json.loads(told)
            requests: dict[Labels, Observed] = {}
            for labels, counts, number, total in rows:
                if len(counts) != len(SECONDS):
                    raise ValueError("other buckets")
                known = tuple((str(key), str(value)) for key, value in labels)
                requests[known] = Observed([int(count) for count in counts], int(number), float(total))
        except TypeError as error:
            raise ValueError("these are no figures") from error
        return cls(
            cpu_seconds=float(cpu),
            memory=int(memory),
            files=int(files),
            most_files=int(most),
            streams=int(streams),
            requests=requests,
        )


@dataclass(frozen=True, slots=True)
class ReaderFigures:
    """What the readers of a server have told: those that run by their number, and the requests of all, also of those
    that have ended.
    """

    running: Mapping[int, ProcessFigures]
    requests: Told
