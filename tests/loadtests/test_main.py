"""`python -m loadtests`: what it prints and how it ends."""

import json
import sys
from pathlib import Path

import pytest

import loadtests.__main__ as command
from loadtests.figures import Figures
from loadtests.profiles import PROFILES, SMOKE, Profile
from loadtests.result import Result
from loadtests.run import Setup
from loadtests.server_watch import Usage
from loadtests.stage import Report
from voting_core.errors import FatalError

FIGURES = Figures(requests=140, requests_per_second=70.1, median_ms=23, p95_ms=120, p99_ms=150, failures=0, waits=2)

SETUPS: list[Setup] = []


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: str, problems: tuple[str, ...] = ()) -> int:
    def run_profile(profile: Profile, out: Path, report: Report, setup: Setup) -> Result:
        SETUPS.append(setup)
        if problems == ("fatal",):
            raise FatalError("the server has not answered")
        return Result(
            profile=profile,
            ballots=110,
            figures=FIGURES,
            record=out / "record.zip",
            problems=problems,
            kinds={"ballot": FIGURES},
            facts={"seconds until all screens show the result": 0.5},
            usage=Usage(cpu_seconds=1.5, started_seconds=0, peak_mb=150, first_mb=140, last_mb=149, most_files=30),
        )

    monkeypatch.setattr(command, "run_profile", run_profile)
    monkeypatch.setattr(command.signal, "signal", lambda *_: None)
    monkeypatch.setattr(sys, "argv", ["loadtests", *arguments])
    with pytest.raises(SystemExit) as end:
        command.main()
    return int(end.value.code or 0)


def test_a_run_that_passed_shows_figures_and_record(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert _run(monkeypatch, "smoke", "--out", str(tmp_path)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "smoke: 50 delegates, 110 ballots"
    assert lines[-1] == f"verified record: {tmp_path}/record.zip"
    assert "  seconds until all screens show the result: 0.5" in lines
    assert any("1.5 s of processor, 150 MB at most" in line for line in lines)
    assert json.loads((tmp_path / "result.json").read_text())["passed"] is True
    assert [line.split()[-1] for line in lines[1:-1] if "wait" in line or "failures" in line] == ["2", "0"]


def test_a_run_with_a_problem_ends_with_1_and_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert _run(monkeypatch, "smoke", "--out", str(tmp_path), problems=("ballot ab is lost",)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2:] == ["  problem: ballot ab is lost", "FAILED"]


def test_json_is_the_result_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert _run(monkeypatch, "smoke", "--out", str(tmp_path), "--json", "--delegates", "12") == 0
    value = json.loads(capsys.readouterr().out)
    assert (value["profile"], value["delegates"], value["passed"]) == (SMOKE.name, 12, True)


def test_a_run_leaves_a_report_and_keeps_it_when_asked_also_when_it_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out, home = tmp_path / "out", tmp_path / "load-reports"
    out.mkdir()
    assert _run(monkeypatch, "smoke", "--out", str(out)) == 0
    assert "**Passed**" in (out / "report.md").read_text()
    assert not home.exists()
    asked = ("--keep", str(home), "--database", "postgresql", "--workers", "2")
    assert _run(monkeypatch, "smoke", "--out", str(out), *asked, problems=("slow",)) == 1
    assert SETUPS[-1] == Setup(postgresql=True, workers=2)
    assert "**Failed**" in (home / "smoke.md").read_text()
    assert capsys.readouterr().err.endswith(f"kept as {home}/smoke.md\n")


def test_the_make_target_knows_all_profiles() -> None:
    makefile = (Path(__file__).parent.parent.parent / "Makefile").read_text()
    (line,) = [line for line in makefile.splitlines() if line.startswith("PROFILES := ")]
    assert sorted(line.split()[2:]) == sorted(PROFILES)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["rush", "--out", "x"], 2, 'there is no profile "rush"'),
        (["smoke", "--out", "x", "--delegates", "3"], 2, "3 delegates cannot hold"),
        (["smoke", "--out", "x", "--minutes", "3"], 2, "smoke does not last 3 minutes"),
        (["smoke", "--out", "x", "--database", "oracle"], 2, '"oracle" is not known'),
        (["smoke", "--out", "x", "--workers", "2"], 2, "2 processes need a PostgreSQL"),
    ],
)
def test_bad_input_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    sentence: str,
) -> None:
    assert _run(monkeypatch, *arguments) == code
    assert sentence in capsys.readouterr().err


def test_a_test_that_cannot_begin_has_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert _run(monkeypatch, "smoke", "--out", str(tmp_path), problems=("fatal",)) == 1
    assert capsys.readouterr().err == "loadtests: the server has not answered\n"
