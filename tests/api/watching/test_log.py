"""The log says what happened, and never what an exception says."""

import io
import json
import logging
import sys

import pytest

from api.watching.log import JsonLines, Lines, begin_log

SECRET = "hunter2-in-a-form-field"


def record_of(formatter: logging.Formatter) -> str:
    logger, stream = logging.getLogger("plenum.test"), io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logger.addHandler(handler)
    try:
        raise ValueError(SECRET)
    except ValueError:
        logger.exception("Exception in ASGI application", stack_info=True)
    finally:
        logger.removeHandler(handler)
    return stream.getvalue()


@pytest.mark.parametrize("formatter", [Lines(), JsonLines()])
def test_an_exception_leaves_its_type_and_its_place(formatter: logging.Formatter) -> None:
    text = record_of(formatter)
    assert "ValueError" in text
    assert "test_log.py" in text
    assert "Exception in ASGI application" in text
    assert SECRET not in text


def test_json_is_one_object_a_line() -> None:
    (line,) = record_of(JsonLines()).splitlines()
    value = json.loads(line)
    assert set(value) == {"time", "level", "logger", "event", "raised"}
    assert (value["level"], value["logger"]) == ("error", "plenum.test")
    assert value["time"].endswith("+00:00")


@pytest.mark.parametrize("as_json", [True, False])
def test_the_whole_process_logs_in_one_form(
    as_json: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    monkeypatch.setattr(logging.getLogger("uvicorn"), "handlers", [])
    begin_log(as_json=as_json)
    begin_log(as_json=as_json)
    # A station's page that an earlier test of this process served has its own form.
    for name in ("uvicorn", "uvicorn.error"):
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
    logging.getLogger("uvicorn.error").critical("开始 %d", 3)
    assert sys.stderr
    (line,) = capsys.readouterr().err.splitlines()
    assert "开始 3" in line
    assert line.startswith("{") == as_json
