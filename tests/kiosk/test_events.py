import io
import json

import pytest

from kiosk.events import OF_A_TURN, emit_to, emit_to_stdout, without_turns


def test_events_are_lines_of_json() -> None:
    stream = io.StringIO()
    emit = emit_to(stream)
    emit("code", code="ABCD", contest="选举")
    emit("sealed")
    assert [json.loads(line) for line in stream.getvalue().splitlines()] == [
        {"event": "code", "code": "ABCD", "contest": "选举"},
        {"event": "sealed"},
    ]


def test_events_go_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    emit_to_stdout()("sealed")
    assert json.loads(capsys.readouterr().out) == {"event": "sealed"}


def test_a_kiosk_with_a_screen_says_nothing_of_single_turns() -> None:
    stream = io.StringIO()
    emit = without_turns(emit_to(stream))
    for event in (*OF_A_TURN, "session", "open", "queue", "kept", "lost", "reported", "sealed"):
        emit(event, code="ABCD")
    said = [json.loads(line)["event"] for line in stream.getvalue().splitlines()]
    assert said == ["session", "open", "queue", "kept", "lost", "reported", "sealed"]
