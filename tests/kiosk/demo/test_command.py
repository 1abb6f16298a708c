import subprocess
from pathlib import Path

import pytest

from kiosk.demo.processes import PLENUM
from tests.kiosk.demo.conftest import PLENUM as EXAMPLE


@pytest.mark.slow
def test_the_command_ends_with_a_verified_record_and_a_refused_copy(tmp_path: Path) -> None:
    arguments = ["demo", str(EXAMPLE), "--delegates", "6", "--out", str(tmp_path)]
    done = subprocess.run([*PLENUM, *arguments], capture_output=True, check=False, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    assert "Accepted: all checks ran and held." in done.stdout
    assert "The tampered copy is refused" in done.stdout
    assert "V4.A" in done.stdout
    assert "乡镇长推荐人选表决" in done.stdout
    assert f"plenum verify {tmp_path / 'qinglan-plenum-14-6' / 'record.zip'} --fingerprint " in done.stdout
    left = {path.name for path in (tmp_path / "qinglan-plenum-14-6").iterdir()}
    assert {"record.zip", "results.json", "tampered.zip", "汇总.csv"} <= left


def test_a_folder_that_is_no_plan_is_named(tmp_path: Path) -> None:
    done = subprocess.run([*PLENUM, "demo", str(tmp_path)], capture_output=True, check=False, text=True, timeout=60)
    assert done.returncode == 2
    assert "session.toml" in done.stderr
    assert "Traceback" not in done.stderr
