"""What a sample leaves out is said."""

from pathlib import Path

import pytest

from tests.faults.samples import SERVER, STUDIES, left_out


def test_the_files_of_the_studies_are_there() -> None:
    assert all((Path(__file__).parent / name).exists() for name in STUDIES)


def test_what_a_run_leaves_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KILLS", raising=False)
    monkeypatch.delenv("FAULTS", raising=False)
    told = left_out({"test_kill.py", "test_clock.py"})
    assert told[0] == "3 of 50 kills of the server (embedded database); all by `make faults`"
    assert len(told) == 2
    monkeypatch.setenv("FAULTS", "all")
    assert left_out(set(STUDIES)) == []
    monkeypatch.setenv("KILLS", "7")
    assert SERVER.size == 7
    assert left_out({"test_kill.py"})[0].startswith("7 of 50")
