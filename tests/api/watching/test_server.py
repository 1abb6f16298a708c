"""What a running server tells of itself."""

from dataclasses import replace

from api.watching.processes import ProcessFigures, ReaderFigures
from api.watching.requests import RequestFigures
from api.watching.server import metrics_of
from tests.api.hall import Hall


def test_the_log_and_the_process_are_told(hall: Hall) -> None:
    size = hall.service.sequencer.view.log.size
    lines = metrics_of(hall.service, RequestFigures()).splitlines()
    assert f"plenum_log_entries {size}" in lines
    assert "plenum_ready 1" in lines
    assert "plenum_submissions_waiting 0" in lines
    assert f"plenum_submissions_waiting_limit {hall.settings.queue_limit}" in lines
    values = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert float(values["process_cpu_seconds_total"]) > 0
    assert float(values["process_resident_memory_bytes"]) > 1_000_000
    assert 0 < float(values["process_open_fds"]) < float(values["process_max_fds"])


def test_every_figure_is_described(hall: Hall) -> None:
    lines = metrics_of(hall.service, RequestFigures()).splitlines()
    described = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    assert {line.split()[2] for line in lines if line.startswith("# HELP")} == described
    for line in lines:
        name = line.partition("{")[0].partition(" ")[0]
        assert line.startswith("#") or any(name.startswith(known) for known in described), line


def test_figures_of_readers_are_added_or_have_their_number(hall: Hall) -> None:
    requests, read = RequestFigures(), RequestFigures()
    requests.note("status", 200, 0.1)
    read.note("status", 200, 0.1)
    one = replace(ProcessFigures.here(read, 5), memory=12_345_678, cpu_seconds=1.5)
    text = metrics_of(hall.service, requests, ReaderFigures({1: one, 3: one}, read.told))
    lines = text.splitlines()
    assert 'plenum_request_seconds_count{answer="2xx",kind="status"} 2' in lines
    assert "plenum_streams 10" in lines
    assert "plenum_readers 2" in lines
    assert 'process_resident_memory_bytes{process="1"} 12345678' in lines
    assert 'process_cpu_seconds_total{process="3"} 1.5' in lines
    assert sum(line.startswith('process_open_fds{process="0"} ') for line in lines) == 1
    # Each name is described once, and nothing has another label than these.
    described = [line for line in lines if line.startswith("# TYPE")]
    assert len(described) == len(set(described))
    assert not [line for line in lines if line.startswith("process_") and 'process="' not in line]
