from pathlib import Path

import pytest

from tally.cli.bench import cores as module
from tally.cli.bench.cores import cores, verify_with
from tally.cli.bench.record import make_record


def test_a_record_is_verified_with_one_process_and_with_two(tmp_path: Path) -> None:
    path = tmp_path / "record.zip"
    make_record(8, path, 4, 2, contests=2)
    for jobs in (1, 2):
        clock, own, _ = verify_with(path, jobs)
        assert clock > 0
        assert own > 0


@pytest.mark.parametrize(
    ("load", "number", "expected"),
    [(0.0, 2, "≥"), (9.0, 2, "not judged, the machine was busy (load 9.0)"), (0.0, 1, "skipped: one core alone")],
)
def test_two_cores_are_judged_where_the_clock_can_tell(
    load: float, number: int, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.os, "getloadavg", lambda: (load, 0, 0))
    monkeypatch.setattr(module, "available_cores", lambda: number)
    monkeypatch.setattr(module, "_apart", lambda code: "4.0 4.0 0.0" if ", 1)" in code else "2 1 3")
    seconds, times = cores()
    assert (seconds.value, seconds.limit, seconds.ok) == (4.0, 7.0, True)
    if expected == "≥":
        assert (times.value, times.limit, times.ok, times.at_least) == (2.0, 1.6, True, True)
        assert "at most 2.00" in times.note
    else:
        assert times.note.startswith(expected)
        assert times.limit == 0


def test_a_huge_record_is_measured_with_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HUGE_BALLOTS", 6)
    monkeypatch.setattr(module, "HUGE_CONTESTS", 2)
    monkeypatch.setattr(module, "available_cores", lambda: 1)
    seconds, memory = module.huge()
    assert (seconds.name, memory.name) == ("verify_12_ballots_10_rows", "verify_memory_12_ballots")
    assert seconds.value > 0
    assert memory.value > 20


def test_without_the_backend_both_are_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "fast_group", lambda: None)
    assert [figure.note[:8] for figure in cores()] == ["skipped:"] * 2
