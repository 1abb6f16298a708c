from pathlib import Path

import pytest

from tests.bad_input.plenum import Plenum, plenum_in


@pytest.fixture
def plenum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Plenum:
    """The command `plenum` and a small session."""
    return plenum_in(tmp_path, monkeypatch, capsys)
