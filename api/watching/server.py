"""Everything that `/metrics` tells: requests, the log, what waits, and the process. No name, no address, no contest."""

import os
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from api.service import Service
from api.settings import MIN_BATCH
from api.watching.figures import described, sample
from api.watching.requests import RequestFigures

_STATM: Final = Path("/proc/self/statm")
_FILES: Final = Path("/proc/self/fd")


def metrics_of(service: Service, requests: RequestFigures) -> str:
    """The text that Prometheus reads."""
    return "\n".join([*requests.lines(), *_service_lines(service), *_process_lines()]) + "\n"


def _service_lines(service: Service) -> Iterator[str]:
    stopped = service.writer.fatal is not None or service.sequencer.fatal is not None
    yield from _gauge(
        "plenum_ready", "1 while ballots and entries are taken, 0 when the server must be restarted", not stopped
    )
    yield from _gauge("plenum_log_entries", "Entries in the log", service.sequencer.view.log.size)
    # Rounded down: one by one it would tell when a ballot comes.
    waiting = service.sequencer.waiting // MIN_BATCH * MIN_BATCH
    yield from _gauge("plenum_submissions_waiting", "Submissions that wait to be judged, in eights", waiting)
    yield from _gauge("plenum_submissions_waiting_limit", "How many may wait", service.settings.queue_limit)
    yield from _gauge("plenum_streams", "Open event streams of pages and screens", service.live.streams)


def _process_lines() -> Iterator[str]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    yield from described("process_cpu_seconds_total", "counter", "Processor time of the server's process")
    yield sample("process_cpu_seconds_total", (), round(used.ru_utime + used.ru_stime, 2))
    pages = int(_STATM.read_text(encoding="ascii").split()[1]) if _STATM.exists() else 0
    yield from _gauge("process_resident_memory_bytes", "Memory of the server's process", pages * resource.getpagesize())
    files = len(os.listdir(_FILES)) if _FILES.exists() else 0
    yield from _gauge("process_open_fds", "Open files and connections of the server's process", files)
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield from _gauge("process_max_fds", "How many it may have", most)


def _gauge(name: str, text: str, value: float) -> Iterator[str]:
    yield from described(name, "gauge", text)
    yield f"{name} {int(value)}"
