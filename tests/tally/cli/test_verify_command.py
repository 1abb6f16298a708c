import io
import json
import re
from contextlib import nullcontext
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner, Result

from tally.__main__ import build_app as auditors_app
from tally.__main__ import main as auditors_main
from tally.cli import verify_command
from tally.cli.verify_command import show_report, verify_file
from tally.verify import NotARecord
from tests.golden.golden_session import golden
from tests.golden.make_golden import FOLDER
from tests.tally.verify.records import pack
from voting_core.errors import InputError

RECORD, RECEIPT = FOLDER / "record.zip", FOLDER / "receipt.json"
FINGERPRINT = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))["fingerprint"]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(auditors_app(), ["verify", *map(str, arguments)])


def broken(tmp_path: Path) -> Path:
    session = golden()
    entries = [*session.entries[:-1], session.entries[-1].replace(b'"time":', b'"time":1')]
    path = tmp_path / "broken.zip"
    path.write_bytes(pack(entries, session.notes, session.service_key))
    return path


def test_an_honest_record() -> None:
    result = run(RECORD)
    assert result.exit_code == 0
    assert "通过" in result.stdout
    assert "unanchored" in result.stdout
    assert "V8.E" in result.stdout


def test_on_a_terminal_words_wrap_beside_the_numbers() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=60, color_system=None)
    show_report(verify_file(RECORD, FINGERPRINT, None, Console(quiet=True)), console)
    shown = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    first = next(number for number, line in enumerate(shown) if line.startswith("✓ V1.A"))
    last = next(number for number, line in enumerate(shown) if line.startswith("✓ V1.B"))
    assert "文件是 ZIP" in shown[first]
    assert last - first > 2
    assert [line[:12].strip() for line in shown[first + 1 : last]] == [""] * (last - first - 1)


def test_with_fingerprint_and_receipt() -> None:
    result = run(RECORD, "--fingerprint", FINGERPRINT.lower(), "--receipt", RECEIPT)
    assert result.exit_code == 0
    assert "unanchored" not in result.stdout


def test_findings_give_exit_code_1(tmp_path: Path) -> None:
    result = run(broken(tmp_path))
    assert result.exit_code == 1
    assert re.search(r"V4\.A entry \d+ \(session\.destroyed\)", result.stdout)
    assert "Refused" in result.stdout
    assert run(RECORD, "--fingerprint", "0" * 32).exit_code == 1


def test_the_report_for_programs(tmp_path: Path) -> None:
    good, bad = run(RECORD, "--json"), run(broken(tmp_path), "--json")
    assert (good.exit_code, bad.exit_code) == (0, 1)
    assert json.loads(good.stdout)["accepted"] is True
    assert json.loads(bad.stdout)["findings"][0]["check"] == "V4.A"


@pytest.mark.parametrize(
    "arguments",
    [
        (Path(__file__),),
        (FOLDER / "missing.zip",),
        (FOLDER,),
        (RECORD, "--fingerprint", "hello"),
        (RECORD, "--receipt", FOLDER / "expected.json"),
        (RECORD, "--receipt", FOLDER / "missing.json"),
    ],
)
def test_what_a_person_can_mend_is_one_sentence_and_exit_code_2(
    arguments: tuple[str | Path, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["tally", "verify", *map(str, arguments)])
    with pytest.raises(SystemExit) as caught:
        auditors_main()
    assert caught.value.code == 2
    shown = capsys.readouterr().err
    assert shown.startswith("tally: ")
    assert shown.count("\n") == 1
    assert "Traceback" not in shown


def test_the_plenum_command_takes_it_too() -> None:
    app = typer.Typer()
    verify_command.register(app)

    @app.command()
    def other() -> None:
        """A second command, as plenum has."""

    assert CliRunner().invoke(app, ["verify", str(RECORD)]).exit_code == 0


def test_a_bar_on_a_terminal() -> None:
    console = Console(force_terminal=True, record=True, width=100)
    verify_file(RECORD, None, None, console).require_clean()
    assert "100 %" in console.export_text()


def test_names_in_a_record_are_shown_as_text() -> None:
    console = Console(record=True, width=200)
    report = verify_file(RECORD, None, None, Console(quiet=True))
    show_report(type(report)(**{**_fields(report), "title": "[red]会[/red]"}), console)
    assert "[red]会[/red]" in console.export_text()


def _fields(report: object) -> dict[str, object]:
    return {name: getattr(report, name) for name in type(report).__dataclass_fields__}  # type: ignore[attr-defined]


def test_errors_are_raised_for_callers_that_handle_them() -> None:
    quiet = Console(quiet=True)
    with pytest.raises(NotARecord):
        verify_file(Path(__file__), None, None, quiet)
    with pytest.raises(InputError):
        verify_file(FOLDER / "missing.zip", None, None, quiet)


def test_backend_and_processes_change_one_line_of_the_report() -> None:
    shown = {}
    for means in (("--backend", "sodium"), ("--backend", "fast"), ("--backend", "fast", "--jobs", "2")):
        result = run(RECORD, "--json", *means)
        assert result.exit_code == 0
        report = json.loads(result.stdout)
        shown[means] = (report.pop("backend"), report)
    backends = [backend for backend, _ in shown.values()]
    assert backends == ["sodium", backends[1], backends[1]]
    assert backends[1].startswith("numba ")
    assert all(report == shown[("--backend", "sodium")][1] for _, report in shown.values())
    assert "backend  sodium" in run(RECORD, "--backend", "sodium").stdout


def test_small_records_take_one_process_and_large_ones_all_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def one(jobs: int, _backend: object) -> nullcontext[None]:
        asked.append(jobs)
        return nullcontext()

    monkeypatch.setattr(verify_command, "Cores", one)
    monkeypatch.setattr(verify_command, "available_cores", lambda: 7)
    assert run(RECORD).exit_code == 0
    assert asked == []
    monkeypatch.setattr(verify_command, "WORTHWHILE_BYTES", 1)
    assert run(RECORD).exit_code == 0
    assert run(RECORD, "--jobs", "3").exit_code == 0
    assert run(RECORD, "--jobs", "1").exit_code == 0
    assert asked == [7, 3]


def test_a_cluster_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(address: str, _backend: object) -> None:
        raise InputError(f"--dask {address}", "no cluster answers", "Give the address of a running scheduler")

    monkeypatch.setattr(verify_command, "Cluster", nobody)
    with pytest.raises(InputError, match="--dask tcp://x:1: no cluster answers"):
        verify_file(RECORD, None, None, Console(quiet=True), verify_command.Means(dask="tcp://x:1"))
