"""Reports that are kept: what they say, and that nothing else says something else."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loadtests.figures import Figures
from loadtests.machine import Machine
from loadtests.profiles import SESSION_PEAK, SMOKE
from loadtests.record import RecordFacts
from loadtests.reports import BEGIN, END, keep, kept_in, markdown, name_of, report_of, with_table
from loadtests.result import Result
from loadtests.server_watch import Usage

BEGAN = 1_795_910_400
FIGURES = Figures(requests=2640, requests_per_second=6.2, median_ms=23, p95_ms=1200, p99_ms=1500, failures=0, waits=2)
MACHINE = Machine(processor="Fast", cores=2, memory_gb=8, system="Debian", versions={"Python": "3.11"}, load=0.4)

FACTS = RecordFacts(good=True, entries=2600, ballots=2400, root="ab" * 32, fingerprint="FI-NG", size=1_000_000)


def result(**changed: Any) -> Result:
    whole: dict[str, Any] = {
        "profile": SESSION_PEAK,
        "ballots": 2460,
        "figures": FIGURES,
        "record": Path("out/record.zip"),
        "problems": (),
        "kinds": {"ballot": FIGURES},
        "facts": {"seconds until all screens show the result": 0.5},
        "usage": Usage(cpu_seconds=60, started_seconds=20, peak_mb=487, first_mb=140, last_mb=400, most_files=30),
        "verified": FACTS,
        "backend": "numba 0.68",
        "database": "SQLite 3.40, embedded",
    }
    return Result(**(whole | changed))


def test_a_report_names_machine_settings_limits_figures_and_record() -> None:
    page = markdown(report_of(result(), MACHINE, BEGAN, 400))
    for said in (
        "# session-peak",
        "2026-11-29T00:00",
        "400 s with its preparation",
        "Fast, 2 cores, 8 GB, Debian",
        "| load in the minute before | 0.4 |",
        "SQLite 3.40, embedded; 1 process |",
        "numba 0.68",
        "Python 3.11",
        "* kiosks: 20",
        "committee (election, rows: 40)",
        "* readers: 50",
        "| ballot | 2,640 | 6.2 | 23 ms | 1,200 ms | 1,500 ms |",
        "ballot within 1,000 ms (95th percentile)",
        "Told to wait: 2. Failed: 0.",
        "60 s of processor (20 s in what it started)",
        "487 MB at most",
        "Seconds until all screens show the result: 0.5.",
        "2,600 entries with 2,400 ballots",
        "ab" * 32,
        "FI-NG",
        "**Passed**",
    ):
        assert said in page
    assert "other programs were at work" not in page
    assert "phones" not in page


def test_a_run_that_failed_and_a_busy_machine_are_not_hidden() -> None:
    busy = Machine(processor="Fast", cores=2, memory_gb=8, system="Debian", versions={}, load=9)
    failed = result(
        problems=("ballot: too slow", "a ballot is lost"), verified=None, usage=None, figures=None, kinds={}
    )
    report = report_of(failed, busy, BEGAN, 400)
    page = markdown(report)
    assert "**Failed**" in page
    assert "**Passed**" not in page
    assert "* ballot: too slow\n* a ballot is lost" in page
    assert "other programs were at work" in page
    assert "There is none." in page
    assert "no ballot was lost" not in page
    lost = replace(FACTS, good=False)
    page = markdown(report_of(result(problems=("a ballot is lost",), verified=lost), MACHINE, BEGAN, 1))
    assert "**Failed**:" in page
    assert "**not good**" in page
    assert "**failed**: ballot: too slow" in with_table(f"{BEGIN}{END}", [report])


def test_a_limit_that_was_not_kept_is_told_from_a_ballot_that_was_lost() -> None:
    page = markdown(report_of(result(problems=("ballot: the 95th percentile is 2 s",)), MACHINE, BEGAN, 1))
    assert "**Failed**: no ballot was lost, doubled or altered and the record is verified, but" in page
    assert "verified with its fingerprint" in page


def test_another_database_has_a_report_of_its_own() -> None:
    other = result(database="PostgreSQL 15.1", workers=2)
    assert name_of(other) == "session-peak-postgresql"
    assert "PostgreSQL 15.1; 2 processes |" in markdown(report_of(other, MACHINE, BEGAN, 1))


def test_a_report_that_is_kept_is_in_index_and_table(tmp_path: Path) -> None:
    home, document = tmp_path / "load-reports", tmp_path / "load-tests.md"
    document.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    path = keep(report_of(result(), MACHINE, BEGAN, 1), home)
    keep(report_of(result(profile=SMOKE), MACHINE, BEGAN, 1), home)
    assert path == home / "session-peak.md"
    assert json.loads((home / "session-peak.json").read_text())["verified"]["entries"] == 2600
    assert [report["name"] for report in kept_in(home)] == ["smoke", "session-peak"]
    text = document.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text
    assert "[session-peak](load-reports/session-peak.md): ballot" in text
    assert "[session-peak](session-peak.md): ballot" in (home / "index.md").read_text()
    # A later run takes the place of the earlier one.
    keep(report_of(result(problems=("slow",)), MACHINE, BEGAN, 1), home)
    assert len(kept_in(home)) == 2
    assert "**failed**: slow" in document.read_text()


@pytest.mark.parametrize("text", ["no marks\n", f"{BEGIN} no end\n"])
def test_a_document_without_marks_is_left_alone(text: str) -> None:
    assert with_table(text, ()) == text
