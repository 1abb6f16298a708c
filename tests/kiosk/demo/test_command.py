import subprocess
from pathlib import Path

import pytest

from kiosk.demo.processes import PLENUM
from tests.kiosk.demo.conftest import Shown
from tests.support.patience import PATIENCE


@pytest.mark.slow
def test_the_command_ends_with_a_verified_record_and_a_refused_copy(shown: Shown) -> None:
    assert "Accepted: all checks ran and held." in shown.stdout
    assert "The tampered copy is refused" in shown.stdout
    assert "V4.A" in shown.stdout
    assert "乡镇长推荐人选表决" in shown.stdout
    folder = shown.done.folder
    assert folder.name == "qinglan-plenum-14-6"
    assert f"plenum verify {folder / 'record.zip'} --fingerprint " in shown.stdout
    left = {path.name for path in folder.iterdir()}
    assert {"record.zip", "results.json", "tampered.zip", "汇总.csv"} <= left


def test_a_folder_that_is_no_plan_is_named(tmp_path: Path) -> None:
    done = subprocess.run(
        [*PLENUM, "demo", str(tmp_path)], capture_output=True, check=False, text=True, timeout=PATIENCE
    )
    assert done.returncode == 2
    assert "session.toml" in done.stderr
    assert "Traceback" not in done.stderr
