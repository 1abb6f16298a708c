"""Everything that `/metrics` tells: requests, the log, what waits, and the process. No name, no address, no contest."""

from collections.abc import Iterator

from api.service import Service
from api.settings import MIN_BATCH
from api.watching.figures import Labels, described, sample
from api.watching.processes import ProcessFigures, ReaderFigures
from api.watching.requests import RequestFigures


def metrics_of(service: Service, requests: RequestFigures, readers: ReaderFigures | None = None) -> str:
    """The text that Prometheus reads. With readers, requests and streams are those of all processes together, and what
    is of one process has its number: 0 is the full server.
    """
    own = ProcessFigures.here(requests, service.live.streams)
    running = {} if readers is None else readers.running
    others = () if readers is None else (readers.requests,)
    streams = own.streams + sum(one.streams for one in running.values())
    lines = [*requests.lines(others), *_service_lines(service, streams)]
    if readers is None:
        return "\n".join([*lines, *_process_lines({(): own})]) + "\n"
    lines += _gauge("plenum_readers", "Reader processes that have told their figures and run", len(running))
    numbered: dict[Labels, ProcessFigures] = {(("process", str(number)),): one for number, one in running.items()}
    return "\n".join([*lines, *_process_lines({(("process", "0"),): own, **numbered})]) + "\n"


def _service_lines(service: Service, streams: int) -> Iterator[str]:
    stopped = service.writer.fatal is not None or service.sequencer.fatal is not None
    yield from _gauge(
        "plenum_ready", "1 while ballots and entries are taken, 0 when the server must be restarted", not stopped
    )
    yield from _gauge("plenum_log_entries", "Entries in the log", service.sequencer.view.log.size)
    # Rounded down: one by one it would tell when a ballot comes.
    waiting = service.sequencer.waiting // MIN_BATCH * MIN_BATCH
    yield from _gauge("plenum_submissions_waiting", "Submissions that wait to be judged, in eights", waiting)
    yield from _gauge("plenum_submissions_waiting_limit", "How many may wait", service.settings.queue_limit)
    yield from _gauge("plenum_streams", "Open event streams of pages and screens", streams)


def _process_lines(processes: dict[Labels, ProcessFigures]) -> Iterator[str]:
    yield from described("process_cpu_seconds_total", "counter", "Processor time of the server's process")
    for labels, one in processes.items():
        yield sample("process_cpu_seconds_total", labels, one.cpu_seconds)
    for name, text, field in (
        ("process_resident_memory_bytes", "Memory of the server's process", "memory"),
        ("process_open_fds", "Open files and connections of the server's process", "files"),
        ("process_max_fds", "How many it may have", "most_files"),
    ):
        yield from described(name, "gauge", text)
        for labels, one in processes.items():
            # Not in the short form of a number, which has six digits.
            yield f"{sample(name, labels, 0)[:-1]}{getattr(one, field)}"


def _gauge(name: str, text: str, value: float) -> Iterator[str]:
    yield from described(name, "gauge", text)
    yield f"{name} {int(value)}"
