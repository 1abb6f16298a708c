"""The server's log: lines for people, or JSON for programs, and never the text of an exception.

What an exception says may quote a row, a form or a header; its type and the places in the code that it came through do
not. Our own messages are written so that they hold no secret, and the tests look for canaries in them.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Final

LINE: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Lines(logging.Formatter):
    """One line for each record, and the places of an exception after it."""

    def __init__(self) -> None:
        super().__init__(LINE)

    def formatException(self, ei: _Raised) -> str:
        """Where an exception came from, without what it says."""
        return "\n".join(places_of(ei))

    def formatStack(self, stack_info: str) -> str:
        """Nothing: a stack quotes lines of source, and nobody asks for one."""
        del stack_info
        return ""


class JsonLines(Lines):
    """One object for each record: `time`, `level`, `logger`, `event`, and `raised` with an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """The object as a line."""
        value: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info:
            value["raised"] = places_of(record.exc_info)
        return json.dumps(value, ensure_ascii=False)


def places_of(raised: _Raised) -> list[str]:
    """The type of an exception, and file, line and function of each place that it came through."""
    kind, _, trace = raised
    frames = traceback.extract_tb(trace) if trace is not None else []
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return [kind.__name__ if kind is not None else "", *places]


def begin_log(*, as_json: bool) -> None:
    """Let everything that this process logs go to standard error in this form."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if as_json else Lines())
    root = logging.getLogger()
    for old in tuple(root.handlers):
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
