import io
import json

import pytest

from kiosk.events import emit_to, emit_to_stdout


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
