import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

from tally.board.audience import Audience
from tally.cli.app import build_app
from tally.cli.board_command import make_board
from tally.report import sample_check
from tests.tally.board.sample import source
from tests.tally.cli.test_verify_command import FINGERPRINT, RECORD, broken
from tests.tally.report.test_sample_check import planned, report
from voting_core.errors import InputError


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(build_app(), ["board", *map(str, arguments)])


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("record") / "record.zip"
    path.write_bytes(source().record)
    return path


def test_without_a_scope_the_public_folder_alone_is_made(tmp_path: Path) -> None:
    result = run(RECORD, "--out", tmp_path / "board", "--fingerprint", FINGERPRINT)
    assert result.exit_code == 0, result.output
    assert "unanchored" not in result.stdout
    assert [path.name for path in (tmp_path / "board").iterdir()] == ["public"]
    assert FINGERPRINT in (tmp_path / "board" / "public" / "index.html").read_text(encoding="utf-8")


def test_each_scope_has_its_folder_and_the_record_goes_where_it_may(tmp_path: Path, record: Path) -> None:
    result = run(record, "--out", tmp_path / "board", "--scope", "public", "--scope", "restricted", "--scope", "person")
    assert result.exit_code == 0, result.output
    assert "unanchored" in result.stdout
    assert {path.name for path in (tmp_path / "board").iterdir()} == {"public", "restricted", "person"}
    carried = {path.relative_to(tmp_path / "board").parts[0] for path in (tmp_path / "board").rglob("record.zip")}
    assert carried == {"restricted"}


def test_officials_may_give_the_record_to_everybody(tmp_path: Path, record: Path) -> None:
    assert run(record, "--out", tmp_path / "board", "--with-record").exit_code == 0
    (carried,) = (tmp_path / "board").rglob("record.zip")
    assert carried.read_bytes() == source().record


def test_a_record_with_findings_is_not_published(tmp_path: Path) -> None:
    result = run(broken(tmp_path), "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert "未通过" in result.stdout
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", [("--day", "tomorrow"), ("--scope", "everybody")])
def test_bad_input_makes_nothing(tmp_path: Path, option: tuple[str, str]) -> None:
    assert run(RECORD, "--out", tmp_path / "out", *option).exit_code != 0
    assert not (tmp_path / "out").exists()


def test_verifying_does_not_load_the_pages() -> None:
    code = (
        "import sys, runpy\n"
        f"sys.argv = ['tally', 'verify', {str(RECORD)!r}]\n"
        "try:\n    runpy.run_module('tally', run_name='__main__')\nexcept SystemExit as end:\n    assert not end.code\n"
        "assert 'jinja2' not in sys.modules and 'typst' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_the_report_of_a_sample_goes_with_the_board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample_check, "_plan", lambda _state, _held, limit, _place: planned(limit))
    folder = tmp_path / "sample"
    folder.mkdir()
    with pytest.raises(InputError, match="has no report"):
        board(RECORD, folder, tmp_path / "none")
    (folder / "waived-纸票抽查报告单.json").write_bytes(report())
    assert board(RECORD, folder, tmp_path / "board") == 0
    assert [path.read_bytes() for path in (tmp_path / "board").rglob("waived-纸票抽查报告单.json")] == [report()]
    other = folder / "other.json"
    other.write_bytes(report(39))
    with pytest.raises(InputError, match="two reports"):
        board(RECORD, folder, tmp_path / "none", other)
    other.write_bytes(report().replace(b'"value": 40', b'"value": 41'))
    with pytest.raises(InputError, match="does not follow"):
        board(RECORD, other, tmp_path / "none")
    with pytest.raises(InputError, match="No such file"):
        board(RECORD, folder / "absent.json", tmp_path / "none")
    assert not (tmp_path / "none").exists()
    named = run(RECORD, "--out", tmp_path / "none", "--sample", folder / "absent.json")
    assert isinstance(named.exception, InputError)


def board(record: Path, sample: Path, out: Path, *more: Path) -> int:
    """Make the restricted folder with these reports."""
    return make_board(record, out, (Audience.RESTRICTED,), None, "", False, Console(quiet=True), (sample, *more))
