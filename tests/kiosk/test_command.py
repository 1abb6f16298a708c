"""`kiosk` as a command: what is wrong with its arguments is one sentence; the whole is in test_scrutineer_command."""

import sys
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.station import Machine, Station
from kiosk.turns import Turns
from voting_core.errors import FatalError

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


@pytest.mark.parametrize("page", [False, True])
def test_only_a_kiosk_without_a_screen_prints_the_codes_of_ballots(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, page: bool
) -> None:
    """Where there is a screen, they would only tell a journal which ballot was cast when."""

    def one_round(_station: Station, _turns: Turns, machine: Machine, *, wait: bool) -> bool:
        for event in ("code", "receipt", "cast"):
            machine.emit(event, code="ABCD")
        machine.emit("open", contest="report")
        raise FatalError("the end")

    monkeypatch.setattr("kiosk.command.one_round", one_round)
    arguments = ["kiosk", "--server", "http://127.0.0.1:9", "--fingerprint", FINGERPRINT]
    arguments += ["--keys", str(tmp_path / "keys" / "1.json"), *(["--page"] if page else [])]
    monkeypatch.setattr(sys, "argv", ["plenum", *arguments])
    with pytest.raises(SystemExit):
        main()
    said = capsys.readouterr().out
    assert '"open"' in said
    assert ("ABCD" in said) is not page
