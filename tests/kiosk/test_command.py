"""`kiosk` as a command: what is wrong with its arguments is one sentence; the whole is in test_scrutineer_command."""

import sys
from pathlib import Path

import pytest

from kiosk.__main__ import main

FINGERPRINT = "0000-" * 7 + "0000"


def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.setattr(sys, "argv", ["plenum", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("fingerprint", "ballots", "problem"),
    [
        ("0000", None, "session fingerprint"),
        ("U" * 32, None, "session fingerprint"),
        (FINGERPRINT, "none.jsonl", "cannot be read"),
    ],
)
def test_wrong_arguments_are_one_sentence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    fingerprint: str,
    ballots: str | None,
    problem: str,
) -> None:
    arguments = ["kiosk", "--server", "http://127.0.0.1:9", "--fingerprint", fingerprint]
    arguments += ["--keys", str(tmp_path / "keys" / "1.json"), *(("--ballots", ballots) if ballots else ())]
    said = run(capsys, monkeypatch, *arguments)
    assert problem in said
    assert len(said.splitlines()) == 1
