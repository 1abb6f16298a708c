"""What the server promised: one line for every answer with status 200, written by the kiosks while they run.

A ballot that is sent twice is acknowledged twice. Each line is flushed, so that nothing is forgotten when the run is
cut short.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from voting_core.errors import InputError


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """An answer to one sending of a ballot: the id (hex) of the ballot that was sent, and the promise as it came."""

    id: str
    kiosk: int
    promise: Any


class AcknowledgementWriter:
    """Appends to the file of a run."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def note(self, ballot_id: str, kiosk: int, promise: str) -> None:
        """Keep the text of an answer. Text that is no JSON is kept too: the comparison must see it."""
        try:
            value = json.loads(promise)
        except ValueError:
            value = promise
        self._stream.write(json.dumps({"id": ballot_id, "kiosk": kiosk, "promise": value}) + "\n")
        self._stream.flush()


def read_acknowledgements(path: Path) -> tuple[Acknowledgement, ...]:
    """Read the file of a run; a run that acknowledged nothing may have left none.

    Raises:
        InputError: a line is not an acknowledgement.
    """
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    found = []
    for number, line in enumerate(lines, 1):
        try:
            value = json.loads(line)
            found.append(Acknowledgement(str(value["id"]), int(value["kiosk"]), value["promise"]))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path} line {number}", "it is not an acknowledgement", "Run the test again") from error
    return tuple(found)
