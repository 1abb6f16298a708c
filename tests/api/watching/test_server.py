"""What a running server tells of itself."""

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
