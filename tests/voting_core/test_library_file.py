import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from voting_core.library_file import drop_library_file

PROGRAM = "from voting_core.group import BASE; assert (BASE * 5 - BASE * 4).encode() == BASE.encode()"


def test_a_process_leaves_no_library_behind(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, env={**os.environ, "TMPDIR": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


def test_a_temporary_library_goes_and_one_that_is_gone_is_no_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    library = tmp_path / "tmpabc.so"
    library.touch()
    drop_library_file(str(library))
    drop_library_file(str(library))
    assert not library.exists()


@pytest.mark.parametrize("place", ["libsodium.so.23", "below/tmpabc.so", "tmpabc.txt"])
def test_what_is_no_temporary_library_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    library = tmp_path / place
    library.parent.mkdir(exist_ok=True)
    library.touch()
    drop_library_file(str(library))
    assert library.exists()
