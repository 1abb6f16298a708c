"""The three commands as a person runs them."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from api.keeping.command import register
from tests.api.hall import running_hall
from tests.api.keeping.sessions import running_session


def run(*arguments: object) -> str:
    app = typer.Typer()
    register(app)
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == 0, (done.output, done.exception)
    return " ".join(done.output.split())


def test_backup_restore_and_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    passphrase = tmp_path / "passphrase"
    passphrase.write_text("four words of the county\n", encoding="utf-8")
    with running_session(tmp_path / "data") as hall:
        root = hall.service.sequencer.view.log.root.hex()
        said = run("backup", "--data", "data", "--out", "b", "--passphrase-file", passphrase)
        assert root in said
        assert "不含" not in said
        assert "不含服务密钥" in run("backup", "--data", "data", "--out", "c", "--without-keys")
    said = run("restore", "b", "--data", "new", "--passphrase-file", passphrase)
    assert root in said
    assert "工作站会拒绝" in said
    assert "不含服务密钥" in run("restore", "c", "--data", "third", "--without-keys")
    with running_hall(tmp_path / "new", world=hall.world):
        pass
    assert "尚未封存" in run("export", "--data", "new", "--out", "out")
    assert (tmp_path / "out" / "record.zip").exists()
