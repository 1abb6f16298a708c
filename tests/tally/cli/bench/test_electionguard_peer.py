"""The other peer: found where it is named, and nothing is claimed where it is not."""

from pathlib import Path

import pytest

from tally.cli.bench.electionguard_peer import MEASURED_ROWS, PYTHON, SCRIPT, electionguard
from tally.cli.bench.sixty import ROWS


def interpreter(tmp_path: Path, does: str) -> str:
    """Something that stands in the place of the environment's Python."""
    path = tmp_path / "python"
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    return str(path)


def test_a_row_of_theirs_is_compared_with_a_ballot_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    says = f'[ "$3" = {MEASURED_ROWS} ] && echo "a line of its log" && echo "verified 50.5"'
    monkeypatch.setenv(PYTHON, interpreter(tmp_path, says))
    figure = electionguard(2.0)
    assert figure.value == 50.5 * ROWS / 2
    assert figure.note == "3030 ms of processor time a ballot against 2.0 ms"
    assert figure.limit == 0


@pytest.mark.parametrize(
    ("does", "why"),
    [
        ("echo 'a proof of its own is not valid' >&2; exit 1", "could not verify: a proof of its own is not valid"),
        ("echo verified 7; exit 1", "could not verify: it said nothing"),
        ("true", "could not verify: it said nothing"),
    ],
)
def test_what_does_not_verify_is_no_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, why: str
) -> None:
    monkeypatch.setenv(PYTHON, interpreter(tmp_path, does))
    figure = electionguard(2.0)
    assert figure.note.startswith("skipped: ")
    assert why in figure.note


def test_where_it_is_not_named_it_is_said_how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(PYTHON, raising=False)
    assert "pip install electionguard==1.4.0" in electionguard(2.0).note
    monkeypatch.setenv(PYTHON, str(tmp_path / "nothing"))
    assert f"{tmp_path}/nothing, which is not there" in electionguard(2.0).note


def test_the_script_is_python() -> None:
    compile(SCRIPT, "script", "exec")
