"""What a station says: one JSON object a line, with a fixed name and ids.

None of the events holds a mark, a seed, a card's secret or a passphrase. The confirmation code of a ballot and its
receipt are for the person who stands there: a kiosk with a screen shows them there, and says nothing of them here.
"""

import json
import sys
from collections.abc import Callable
from typing import Final, TextIO

Emit = Callable[..., None]
"""Called with the name of an event and its fields."""

OF_A_TURN: Final = frozenset({"code", "receipt", "cast", "challenged", "refused"})
"""What is said of one delegate's ballot, at its moment."""


def without_turns(emit: Emit) -> Emit:
    """Events without those of single turns. Lines end in terminals, journals and files, with their order and often
    their time: they would tell which ballot is whose to somebody who watched the door (SPEC §8.7).
    """

    def emit_the_rest(event: str, **fields: object) -> None:
        if event not in OF_A_TURN:
            emit(event, **fields)

    return emit_the_rest


def emit_to(stream: TextIO) -> Emit:
    """Events as lines of JSON on a stream."""

    def emit(event: str, **fields: object) -> None:
        stream.write(json.dumps({"event": event, **fields}, ensure_ascii=False) + "\n")
        stream.flush()

    return emit


def emit_to_stdout() -> Emit:
    """Events on standard output."""
    return emit_to(sys.stdout)
