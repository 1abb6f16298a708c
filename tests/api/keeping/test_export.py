"""An export has what anybody needs to check the session, and nothing that waits or is private."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from api.keeping.export import export_session
from api.settings import Settings
from tally.cli.verify_command import verify_file_with_state
from tests.api.hall import running_hall, tamper
from tests.api.keeping.sessions import running_session
from voting_core.errors import InputError


def test_a_stopped_session_is_exported(both_databases: str, tmp_path: Path) -> None:
    with running_session(tmp_path / "data") as hall:
        pass
    done = export_session(hall.settings, tmp_path / "out")
    assert (done.size, done.sealed, done.simulated, done.unprinted) == (hall.world.state.size + 8, False, False, ())
    report, state = verify_file_with_state(tmp_path / "out" / "record.zip", None, None, Console(file=io.StringIO()))
    # Nobody has cosigned this log; everything else holds.
    assert [finding.code for finding in report.findings] == ["V3.D"]
    assert state.contest("report").cast == 8
    assert json.loads((tmp_path / "out" / "results.json").read_bytes()) is not None
    assert {path.suffix for path in (tmp_path / "out" / "reports").iterdir()} >= {".pdf", ".xlsx", ".json"}


def test_a_second_export_overwrites_nothing(tmp_path: Path) -> None:
    with running_session(tmp_path / "data") as hall:
        export_session(hall.settings, tmp_path / "out")
        with pytest.raises(InputError, match="nothing is overwritten"):
            export_session(hall.settings, tmp_path / "out")


def test_what_cannot_be_exported_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no session in it"):
        export_session(Settings(directory=tmp_path), tmp_path / "out")
    with running_hall(tmp_path / "data") as empty:
        with pytest.raises(InputError, match="no session yet"):
            export_session(empty.settings, tmp_path / "out")
        empty.vote()
    moved = empty.settings.keys_file.rename(tmp_path / "moved")
    with pytest.raises(InputError, match="not a file"):
        export_session(empty.settings, tmp_path / "out")
    moved.rename(empty.settings.keys_file)
    tamper(empty, "UPDATE entries SET raw = ? WHERE idx = ?", b"{}", 3)
    with pytest.raises(InputError, match="entry 3"):
        export_session(empty.settings, tmp_path / "other")
    assert not (tmp_path / "other").exists()
