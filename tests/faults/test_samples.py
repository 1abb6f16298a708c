"""What a sample leaves out is said."""

from pathlib import Path

import pytest

from tests.faults.samples import ONCE, SERVER, STUDIES, left_out, survived


def test_the_files_of_the_studies_are_there() -> None:
    assert all((Path(__file__).parent / name).exists() for name in (*STUDIES, *ONCE))


def test_what_a_whole_run_survived_is_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KILLS", raising=False)
    monkeypatch.setenv("FAULTS", "all")
    noted = [(SERVER.what, 10), (SERVER.what, 30)]
    table = [line.split() for line in survived(noted, {"test_clock.py": (0, 1), "test_kill.py": (0, 0)})]
    assert [line[-3:] for line in table] == [["40", "of", "50"], ["of", "1", "tests"]]
    assert table[1][-4:] == ["0", "of", "1", "tests"]


@pytest.mark.parametrize("time", range(0))
def test_nothing(time: int) -> None:
    """Never runs, and is looked for by the next one."""


def test_an_empty_sample_is_left_out_and_not_skipped(request: pytest.FixtureRequest) -> None:
    found = {item.name for item in request.session.items}
    assert request.node.name in found
    assert not [name for name in found if name.startswith("test_nothing[")]


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
