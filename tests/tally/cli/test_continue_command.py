from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from tally.cli import continue_command
from tally.cli.continue_command import register, write_folder
from tally.cli.output import RECORD, write_record_file
from tests.tally.continuing.held import FILES, held
from voting_core.errors import InputError


def run(*arguments: object) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """The folder of a held session, and its record beside it."""
    folder = tmp_path / "session"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = held()
    write_record_file(tmp_path / RECORD, done.entries, done.checkpoints, done.service_key)
    return folder


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_folder_of_the_next_session(session: Path, tmp_path: Path) -> None:
    result = run(tmp_path / RECORD, "--from", session, "--out", tmp_path / "a" / "next", "--date", "2027-02-01")
    assert result.exit_code == 0
    made = tmp_path / "a" / "next"
    tables = {"roll.csv", "roll-changes.csv", "succession.csv", "failed-nominees.csv", "earlier-trust.csv"}
    assert names(made) == {"session.toml", *tables}
    assert "date = 2027-02-01" in (made / "session.toml").read_text(encoding="utf-8")
    assert "通过" in result.stdout
    assert names(tmp_path / "a") == {"next"}


def test_a_fingerprint_of_another_session_is_a_finding(session: Path, tmp_path: Path) -> None:
    given = "-".join(["2W5N"] * 8)
    result = run(tmp_path / RECORD, "--from", session, "--out", tmp_path / "next", "--fingerprint", given)
    assert result.exit_code == 1
    assert "V13.A" in result.stdout
    assert not (tmp_path / "next").exists()


def test_a_record_with_findings_leaves_nothing(session: Path, tmp_path: Path) -> None:
    done = held()
    entries = (*done.entries[:-1], done.entries[-1].replace(b'"time":', b'"time":1'))
    write_record_file(tmp_path / RECORD, entries, done.checkpoints, done.service_key)
    before = names(tmp_path)
    result = run(tmp_path / RECORD, "--from", session, "--out", tmp_path / "next")
    assert result.exit_code == 1
    assert "✗" in result.stdout
    assert names(tmp_path) == before


def test_a_target_that_is_there_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "next").symlink_to(tmp_path / "nowhere")
    result = run(tmp_path / RECORD, "--from", tmp_path / "nothing", "--out", tmp_path / "next")
    assert isinstance(result.exception, InputError)
    assert "is there already" in result.exception.problem


def test_the_errors_name_what_was_typed(session: Path, tmp_path: Path) -> None:
    (session / "mayors.csv").write_text("编号,姓名\nM1,别人\nM2,周平\n", encoding="utf-8")
    result = run(tmp_path / RECORD, "--from", session, "--out", tmp_path / "next")
    assert isinstance(result.exception, InputError)
    assert result.exception.place == str(session)
    result = run(tmp_path / RECORD, "--from", session, "--out", tmp_path / "next", "--date", "soon")
    assert isinstance(result.exception, InputError)
    assert result.exception.place == "--date"


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(path: Path, _content: bytes) -> int:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(continue_command.Path, "write_bytes", fails)
    with pytest.raises(InputError, match="No space left"):
        write_folder(tmp_path / "next", {"a": b"1"})
    assert names(tmp_path) == set()


def test_what_an_interrupted_run_left_is_replaced(tmp_path: Path) -> None:
    (tmp_path / ".next.part").mkdir()
    (tmp_path / ".next.part" / "old").write_text("x", encoding="utf-8")
    write_folder(tmp_path / "next", {"a": b"1"})
    assert names(tmp_path) == {"next"}
    assert names(tmp_path / "next") == {"a"}
