import json
from importlib.metadata import EntryPoint, PackageNotFoundError
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tally.cli import doctor_command
from tally.cli.doctor_command import (
    check_backend,
    check_disk,
    check_group,
    check_packages,
    check_station,
    examine,
    of_other_packages,
    register,
)
from tally.cli.finding import Finding
from voting_core.errors import FatalError
from voting_core.public import SODIUM


def _app() -> typer.Typer:
    app = typer.Typer()
    register(app)
    return app


def test_a_sound_machine_passes_every_check(tmp_path: Path) -> None:
    assert [f.name for f in examine(tmp_path) if not f.ok] == []


def test_the_group_check_notices_a_wrong_base_point(monkeypatch: pytest.MonkeyPatch) -> None:
    other = "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919"
    monkeypatch.setattr(doctor_command, "RFC9496_BASE", other)
    assert not check_group().ok


def test_the_backend_is_named_or_what_is_wrong_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_backend().seen.startswith("numba ")
    monkeypatch.setattr(doctor_command, "fastest", lambda: SODIUM)
    assert check_backend().ok
    assert "plenum[fast]" in check_backend().seen

    def broken() -> None:
        raise FatalError("numba 1 and libsodium disagree")

    monkeypatch.setattr(doctor_command, "fastest", broken)
    assert not check_backend().ok
    assert "disagree" in check_backend().seen


def test_a_package_that_differs_from_the_lock_is_named(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("cryptography==0.0.1 \\\n    --hash=sha256:00\nno-such-package==1.0\n", encoding="utf-8")
    finding = check_packages(lock)
    assert not finding.ok
    assert "cryptography" in finding.seen
    assert "no-such-package missing" in finding.seen
    assert finding.remedy


def test_a_folder_that_is_not_there_is_a_finding_with_a_remedy(tmp_path: Path) -> None:
    finding = check_disk(tmp_path / "nowhere")
    assert not finding.ok
    assert "nowhere" in finding.seen
    assert finding.remedy


def test_a_machine_without_the_packages_for_scanning_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "zxing-cpp":
            raise PackageNotFoundError(name)
        return "1"

    monkeypatch.setattr(doctor_command, "version", version)
    finding = check_station()
    assert not finding.ok
    assert finding.seen == "missing: zxing-cpp"
    assert finding.remedy == "pip install 'plenum[station]'"


def test_the_command_prints_json_and_succeeds(tmp_path: Path) -> None:
    done = CliRunner().invoke(_app(), ["--json", "--data", str(tmp_path)])
    assert done.exit_code == 0
    checks = json.loads(done.stdout)["checks"]
    assert {"python", "ristretto255", "randomness", "disk"} <= {check["name"] for check in checks}


def test_a_finding_makes_the_command_fail_and_says_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Finding("clock", False, "1970", "set the clock")
    monkeypatch.setattr(doctor_command, "check_clock", lambda: broken)
    done = CliRunner().invoke(_app(), ["--data", str(tmp_path)])
    assert done.exit_code == 1
    assert "✗ clock: 1970" in done.stdout
    assert "→ set the clock" in done.stdout


def test_other_packages_add_their_checks(tmp_path: Path) -> None:
    """The server is installed here, so it explains its settings."""
    (tmp_path / "plenum.toml").write_text("port = 99999\n", encoding="utf-8")
    found = {finding.name.split(" ")[0]: finding for finding in of_other_packages(tmp_path / "plenum.toml")}
    assert not found["port"].ok
    assert found["host"].ok


def test_a_package_that_is_not_complete_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [EntryPoint("broken", "no_such_package:check", "plenum.checks")]
    monkeypatch.setattr(doctor_command, "entry_points", lambda **_: points)
    assert of_other_packages(None) == ()
