"""What a station without a screen says: one JSON object a line, with a fixed name and ids.

Screens will show the same events. None of them holds a mark, a seed, a card's secret or a passphrase; the confirmation
code of a ballot and its receipt are for the person who stands there.
"""

import json
import sys
from collections.abc import Callable
from typing import TextIO

Emit = Callable[..., None]
"""Called with the name of an event and its fields."""


def emit_to(stream: TextIO) -> Emit:
    """Events as lines of JSON on a stream."""

    def emit(event: str, **fields: object) -> None:
        stream.write(json.dumps({"event": event, **fields}, ensure_ascii=False) + "\n")
        stream.flush()

    return emit


def emit_to_stdout() -> Emit:
    """Events on standard output."""
    return emit_to(sys.stdout)
